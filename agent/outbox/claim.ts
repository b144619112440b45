/** Which changes go next: strict order per record, parents before children, one group at a time, only where writing is enabled. */
import { type Entity, type ItemType, itemTypes } from '../../shared/item.ts'
import type { LinkState } from '../../shared/link-state.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { originOf, type ProcoreItem } from '../items/kind.ts'
import type { WriterTx } from '../ledger/command.ts'
import { unpackContent } from '../ledger/content.ts'
import { type Eyes, eyesOf, type Looked } from '../ledger/look.ts'
import { isProblem as cannotGo, planned } from '../ledger/planned.ts'
import { goesByPlan, type LeftOut } from '../ledger/plans.ts'
import type { Kinds, StoredRow } from '../ledger/rows.ts'
import { isHalfDone, isOffInPart, lastUnlink } from '../ledger/unlinks.ts'
import { listFor } from '../procore/index.ts'
import { isProblem } from '../procore/writing.ts'
import { type Delivery, type OutboxOp, type OutboxState, outboxOps, outboxStates, type Sent } from './outbox.ts'
import { isOfCompany, placeOf } from './place.ts'

/** What belongs into one sync call. */
export type Group = { entity: Entity; op: OutboxOp; type: ItemType; project: string | null }

/** A row of the outbox made ready, or why it cannot go; `drop` where nothing is left to do, and why an approved one is not done. */
export type Ready = { delivery: Delivery; state: LinkState } | { row: StoredRow; refused: Problem } | { row: StoredRow; drop: LeftOut }

export const stateAt = (state: OutboxState): number => outboxStates.indexOf(state)
const opOf = (row: StoredRow): OutboxOp => outboxOps[Number(row['op'])] ?? 'update'

/** Rows looked through for one group: projects may lie interleaved. */
const scanned = 10_000

/** Due rows in order of their turn: what must be looked up first, then what was held or failed and may go again, then what waits. Read no further than asked. */
export function* dueRows({ raw }: WriterTx, connection: number, now: number): Generator<StoredRow> {
  // At rest, which is nearly always, one look at the index each tells that there is nothing.
  const any = raw.prepare('select 1 from outbox where state = ? and state <> 5 and not_before <= ? limit 1')
  for (const state of ['look', 'held', 'failed', 'waiting'] as const)
    if (any.get(stateAt(state), now)) yield* raw.prepare(due).iterate(stateAt(state), now, connection, scanned)
}

// “state <> 5” says again what the parameter says, for the planner: without it the index of open rows is not used and every settled row is read.
const due = `select o.*, r.source, r.content, s.entity, l.item_type, i.project
  from outbox o join records r on r.id = o.record join sources s on s.id = r.source
    join connections c on c.id = s.connection left join links l on l.record = o.record
    left join items i on i.connection = s.connection and i.type = l.item_type and i.id = l.item_id
  where o.state = ? and o.state <> 5 and o.not_before <= ? and s.connection = ? and c.active = 1 and c.owner = 'tieback'
    and case when o.plan is null then s.writing = 1 and (o.op <> 0 or s.creating = 1 or o.sent is not null) else ${goesByPlan} end
    and not exists (select 1 from outbox b where b.record = o.record and b.id < o.id and b.state <> 5)
  order by o.not_before, o.id limit ?`

/** What groups rows without looking at either side closely. */
function roughly(row: StoredRow, kinds: Kinds): string {
  const kind = kinds[row['entity'] as Entity]
  const place = isOfCompany(kind.itemTypes[0]) ? null : (row['project'] ?? kind.jobOf(unpackContent(kind.fields, String(row['content']))))
  return JSON.stringify([row['entity'], row['op'], row['item_type'], place])
}

/** The rows of the first group that may go, at most `limit`; or those that may belong to `like`. Entities that wait for a parent's rows are passed over. */
export function nextRows(tx: WriterTx, kinds: Kinds, rows: Iterable<StoredRow>, limit: number, like: Group | null): StoredRow[] {
  const waits = remembered((entity: Entity, row: StoredRow) => parentsBusy(tx, kinds, entity, Number(row['source'])))
  const found: StoredRow[] = []
  let key: string | null = null
  for (const row of rows) {
    if (found.length >= limit) break
    // What is unlinked waits for no parent: those go after it (unlink/children.ts).
    if ((opOf(row) !== 'unlink' && waits(String(row['entity']) as Entity, row)) || (like && !mayBelong(row, like))) continue
    const mine = roughly(row, kinds)
    key ??= mine
    if (mine === key) found.push(row)
  }
  return found
}

const mayBelong = (row: StoredRow, { entity, op, type, project }: Group): boolean =>
  row['entity'] === entity &&
  opOf(row) === op &&
  (row['item_type'] === null || (row['item_type'] === itemTypes.indexOf(type) && row['project'] === project))

function remembered<K, A>(ask: (key: K, about: A) => boolean): (key: K, about: A) => boolean {
  const known = new Map<K, boolean>()
  return (key, about) => {
    const answer = known.get(key) ?? ask(key, about)
    known.set(key, answer)
    return answer
  }
}

