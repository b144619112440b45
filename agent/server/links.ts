import type { LinkAnswer } from '../../shared/api/links.ts'
import type { StatusItem } from '../../shared/api/status.ts'
import { entityOfItem, type ItemRef, itemTypes } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { mayAct } from '../../shared/pairing.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { watchDays } from '../../shared/watch.ts'
import type { Agent, Caller, Outcome } from './agent.ts'
import type { Handlers } from './call.ts'
import { deadlineOf } from './deadline.ts'
import { createKeys } from './keys.ts'
import { namedOf } from './named.ts'
import { createParentOf } from './parent.ts'
import { Refusal, RightRefusal, refuse } from './refusal.ts'
import { iso, isoOrNull, storedProblem, toShape } from './says.ts'
import type { Connection } from './served.ts'
import { createSides } from './sides.ts'
import type { Status } from './status.ts'
import { createTiedTo, ofEnvironment } from './tied-to.ts'
import { createTroubles } from './troubles.ts'
import { createTellBatch, isTheirs } from './unlink-batch.ts'

export type Found = { ref: ItemRef; record: number | null }

/** What one popover shows, and the acts on one link. */
export function linkHandlers(
  agent: Agent,
  status: Status,
): Pick<Handlers, 'link' | 'why' | 'readFirst' | 'resync' | 'unlink' | 'relink' | 'snapshot' | 'watch' | 'unwatch' | 'confirmMatch'> {
  const find = createFind(agent)
  const answer = createAnswer(agent, status)
  const tellBatch = createTellBatch(agent)
  const keys = createKeys(agent.reader)
  const sideOf = createSides(agent)

  /** The link of an id, if this person may see its item. */
  const linkFor = (id: string, caller: Caller): { found: Found; item: StatusItem } => {
    const found = find(id, caller)
    const item = found && status.of({ company: companyOf(agent, found), items: [found.ref] }, caller).items[0]
    if (!found || !item) throw refuse(404, 'no such link')
    return { found, item }
  }
  /** As they may see now: what Procore says of them may have come in since the call did. */
  const asOfNow = (caller: Caller): Caller => ({ ...caller, ...keys.now(caller.key) })

  /** The same; where Procore did not list them on its project, as last heard, it is asked again first. */
  async function linkSeen(id: string, caller: Caller): Promise<{ found: Found; item: StatusItem }> {
    const found = find(id, caller)
    const hidden = found !== null && status.of({ company: companyOf(agent, found), items: [found.ref] }, caller).items.length === 0
    if (!hidden || found.record === null) return linkFor(id, caller)
    await agent.hearAgain([found.record], caller.person)
    return linkFor(id, asOfNow(caller))
  }
  return {
    async link({ params, caller }) {
      const { found, item } = await linkSeen(params['id'] ?? '', caller)
      return answer(found, item, caller)
    },
    async why({ params, query: { action }, caller }) {
      const { found, item } = await linkSeen(params['id'] ?? '', caller)
      if (item.connection === null) throw refuse(409, 'no connection')
      return agent.why({ connection: Number(item.connection), item: found.ref, record: found.record, person: caller.person, action })
    },
    async readFirst({ params, caller }) {
      const { found } = await linkSeen(params['id'] ?? '', caller)
      if (found.record === null) throw refuse(409, 'not linked')
      return agent.readFirst(found.record)
    },
    async resync({ params, caller }) {
      const { found } = linkFor(params['id'] ?? '', caller)
      if (found.record === null) throw refuse(409, 'not linked')
      return done(await agent.resync(found.record, caller))
    },
    async unlink({ params, body, caller }) {
      const id = params['id'] ?? ''
      const by = deadlineOf(agent, caller)
      // Asked of the right first: who may not see the item is refused there, and that is written down.
      const record = find(id, caller)?.record ?? linkFor(id, caller).found.record
      if (record === null) throw refuse(409, 'not linked')
      const { forecast: seen, reason = null, children = false, override = false } = body
      // Whoever may unlink: against the forecast it is for an admin alone.
      if (override && !mayAct(caller.role, 'admin')) throw new RightRefusal(problem('role-missing', { role: 'admin' }), caller)
      const {
        asked,
        forecast,
        batch = null,
        child,
        missing,
      } = await agent.unlink(record, { forecast: seen, reason, children, override, by }, caller)
      if (missing) throw new Refusal(403, missing)
      const { found, item } = linkFor(id, asOfNow(caller))
      const isOver = asked === 'refused' || asked === 'unlinked'
      const open = isOver ? (await answer(found, item, caller)).problems : []
      const half = open.find(({ code }) => code === 'unlink-half-done')
      const told = batch === null ? null : tellBatch(batch)
      const own = told?.entries.find(({ type, id: of }) => type === found.ref.type && of === found.ref.id)?.problem
      const why = child === undefined ? (own ?? half ?? (asked === 'refused' ? open[0] : null) ?? null) : toShape(stopped(child))
      // Somebody else's names records of theirs: that it is under way is all that is told of it.
      const mine = told !== null && isTheirs(told, caller) ? told : null
      return { outcome: half ? 'refused' : asked, forecast, problem: why, ...(children ? { batch: mine } : {}) }
    },
    async relink({ params, caller }) {
      const by = deadlineOf(agent, caller)
      const { found, item } = await linkSeen(params['id'] ?? '', caller)
      if (found.record === null) throw refuse(409, 'not linked')
      const { asked, why, missing } = await agent.relink(found.record, caller, by)
      if (missing) throw new Refusal(403, missing)
      const [problem = null] = asked === 'refused' && why === null ? (await answer(found, item, caller)).problems : []
      return { outcome: asked, why, problem, undo: agent.undo(found.record) }
    },
    async watch({ params, body, caller }) {
      const { found } = await linkSeen(params['id'] ?? '', caller)
      if (found.record === null) throw refuse(409, 'not linked')
      const ask = { days: body.days ?? watchDays.usual, reason: body.reason ?? null }
      const { missing, ...told } = await agent.watch(found.record, ask, caller)
      if (missing) throw new Refusal(403, missing)
      return told
    },
    async unwatch({ params, caller }) {
      const { found } = linkFor(params['id'] ?? '', caller)
      return { cancelled: found.record !== null && (await agent.unwatch(found.record, caller)) }
    },
    async snapshot({ params, caller }) {
      const { found } = linkFor(params['id'] ?? '', caller)
      const snapshot = found.record === null ? null : agent.snapshot(found.record)
      if (snapshot === null) throw refuse(404, 'never unlinked')
      return snapshot
    },
    async confirmMatch({ params, body, caller }) {
      const record = recordOf(agent, params['id'] ?? '', caller)
      if (record === null) throw refuse(404, 'no such link')
      sideOf(String(record), caller) // theirs to see, as the item has to be
      const company = companyOf(agent, { ref: body.item, record })
      const itemNow = () => {
        const item = status.of({ company, items: [body.item] }, caller).items[0]
        if (!item) throw refuse(404, 'no such item')
        return item
      }
      itemNow() // theirs to see? asked before anything is done
      done(await agent.confirmMatch(record, body.item, caller))
      return itemNow()
    },
  }
}

