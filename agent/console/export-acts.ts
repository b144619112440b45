import { csvHead, csvOf, type FiledAct, type FiledChain, jsonBetween, jsonEnd, jsonHead, jsonOf } from '../../shared/act-file.ts'
import type { CallInput, Client, Reply } from '../../shared/agent-link/client.ts'
import type { ActShape } from '../../shared/api/audit.ts'
import type { AnswerOf } from '../../shared/api.ts'

const pageActs = 200

type Wanted = CallInput<'audit'>['query']
export type ActFile = { acts: number; parts: string[] }

/** Every act that is wanted as a file, oldest first, as the command line writes it. Asks page by page; `tell` is told how many there are so far. */
export async function exportActs(
  { client, wanted, tell }: { client: Client; wanted: Wanted; tell: (acts: number) => void },
  kind: 'csv' | 'json',
): Promise<Reply<ActFile>> {
  const chain = kind === 'json' ? await client.call('auditChain', { query: {} }) : null
  if (chain && 'problem' in chain) return chain
  const parts: string[] = []
  let acts = 0
  for (let before: string | null | undefined; before !== null; ) {
    const reply: Reply<AnswerOf<'audit'>> = await client.call('audit', {
      query: { ...wanted, limit: pageActs, ...(before === undefined ? {} : { before: Number(before) }) },
    })
    if ('problem' in reply) return reply
    const page = reply.value.acts.map(filed).toReversed()
    if (page.length > 0) parts.unshift(kind === 'csv' ? page.map(csvOf).join('') : page.map(jsonOf).join(jsonBetween))
    acts += page.length
    tell(acts)
    before = reply.value.before
  }
  if (!chain) return { value: { acts, parts: [csvHead, ...parts] } }
  const between = parts.flatMap((part, n) => (n === 0 ? [part] : [jsonBetween, part]))
  return { value: { acts, parts: [jsonHead(new Date().toISOString(), filedChain(chain.value)), ...between, jsonEnd] } }
}

const filed = ({ id, about: _about, ...act }: ActShape): FiledAct => ({ ...act, id: Number(id) })

const filedChain = ({ broken, ...chain }: AnswerOf<'auditChain'>): FiledChain => ({
  ...chain,
  broken: broken && { ...broken, id: Number(broken.id), at: Date.parse(broken.at) },
})