/** Whether anything of the entities that go first is still on its way in this connection. Failed and held ones hold back nobody else. */
function parentsBusy({ raw }: WriterTx, kinds: Kinds, entity: Entity, source: number): boolean {
  const busy = raw.prepare(
    `select 1 from sources s join records r on r.source = s.id join outbox o on o.record = r.id and o.state <> 5
     where s.connection = (select connection from sources where id = ?) and s.entity = ? and o.state in (0, 1, 2)
       and case when o.plan is null then s.writing = 1 and (o.op <> 0 or s.creating = 1) else ${goesByPlan} end limit 1`,
  )
  return kinds[entity].after.some((parent) => busy.get(source, parent) !== undefined)
}

/** Makes rows ready: both sides looked at, the body built. Pure but for the reading. */
export function makeReady(tx: WriterTx, kinds: Kinds, connection: number, rows: readonly StoredRow[]): Ready[] {
  if (rows.length === 0) return []
  const eyes = eyesOf(tx.raw, kinds, connection)
  return rows.map((row) => ready(tx, eyes, row))
}

function ready(tx: WriterTx, eyes: Eyes, row: StoredRow): Ready {
  const looked = eyes.look(Number(row['record']))
  if (!looked) return { row, drop: 'no-longer' }
  const op = opOf(row)
  const sent = row['sent'] === null ? null : (JSON.parse(String(row['sent'])) as Sent)
  if (row['plan'] !== null && !sent && !isAsApproved(tx, eyes, row, looked)) return { row, drop: 'changed' }
  if (!sent && pointless(op, looked)) return { row, drop: 'no-longer' }
  const body = bodyOf(eyes, looked, op, sent)
  if (isProblem(body)) return { row, refused: body }
  const project = placeOf(eyes, looked)
  if (project === undefined) return { row, refused: problem('project-unmatched', { job: looked.kind.jobOf(looked.record.fields) ?? '' }) }
  return { delivery: deliveryOf(tx, row, looked, op, body, project, sent), state: looked.state }
}

/** An approved change goes only while both sides, and with them what would be sent, are what somebody approved. */
function isAsApproved({ raw }: WriterTx, { context }: Eyes, row: StoredRow, looked: Looked): boolean {
  const approved = raw.prepare('select seen from plan_rows where plan = ? and record = ?').get(Number(row['plan']), looked.record.id)
  const now = planned(raw, looked, context)
  return now !== null && !cannotGo(now) && now.op === opOf(row) && now.seen === approved?.['seen']
}

/** What was to be done is done, or no longer wanted: the ledger decides anew. */
const pointless = (op: OutboxOp, { item, sides }: Looked): boolean =>
  op === 'create' ? item !== null : item === null || (op !== 'unlink' && op !== 'relink' && sides.item?.ownership === 'foreign')

const bodyOf = (eyes: Eyes, { kind, record, item }: Looked, op: OutboxOp, sent: Sent | null): Record<string, unknown> | Problem => {
  if (op === 'link' || op === 'unlink' || op === 'relink') return {}
  const body = kind.toBody?.(record, item, eyes.context) ?? {}
  // Once begun, the change is finished even if its record can no longer be built: what was sent is known.
  return isProblem(body) && sent ? sent.body : body
}

const deliveryOf = (
  { raw }: WriterTx,
  row: StoredRow,
  looked: Looked,
  op: OutboxOp,
  body: Record<string, unknown>,
  project: string | null,
  sent: Sent | null,
): Delivery => ({
  ...{ id: Number(row['id']), op, body, project, sent, attempts: Number(row['attempts']) },
  state: Number(row['state']) === stateAt('look') || sent ? 'look' : 'waiting',
  entity: looked.kind.entity,
  record: looked.record,
  originId: originOf(looked.connection.key, looked.record),
  type: typeOf(looked.item, looked),
  item: looked.item,
  tied: looked.sides.tied,
  ...(op === 'relink' || op === 'unlink' ? undoing(raw, looked, op) : {}),
  lookFirst: looked.kind.matched || looked.kind.lookalikes !== undefined || (op === 'create' && !wasRead(raw, looked, project)),
})

const undoing = (raw: WriterTx['raw'], { record }: Looked, op: 'relink' | 'unlink'): Pick<Delivery, 'undo'> => {
  const unlink = lastUnlink(raw, record.id)
  return unlink && (op === 'relink' || isHalfDone(unlink) || isOffInPart(raw, record.id)) ? { undo: unlink.carried } : {}
}

/** Whether the list this would be created in was ever read whole. */
function wasRead(raw: WriterTx['raw'], looked: Looked, project: string | null): boolean {
  const list = listFor(typeOf(null, looked))
  const read = raw.prepare('select 1 from polls where connection = ? and list = ? and project = ? and full_at is not null')
  return list === undefined || read.get(looked.connection.id, list.id, project ?? '') !== undefined
}

const typeOf = (item: ProcoreItem | null, { kind }: Looked): ItemType => item?.type ?? kind.itemTypes[0] ?? (itemTypes[0] as ItemType)
