/** Brings links in line with what both sides last said: matches the unlinked, judges the rest, queues what is to be sent. */
import type { ProblemCode } from '../../shared/problem.ts'
import { originId, originOf } from '../items/kind.ts'
import type { WriterTx } from './command.ts'
import { judge, nextOp, type Verdict } from './judge.ts'
import { moveLink, positionOf, Told, tieItem, type Why } from './links.ts'
import { type Eyes, eyesOf, type Looked } from './look.ts'
import { dropKeys, itemByOrigin, keepKeys, type Match, match } from './match.ts'
import { closeProblems, ofFigures, openProblem } from './problems.ts'
import { queue } from './queue.ts'
import { itemOf, type Kinds } from './rows.ts'
import { halfDoneTold } from './unlinks.ts'
import { wasBefore } from './was.ts'

const matchCodes = ['match-to-confirm', 'match-ambiguous', 'payment-renamed'] as const
/** Trouble that judging opens and closes by itself. */
const judgedCodes: readonly ProblemCode[] = ['owner-lost', ...ofFigures]

/** One connection's links in one transaction. `told` collects what moved; call `finish` once at the end. */
export type Reconciling = {
  tx: WriterTx
  kinds: Kinds
  connection: number
  eyes: Eyes
  told: Told
  /** Records whose ERP side moved in this transaction: their failed changes are tried again. */
  moved: ReadonlySet<number>
  why: Why
}

export function reconciling(tx: WriterTx, kinds: Kinds, connection: number, why: Why, moved: ReadonlySet<number> = new Set()): Reconciling {
  return { tx, kinds, connection, eyes: eyesOf(tx.raw, kinds, connection), told: new Told(), moved, why }
}

/** Says which items moved, as events of this transaction. */
export const finish = ({ tx, told, connection, why }: Reconciling): void => told.tell(tx, connection, why.run ?? null, why.person ?? null)

/** Matches what is not linked yet and judges every record named; the ones that have no link are passed over. */
export function reconcile(on: Reconciling, records: readonly number[]): void {
  for (const record of records) keepKeysOf(on, record) // all of them first: a key that two records claim ties neither
  for (const record of records) reconcileOne(on, record)
}

function keepKeysOf(on: Reconciling, record: number): void {
  const looked = on.eyes.look(record)
  if (looked && (looked.kind.matched || looked.kind.lookalikes) && looked.item === null)
    keepKeys(on.tx, on.eyes, { connection: on.connection, id: record }, looked.kind, looked.link)
}

function reconcileOne(on: Reconciling, record: number): void {
  const before = on.eyes.look(record)
  if (before === null) return
  const found = before.item === null ? findItem(on, before) : null
  if (found !== null && 'item' in found) tieItem(on.tx, record, found.item)
  askAbout(on, before, found)
  const looked = found !== null && 'item' in found ? (on.eyes.look(record) as Looked) : before
  settle(on, looked, found !== null && !('item' in found))
}

/** Records that are gone, left out, put away or unlinked by a person are not matched. */
function findItem(on: Reconciling, { record, kind, source, connection, sides, state }: Looked): Match {
  if (sides.record.vanished || sides.record.leftOut || sides.record.archived || state === 'unlinked') return null
  const keys = kind.keysOfRecord(record, on.eyes.context)
  const ours = itemByOrigin(on.tx, connection, originOf(connection.key, record))
  return ours ? { item: ours } : match(on.tx, connection, source, kind, record, keys)
}

function askAbout({ tx, connection, why }: Reconciling, { record }: Looked, found: Match): void {
  if (found !== null && 'ask' in found) {
    const asked = { ...found.ask, params: { ...found.ask.params, link: record.id } }
    const id = openProblem(tx, { connection, problem: asked, record: record.id, run: why.run ?? null })
    closeProblems(tx, { record: record.id, codes: matchCodes, but: [id] })
  } else closeProblems(tx, { record: record.id, codes: matchCodes })
}

