/** Finds a number or name at the agents, and says where each hit opens. */

import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import type { Reply } from '../../shared/agent-link/client.ts'
import type { FindAnswer, FindHit } from '../../shared/find.ts'
import { environmentOf } from '../../shared/pages/hosts.ts'
import type { Page } from '../../shared/pages/page.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { FoundHit, FoundView } from '../bridge/own-calls.ts'
import { addressOf, hasPage } from '../pages/address.ts'
import { agentFor, clientAt, clientOf, meOf } from './agents.ts'
import { lookOf } from './badge-model.ts'
import { read } from './storage.ts'

type Asked = { agent: PairedAgent; reply: Reply<FindAnswer> }

/** In the company of the page in front; elsewhere at every agent. What one of them cannot say does not keep back what others found. */
export async function findAt(text: string, page: Page | null, words: Words): Promise<Reply<FoundView>> {
  const served = page ? await agentFor(page) : null
  const here = served && 'value' in served ? page : null // a page of another company says nothing about where these records open
  const agents = served && 'value' in served ? [served.value.agent] : await read('agents')
  const asked = await Promise.all(agents.map(async (agent): Promise<Asked> => ({ agent, reply: await ask(agent, text, here) })))
  const answered = asked.filter(({ reply }) => 'value' in reply)
  const trouble = asked.flatMap(({ reply }): ToldProblem[] => ('problem' in reply ? [reply.problem] : []))[0]
  if (answered.length === 0) return { problem: trouble ?? { code: 'not-paired' } }
  const hosts = await read('hosts')
  const found = asked.flatMap(({ agent, reply }) =>
    'problem' in reply ? [] : reply.value.hits.map((hit) => hitView(hit, reply.value, here?.host ?? hosts[agent.id] ?? null, here, words)),
  )
  return {
    value: { hits: bestFirst(found), more: asked.some(({ reply }) => 'value' in reply && reply.value.more), trouble: trouble ?? null },
  }
}

async function ask(agent: PairedAgent, text: string, here: Page | null): Promise<Reply<FindAnswer>> {
  const me = await meOf(agent)
  if ('problem' in me) return me
  if (!me.value.capabilities.includes('find')) return { problem: { code: 'agent-too-old' } }
  const client = here ? clientAt(agent, environmentOf(here.host)) : clientOf(agent)
  return client.call('find', { query: { text, ...(here?.company ? { company: here.company } : {}) } })
}

const order = ['exact', 'begins', 'contains']
const bestFirst = (hits: readonly FoundHit[]): FoundHit[] => hits.toSorted((a, b) => order.indexOf(a.fits) - order.indexOf(b.fits))

/** `host` is where Procore is read: of the page in front, else where this company was last read; none is ever assumed. */
function hitView(hit: FindHit, { connections }: FindAnswer, host: string | null, page: Page | null, words: Words): FoundHit {
  const path = hit.type && hit.id ? addressOf(hit.type, hit.id, hit.project ?? page?.project ?? null, hit.parent) : null
  const connection = connections[hit.connection]
  const number = hit.number ?? hit.erpKey ?? hit.id ?? ''
  return {
    fits: hit.fits,
    url: path && host ? `https://${host}${path}` : null,
    number,
    name: hit.name ?? '',
    kind: hit.type ? sayCode(words, 'item', hit.type) : sayCode(words, 'entity', hit.entity ?? ''),
    erp: [hit.erpKey === number ? '' : (hit.erpKey ?? ''), connection?.erpCompany ?? ''].filter((part) => part !== '').join(' · '),
    where: whereOf(hit, words),
    pill: lookOf(hit, words),
  }
}

/** Instead of a page: where in the exports a record was read, or that what was found never has a page to open. */
function whereOf({ row, type }: FindHit, words: Words): string {
  if (row) return `${say(words, 'find.erpOnly')} · ${say(words, 'record.source', row)}`
  return type === null || hasPage(type) ? '' : say(words, 'find.pageless')
}