/** What under it stands in the way. */
const stopped = (child: string): Problem => problem('child-not-unlinked', { child })

/** An act's outcome, or its refusal as an answer a person can read. */
export function done<T>(outcome: Outcome<T>): T {
  if ('refused' in outcome) throw new Refusal(409, outcome.refused)
  return outcome.ok
}

function recordOf(
  { reader: { raw } }: Agent,
  id: string,
  { environment = null }: { environment?: string | null | undefined },
): number | null {
  const there = raw.prepare(
    `SELECT 1 FROM records r JOIN sources s ON s.id = r.source JOIN connections c ON c.id = s.connection WHERE r.id = :id AND ${ofEnvironment}`,
  )
  return /^\d{1,15}$/.test(id) && there.get({ id: Number(id), environment }) ? Number(id) : null
}

/** The item and the record an id names: of the Procore the caller's page shows, where two connections hold the same item. */
export function createFind({ reader: { raw } }: Pick<Agent, 'reader'>): (id: string, caller: Pick<Caller, 'environment'>) => Found | null {
  const byRecord = raw.prepare(`
    SELECT l.record, l.item_type, l.item_id FROM links l JOIN records r ON r.id = l.record JOIN sources s ON s.id = r.source
    JOIN connections c ON c.id = s.connection WHERE l.record = :record AND l.item_id IS NOT NULL AND ${ofEnvironment}`)
  const tiedTo = createTiedTo(raw)
  return (id, { environment }) => {
    const [type, item] = id.split(':')
    if (item !== undefined) {
      const at = (itemTypes as readonly string[]).indexOf(type ?? '')
      const known = itemTypes[at]
      return known ? { ref: { type: known, id: item }, record: tiedTo(known, item, environment) } : null
    }
    const row = /^\d{1,15}$/.test(id) ? byRecord.get({ record: Number(id), environment: environment ?? null }) : undefined
    const known = row && itemTypes[Number(row['item_type'])]
    return row && known ? { ref: { type: known, id: String(row['item_id']) }, record: Number(row['record']) } : null
  }
}

/** The Procore company of a link's connection; null (the only one) where nothing is linked. */
export function companyOf({ reader: { raw } }: Agent, { ref, record }: Found): string | null {
  const row =
    record === null
      ? raw
          .prepare('SELECT procore_company AS company FROM items i JOIN connections c ON c.id = i.connection WHERE i.type = ? AND i.id = ?')
          .get(itemTypes.indexOf(ref.type), ref.id)
      : raw
          .prepare(
            'SELECT procore_company AS company FROM records r JOIN sources s ON s.id = r.source JOIN connections c ON c.id = s.connection WHERE r.id = ?',
          )
          .get(record)
  return row ? String(row['company']) : null
}