/** Judges one link and writes down what follows: state and history, what both agreed on, its problem, and what is to be sent. */
function settle(on: Reconciling, looked: Looked, lookalike: boolean): void {
  const { tx, why } = on
  const verdict = judge(looked.sides)
  const { fields, neverAgreed } = verdict
  const was = wasBefore(looked.figures ?? [], verdict, looked.sides)
  const values = { values: valuesOf(looked, fields), ...(was ? { was } : {}) }
  const data = fields.length > 0 ? { fields, ...(neverAgreed ? { neverAgreed } : {}), ...values } : undefined
  const moved = moveLink(tx, looked.record.id, looked.state, verdict.state, { ...why, data })
  if (keepDifference(on, looked, verdict) || moved) tellMoved(on, looked)
  if (verdict.agreed) keepAgreement(on, looked)
  keepTie(on, looked, verdict)
  // Kept only where a look at this one alone came first: without this, how a cost was sent would tell by what is left behind.
  if (looked.item !== null && looked.kind.lookalikes === 'before-create') dropKeys(tx, looked.record.id)
  keepProblem(on, looked, verdict)
  if (looked.source.writing === 1) {
    const creating = looked.source.creating === 1 && (looked.kind.mayCreate?.(looked.record, on.eyes.context) ?? true)
    const wanted = nextOp({
      owner: looked.connection.owner,
      delivery: looked.kind.delivery,
      ties: looked.kind.ties,
      creating,
      verdict,
      sides: looked.sides,
      lookalike,
    })
    const { vanished, leftOut, archived } = looked.sides.record
    const gone = looked.item === null && (vanished || leftOut || archived)
    queue(tx, looked.record.id, wanted, looked.outbox, { again: on.moved.has(looked.record.id), gone })
    if (looked.item === null && wanted === 'create' && verdict.state === 'not-linked') settleAgain(on, looked.record.id, lookalike)
  }
}

/** Both sides as they were when they came to differ, Procore's first. */
const valuesOf = ({ figures }: Looked, fields: readonly string[]): Record<string, [string | null, string | null]> =>
  Object.fromEntries((figures ?? []).flatMap(({ field, procore, erp }) => (fields.includes(field) ? [[field, [procore, erp]]] : [])))

/** Once its creation waits, a record is ready to send. */
function settleAgain(on: Reconciling, record: number, lookalike: boolean): void {
  const looked = on.eyes.look(record)
  if (looked?.outbox) settle(on, looked, lookalike)
}

/** The page of an item shows it; so do the pages that wait for a record to appear nowhere: those learn it by the run's end. */
function tellMoved({ told }: Reconciling, { item }: Looked): void {
  if (item) told.add({ type: item.type, id: item.id, project: item.project })
}

/** `sides` stands for the values themselves: pages are told when only these move. */
export type Difference = { fields: string[]; neverAgreed?: true; sides: string }

/** Answers whether what differs is news. */
function keepDifference({ tx: { raw } }: Reconciling, { record, link, sides }: Looked, { fields, neverAgreed }: Verdict): boolean {
  const differs: Difference = { fields, ...(neverAgreed ? { neverAgreed } : {}), sides: `${sides.now.record} ${sides.now.item}` }
  const text = fields.length > 0 ? JSON.stringify(differs) : null
  if (link['differs'] === text) return false
  raw.prepare('update links set differs = ? where record = ?').run(text, record.id)
  return true
}

function keepAgreement({ tx: { raw, now } }: Reconciling, { record, sides }: Looked): void {
  if (sides.confirmed.record === sides.now.record && sides.confirmed.item === sides.now.item) return
  raw
    .prepare('update links set confirmed_record = ?, confirmed_item = ?, confirmed_at = ? where record = ?')
    .run(sides.now.record, sides.now.item, now(), record.id)
}

