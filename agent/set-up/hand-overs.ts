/** Id and secret of Procore's app, brought by whoever administers it there: asked for by a sheet with a code, handed in once, used by the test, kept with the connection. */
import type { HandOverShape } from '../../shared/api/hand-overs.ts'
import type { AskedDraft } from '../../shared/api/set-up.ts'
import { inTurn } from '../../shared/in-turn.ts'
import { type Entity, entities, itemTypes } from '../../shared/item.ts'
import { ticksFor } from '../../shared/mapping/ticks.ts'
import { problem } from '../../shared/problem.ts'
import type { Reader } from '../ledger/reader.ts'
import { sourcesOf } from '../ledger/sources.ts'
import { newestMapping, ticksIn } from '../ledger/ticks.ts'
import type { Writer } from '../ledger/writer-proxy.ts'
import type { By } from '../ledger/writing.ts'
import { toolsFor } from '../procore/tools.ts'
import type { Agent, HandOvers, Outcome } from '../server/agent.ts'
import { isCode, newCode } from '../server/codes.ts'
import type { Secrets } from '../settings/secrets.ts'
import { secretFields } from './draft.ts'
import { type HandOverRow, overBecause } from './hand-over-commands.ts'

export type HandOverParts = {
  reader: Reader
  write: Writer['call']
  secrets: Secrets
  now: () => number
  /** What the pages call this agent, and where it is reached. */
  name: string
  recovery: Agent['recovery']
}

export type HandedIn = { clientId: string; secret: string }

/** What the set-up of a connection needs of them besides. */
export type HandedOver = HandOvers & {
  /** What arrived by this sheet for exactly this connection, company and address. */
  handedIn(draft: AskedDraft, connection: number | undefined): Promise<Outcome<HandedIn>>
  /** The connection was saved with it: nothing of it is kept here. */
  saved(id: number, connection: number, by: By): Promise<void>
}

const projectsAtMost = 200

