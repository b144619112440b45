import type { UnlinkBatchAnswer } from '../../shared/api/unlinks.ts'
import type { BodyOf } from '../../shared/api.ts'
import { mostUnlinks } from '../../shared/forecast.ts'
import { type ItemType, itemKey, itemTypes } from '../../shared/item.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handlers } from './call.ts'
import { companyOf as companyOfLink, createFind, type Found } from './find-link.ts'
import { maySee } from './guard.ts'
import { Refusal, refuse } from './refusal.ts'
import { type Status, servedTo } from './status.ts'
import { createTellBatch, isTheirs } from './unlink-batch.ts'

type Many = Extract<BodyOf<'askUnlinks'>, { entries: unknown }>
type Ready = { company: string | null; project?: string | undefined; types: readonly ItemType[]; gone?: 'only' | undefined }

/** What is ready to be unlinked, many unlinks at once, and how far they are. */
export function unlinkHandlers(agent: Agent, status: Status): Pick<Handlers, 'readyUnlinks' | 'askUnlinks' | 'unlinkBatch'> {
  const find = createFind(agent)
  const tellBatch = createTellBatch(agent)

  const ready = ({ company, project = undefined, types, gone }: Ready, caller: Caller) => {
    const connections = servedTo({ company, caller }, status.served.read()).connections.map(({ id }) => id)
    const sees = (of: string | null) => maySee(caller, of)
    return agent.readyUnlinks({ connections, types, freely: gone !== 'only', project: project ?? null, sees, most: mostUnlinks })
  }

  /** Links that are there and theirs to see; the others go into the batch as not there. */
  const wantedOf = ({ entries }: Many, caller: Caller) => {
    const found = entries.map(({ link }) => find(link, caller))
    const seen = visible(agent, status, found, caller)
    return entries.map(({ link, forecast }, n) => {
      const one = found[n]
      return { link, forecast, record: one && seen.has(itemKey(one.ref)) ? one.record : null }
    })
  }

  const tell = (batch: number, caller: Caller): UnlinkBatchAnswer => {
    const told = tellBatch(batch)
    if (!told || !isTheirs(told, caller)) throw refuse(404, 'no such unlinks')
    return told
  }

  return {
    readyUnlinks({ query: { company, project, types, gone }, caller }) {
      const { links, more } = ready({ company: company ?? null, project, types: typesIn(types), gone }, caller)
      return { links: links.map(({ record, ...link }) => ({ link: String(record), ...link })), more }
    },
    async askUnlinks({ body, caller }) {
      const { wanted, more } = 'entries' in body ? { wanted: wantedOf(body, caller), more: 0 } : asWanted(ready(body, caller))
      const batch = await agent.unlinks({ wanted, reason: body.reason ?? null, more }, caller)
      if (batch === null) throw new Refusal(409, problem('export-being-read'))
      return tell(batch, caller)
    },
    unlinkBatch: ({ params, caller }) => tell(Number(params['id']), caller),
  }
}

const asWanted = ({ links, more }: ReturnType<Agent['readyUnlinks']>) => ({
  wanted: links.map(({ record, forecast }) => ({ link: String(record), record, forecast: forecast.id })),
  more,
})

function typesIn(text: string): ItemType[] {
  const named = text.split(',').map((one) => one.trim())
  const unknown = named.find((one) => !(itemTypes as readonly string[]).includes(one))
  if (unknown !== undefined) throw refuse(400, `types: ${unknown}`)
  return named as ItemType[]
}

function visible(agent: Agent, status: Status, found: readonly (Found | null)[], caller: Caller): Set<string> {
  const there = found.filter((one) => one !== null)
  const byCompany = Map.groupBy(there, (one) => companyOfLink(agent, one))
  const seen = [...byCompany].flatMap(([company, of]) => status.of({ company, items: of.map(({ ref }) => ref) }, caller).items)
  return new Set(seen.map(({ type, id }) => itemKey({ type: type as ItemType, id })))
}