/** An item that carries our origin_id is tied, whoever's answer told so; a lost one stays tied, so that the loss is seen. */
function keepTie({ tx: { raw } }: Reconciling, { record, item, connection, sides }: Looked, { state }: Verdict): void {
  const ours = item?.originId === originOf(connection.key, record)
  if (ours && !sides.tied && state !== 'foreign') raw.prepare('update links set tied = 1 where record = ?').run(record.id)
}

function keepProblem({ tx, connection, why }: Reconciling, { record, item, link, outbox, doubt }: Looked, verdict: Verdict): void {
  const problem = verdict.problem ?? doubt
  const opened = problem ? openProblem(tx, { connection, problem, record: record.id, item, run: why.run ?? null }) : null
  closeProblems(tx, { record: record.id, codes: judgedCodes, but: opened === null ? [] : [opened] })
  const behind = opened ?? (outbox === null ? null : (outbox['problem'] as number | null))
  if (link['problem'] !== behind) tx.raw.prepare('update links set problem = ? where record = ?').run(behind, record.id)
}

/**
 * What Procore confirmed for a record: the item as it is now. Ties it where the record had none, remembers both sides where they
 * agree, and queues what comes next. For the outbox, in the transaction that settles its row.
 */
export function applyConfirmed(on: Reconciling, record: number): void {
  const looked = on.eyes.look(record)
  if (looked === null) return
  closeProblems(on.tx, { record, but: halfDoneTold(on.tx.raw, record) }) // a change of the record leaves that as it is
  settle(on, looked, false)
}

/** Links whose state rests on other records or items: those whose parent changed, those of a job that came, went or closed. */
export function dependents({ tx: { raw }, kinds, connection }: Reconciling, entity: keyof Kinds): number[] {
  const all = Object.values(kinds).filter((kind) => kind.matched && kind.itemTypes.length > 0)
  const after = all.filter((kind) => kind.after.includes(entity)).map((kind) => kind.entity)
  // What does not name its job may have left with it all the same (job-left.ts): its commitment's, or its project's.
  const left = entity === 'jobs' ? all.map((kind) => kind.entity) : after
  if (left.length === 0) return []
  const marks = (of: readonly string[]): string => of.map(() => '?').join(', ')
  return raw
    .prepare(
      `select l.record from links l join records r on r.id = l.record join sources s on s.id = r.source
       where s.connection = ? and ((s.entity in (${marks(after)}) and l.item_id is null) or (s.entity in (${marks(left)}) and l.state in (?, ?)))`,
    )
    .all(connection, ...after, ...left, positionOf('gone-from-erp'), positionOf('left-with-job'))
    .map((row) => Number(row['record']))
}

/** Judges a link that was unlinked as if it had not been: the unlink was undone. */
export function judgeAnew(on: Reconciling, record: number): void {
  const looked = on.eyes.look(record)
  if (looked === null) return
  closeProblems(on.tx, { record })
  settle(on, { ...looked, sides: { ...looked.sides, previous: 'not-linked' } }, false)
}

/** Ties items that carry an origin_id of ours to records that are not linked: after a ledger was made anew. */
export function tieByOrigin(on: Reconciling, entity: keyof Kinds, source: number): number[] {
  const { key } = on.tx.raw.prepare('select key from connections where id = ?').get(on.connection) as { key: string }
  const prefix = originId(key, entity, '')
  const items = on.tx.raw
    .prepare('select * from items where connection = ? and origin_id >= ? and origin_id < ? and deleted_at is null')
    .all(on.connection, prefix, `${prefix}\u{10ffff}`)
  const find = on.tx.raw.prepare(
    'select l.record from records r join links l on l.record = r.id where r.source = ? and r.key = ? and l.item_id is null',
  )
  return items.map(itemOf).flatMap((item) => {
    const row = find.get(source, (item.originId ?? '').slice(prefix.length))
    if (!row) return []
    tieItem(on.tx, Number(row['record']), item)
    return [Number(row['record'])]
  })
}
