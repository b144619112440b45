import type { UnlinkBatchAnswer } from '../../shared/api/unlinks.ts'
import { mostUnlinks } from '../../shared/forecast.ts'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handlers } from './call.ts'
import { createFind } from './find-link.ts'
import { maySee } from './guard.ts'
import { createKeys } from './keys.ts'
import { Refusal, refuse } from './refusal.ts'
import { type Status, servedTo } from './status.ts'
import { createTellBatch, isTheirs } from './unlink-batch.ts'

type Ready = { company: string | null; project?: string | undefined; types: readonly ItemType[]; gone?: 'only' | undefined }

/** What is ready to be unlinked, many unlinks at once, and how far they are. */
export function unlinkHandlers(agent: Agent, status: Status): Pick<Handlers, 'readyUnlinks' | 'askUnlinks' | 'unlinkBatch'> {
  const find = createFind(agent)
  const tellBatch = createTellBatch(agent)
  const keys = createKeys(agent.reader)

  const ready = ({ company, project = undefined, types, gone }: Ready, caller: Caller) => {
    const connections = servedTo({ company, caller }, status.served.read()).connections.map(({ id }) => id)
    const sees = (of: string | null) => maySee(caller, of)
    return agent.readyUnlinks({ connections, types, freely: gone !== 'only', project: project ?? null, sees, most: mostUnlinks })
  }

  const tell = (batch: number, caller: Caller): UnlinkBatchAnswer => {
    const told = tellBatch(batch, caller)
    if (!told || !isTheirs(told, caller)) throw refuse(404, 'no-unlinks')
    return told
  }

  return {
    readyUnlinks({ query: { company, project, types, gone }, caller }) {
      const { links, more } = ready({ company: company ?? null, project, types: typesIn(types), gone }, caller)
      return { links: links.map(({ record, ...link }) => ({ link: String(record), ...link })), more }
    },
    async askUnlinks({ body, caller }) {
      // Whether each is theirs is the writer's to say, which names what is missing and writes that down.
      const wanted = body.entries.map(({ link, forecast }) => ({ link, forecast, record: find(link, caller)?.record ?? null }))
      const batch = await agent.unlinks({ wanted, reason: body.reason ?? null }, caller)
      if (batch === null) throw new Refusal(409, problem('export-being-read'))
      return tell(batch, { ...caller, ...keys.now(caller.key) }) // Procore may have been asked about them meanwhile
    },
    unlinkBatch: ({ params, caller }) => tell(Number(params['id']), caller),
  }
}

function typesIn(text: string): ItemType[] {
  const named = text.split(',').map((one) => one.trim())
  const unknown = named.find((one) => !(itemTypes as readonly string[]).includes(one))
  if (unknown !== undefined) throw refuse(400, 'unknown-types', { type: unknown })
  return named as ItemType[]
}