function createAnswer(agent: Agent, status: Status) {
  const { raw } = agent.reader
  const history = raw.prepare(`
    SELECT h.at, h.from_state, h.to_state, h.code, h.data ->> 'neverAgreed' AS never_agreed, h.data ->> 'override' AS override, p.name AS person FROM history h LEFT JOIN people p ON p.id = h.person
    WHERE h.record = ? ORDER BY h.id DESC LIMIT 50`)
  const stored = raw.prepare('SELECT content FROM items WHERE type = ? AND id = ? AND (connection = ?3 OR ?3 IS NULL) LIMIT 1')
  const contentOf = ({ type, id }: ItemRef, connection: number | undefined): Record<string, unknown> =>
    JSON.parse(String(stored.get(itemTypes.indexOf(type), id, connection ?? null)?.['content'] ?? '{}'))
  const parentOf = createParentOf(agent)
  const troubles = createTroubles(agent)
  const row = sourceRow(agent)
  const lastRun = raw.prepare(`
    SELECT id, coalesce(ended_at, started_at) AS at, state FROM runs
    WHERE connection = ? AND (entity = ? OR entity IS NULL) ORDER BY id DESC LIMIT 1`)

  return async ({ ref, record }: Found, item: StatusItem, caller: Caller): Promise<LinkAnswer> => {
    const connection = status.served.read().connections.find(({ id }) => String(id) === item.connection)
    const content = contentOf(ref, connection?.id)
    const run = connection && lastRun.get(connection.id, entityOfItem[ref.type] ?? null)
    return {
      status: { ...item, actions: actionsOn(item, caller) },
      called: namedOf(content),
      parent: connection ? parentOf(connection.id, ref.type, content) : null,
      connection: connection ? spoken(connection) : null,
      figures: record === null ? [] : await agent.figures(record),
      row: record === null ? null : row(record),
      unlink: record === null ? null : await agent.forecast(record),
      undo: record === null ? null : agent.undo(record),
      watch: record === null ? null : agent.watchOn(record),
      owner: item.state === 'foreign' ? 'other' : (connection?.owner ?? 'none'),
      problems: troubles({ ref, record, connection: connection?.id ?? null }).map((one) => ({ ...storedProblem(one), cause: one.cause })),
      lastRun: run ? { id: String(run['id']), at: iso(Number(run['at'])), state: String(run['state']) } : null,
      nextRun: connection ? isoOrNull(agent.nextRun(connection.id)) : null,
      history: record === null ? [] : history.all(record).map((move) => toMove(move)),
    }
  }
}

const spoken = ({ id, name, erp, erpCompany, owner }: Connection): LinkAnswer['connection'] => ({
  ...{ id: String(id), name, erp, erpCompany, owner },
})

const stateName = (at: unknown): string => linkStates[Number(at)] ?? 'not-linked'

const toMove = (move: Record<string, unknown>): LinkAnswer['history'][number] => ({
  at: iso(Number(move['at'])),
  from: move['from_state'] === null ? null : stateName(move['from_state']),
  to: stateName(move['to_state']),
  ...(move['never_agreed'] ? { neverAgreed: true } : {}),
  ...(move['override'] ? { override: true } : {}),
  person: move['person'] === null ? null : String(move['person']),
  code: move['code'] === null ? null : String(move['code']),
})

/** The exact source line: the file that brought the present content, its line, and the mapped columns. */
function sourceRow({ reader: { raw }, fieldsOf }: Agent): (record: number) => LinkAnswer['row'] {
  const row = raw.prepare(`
    SELECT r.content, r.line, s.entity, f.name FROM records r JOIN sources s ON s.id = r.source
    JOIN takes t ON t.id = coalesce(r.changed, r.take) JOIN export_files f ON f.id = t.file WHERE r.id = ?`)
  return (record) => {
    const found = row.get(record)
    if (!found) return null
    const values = JSON.parse(String(found['content'])) as (string | null)[]
    const columns = fieldsOf(String(found['entity'])).map((name, at): [string, string | null] => [name, values[at] ?? null])
    return { file: String(found['name']), line: Number(found['line']), columns }
  }
}

function actionsOn(item: StatusItem, caller: Caller): NonNullable<StatusItem['actions']> {
  const why = refusalOf(item, caller)
  return [{ action: 'resync', allowed: why === null, ...(why ? { reason: storedProblem({ ...stored(why) }) } : {}) }]
}

const stored = ({ code, params }: Problem) => ({ code, params: JSON.stringify(params ?? {}), line: null, column_name: null })

function refusalOf(item: StatusItem, caller: Caller): Problem | null {
  if (!mayAct(caller.role, 'accountant')) return problem('role-missing', { role: 'accountant' })
  return item.link === null ? problem('request-refused', { reason: 'not linked' }) : null
}