export function createHandOvers({ reader: { raw }, write, secrets, now, name, recovery }: HandOverParts): HandedOver {
  const all = raw.prepare(
    `select h.*, p.name as who from hand_overs h left join people p on p.id = h.person left join connections c on c.id = h.connection
     where h.outcome is null and c.deleted_at is null order by h.id`,
  )
  const byId = raw.prepare(
    'select h.* from hand_overs h left join connections c on c.id = h.connection where h.id = ? and c.deleted_at is null',
  )
  const rowOf = (id: number): HandOverRow | null => (byId.get(id) as HandOverRow | undefined) ?? null
  const turn = inTurn()

  /** A wrong code and a sheet that never was are the same to whoever asks; why one is over is told to whoever has its code. */
  async function opened(id: number, code: string, from: { address: string | null; origin: string }): Promise<Outcome<HandOverRow>> {
    const row = rowOf(id)
    if (row === null || !isCode(code, row.hash)) {
      await write('missHandOver', { id, ...from })
      return { refused: problem('hand-over-code') }
    }
    const why = overBecause(row, now())
    return why === null ? { ok: row } : { refused: problem('hand-over-ended', { why }) }
  }

  const forget = async (ids: readonly number[]): Promise<void> => {
    for (const id of ids) await secrets.delete(keptAs(id))
  }

  return {
    list: () => all.all().map((row) => shapeOf(row as HandOverRow & { who: string | null }, now())),

    async make({ id, draft }, by) {
      const connection = id === undefined ? null : Number(id)
      const known =
        connection === null
          ? undefined
          : raw.prepare('select name, procore_company from connections where id = ? and deleted_at is null').get(connection)
      if (connection !== null && !known) return null
      if (known && (known['name'] !== draft.name || known['procore_company'] !== draft.procore.company))
        return { refused: problem('hand-over-other', { name: String(known['name']), company: String(known['procore_company']) }) }
      const code = newCode()
      const kept = withoutSecrets(draft)
      const { name: of, procore } = kept
      return turn(async () => {
        const made = await write('makeHandOver', { connection, name: of, company: procore.company, draft: JSON.stringify(kept), code, by })
        await forget(made.replaced)
        const { addresses } = await recovery()
        const [address = ''] = addresses
        return {
          ok: {
            ...{ id: String(made.id), code, until: iso(made.until), address, here: isHere(address) },
            ...{ tools: toolsFor(ticked(connection), writing(connection)), ...projectsOf(connection) },
          },
        }
      })
    },

    withdraw: (id, by) =>
      turn(async () => {
        const withdrawn = await write('endHandOver', { id, outcome: 'withdrawn', by })
        if (withdrawn) await forget([id])
        return withdrawn
      }),

    async look(id, code, from) {
      const found = await opened(id, code, from)
      if ('refused' in found) return found
      const { draft, expires_at } = found.ok
      const { name: of, procore } = JSON.parse(draft) as AskedDraft
      const { company, companyName, environment } = procore
      return { ok: { agent: name, name: of, company, companyName, environment, until: iso(expires_at) } }
    },

    /** One after the other: of two at once the first wins, and the other is told. They lie in the store before the sheet says that they arrived. */
    handIn: (id, { code, ...given }, from) =>
      turn(async () => {
        const found = await opened(id, code, from)
        if ('refused' in found) return found
        const field = (['clientId', 'secret'] as const).find((one) => !isOneLine(given[one]))
        if (field) return { refused: problem('field-wrong', { field }) }
        await secrets.set(keptAs(id), JSON.stringify({ clientId: given.clientId, secret: given.secret } satisfies HandedIn))
        const at = now()
        if (await write('handOverArrived', { id, ...from })) return { ok: { arrived: iso(at) } }
        await forget([id])
        return { refused: problem('hand-over-ended', { why: 'expired' }) }
      }),

    async handedIn({ name: of, procore }, connection) {
      const row = rowOf(Number(procore.handOver))
      if (row === null || row.outcome !== null) return { refused: problem('hand-over-gone') }
      if (row.arrived_at === null) return { refused: problem('hand-over-waits') }
      const asked = (JSON.parse(row.draft) as AskedDraft).procore
      const isSame =
        row.connection === (connection ?? null) && row.name === of && row.company === procore.company && isLoggedInAt(asked, procore)
      if (!isSame) return { refused: problem('hand-over-other', { name: row.name, company: row.company }) }
      const text = await secrets.get(keptAs(row.id))
      return text === null ? { refused: problem('hand-over-gone') } : { ok: JSON.parse(text) as HandedIn }
    },

    saved: (id, connection, by) =>
      turn(async () => {
        await write('endHandOver', { id, outcome: 'saved', connection, by })
        await forget([id])
      }),
  }

  function ticked(connection: number | null): Set<Entity> {
    const ticks = connection === null ? {} : ticksIn(newestMapping(raw, connection))
    return new Set(entities.filter((entity) => ticksFor(ticks, entity).on))
  }

  function writing(connection: number | null): Set<Entity> {
    if (connection === null) return new Set()
    return new Set(sourcesOf(raw, connection).flatMap(({ entity, writing: on }) => (on === 1 ? [entity] : [])))
  }

  function projectsOf(connection: number | null): { projects: string[]; more: number } {
    if (connection === null) return { projects: [], more: 0 }
    const rows = raw
      .prepare(
        `select content ->> 'project_number' as number, content ->> 'name' as name, id from items
         where connection = ? and type = ? and deleted_at is null order by number, name`,
      )
      .all(connection, itemTypes.indexOf('project'))
    const names = rows.map((row) => [row['number'], row['name'] ?? row['id']].filter((part) => part != null && part !== '').join(' '))
    return { projects: names.slice(0, projectsAtMost), more: Math.max(0, names.length - projectsAtMost) }
  }
}

const keptAs = (id: number): string => `hand-over:${id}`
const iso = (ms: number): string => new Date(ms).toISOString()

/** Nothing that a header, a form or a log line could be ended by. */
const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) && text.trim() === text

const isHere = (address: string): boolean => /^https?:\/\/(127\.|localhost|\[::1\])/.test(address)

type Reached = AskedDraft['procore']
const isLoggedInAt = (before: Reached, now: Reached): boolean =>
  before.environment === now.environment && before.apiBase === now.apiBase && before.loginBase === now.loginBase

/** What a form goes on with: its connector's own secrets have to be entered again. */
function withoutSecrets({ procore: { clientId: _id, secret: _secret, handOver: _sheet, ...procore }, ...draft }: AskedDraft): AskedDraft {
  const secret = new Set(secretFields(draft.connector))
  return { ...draft, fields: Object.fromEntries(Object.entries(draft.fields).filter(([field]) => !secret.has(field))), procore }
}

function shapeOf(row: HandOverRow & { who: string | null }, now: number): HandOverShape {
  const { id, connection, draft, who, expires_at, arrived_at, address } = row
  return {
    ...{ id: String(id), connection: connection === null ? null : String(connection), draft: JSON.parse(draft) as AskedDraft },
    ...{ person: who, until: iso(expires_at), state: overBecause(row, now) ?? 'waiting' },
    arrived: arrived_at === null ? null : { at: iso(arrived_at), from: address },
  }
}
