import { outboxOps, outboxStates } from '../outbox/outbox.ts'
import { bulkOf } from './bulk.ts'
import type { WriterTx } from './command.ts'
import { keepRecordTerms } from './find-terms.ts'
import { positionOf } from './links.ts'
import { keepPart } from './match.ts'
import { dependents, finish, type Reconciling, reconcile, reconciling, tieByOrigin } from './reconcile.ts'
import type { Kinds } from './rows.ts'
import { connectionOf } from './sources.ts'
import type { OpenTake } from './take.ts'

/** After the records: links for the new, a look at all that moved, and at what rests on them. Events say which items changed. */
export function settleTake(tx: WriterTx, take: OpenTake, kinds: Kinds, moved: ReadonlySet<number>, others: readonly number[]): void {
  const { kind, source } = take
  const on = reconciling(tx, kinds, source.connection, { code: 'take', run: take.run }, moved)
  if (kind.itemTypes.length > 0) settleLinks(on, take, [...moved, ...others])
  else settleParts(on, take, [...newRecords(tx, take), ...moved], others)
  if (Object.values(kinds).some(({ after }) => after.includes(kind.entity))) {
    const later: Reconciling = { ...reconciling(tx, kinds, source.connection, on.why), told: on.told }
    reconcile(later, dependents(later, kind.entity))
  }
  finish(on)
}

const newRecords = ({ raw }: WriterTx, { id }: OpenTake): number[] =>
  raw
    .prepare('select id from records where take = ?')
    .all(id)
    .map((row) => Number(row['id']))

function settleLinks(on: Reconciling, take: OpenTake, known: readonly number[]): void {
  const { tx } = on
  const bulk = bulkOf(tx.raw)
  const { kind, source } = take
  if (kind.matched) bulk.linkNew(take.id, take.after, positionOf('not-linked'), tx.now())
  else linkMany(on, take)
  bulk.linkChanged(take.id, positionOf('not-linked'), tx.now())
  if (kind.finds) keepRecordTerms(tx, kind, source.id, [...newRecords(tx, take), ...known])
  const tied = kind.matched ? [] : tieByOrigin(on, kind.entity, source.id)
  reconcile(on, [...new Set([...(kind.matched ? newRecords(tx, take) : tied), ...known])])
}

/** Records that never meet an item by name are linked, and where writing is on queued, in two statements however many they are. */
function linkMany({ tx }: Reconciling, take: OpenTake): void {
  const { source, kind } = take
  const bulk = bulkOf(tx.raw)
  const { owner } = connectionOf(tx.raw, source.connection)
  const creates = owner === 'tieback' && source.writing === 1 && source.creating === 1 && kind.delivery === 'create'
  bulk.linkNew(take.id, take.after, positionOf(creates ? 'ready-to-send' : 'not-linked'), tx.now())
  if (creates) bulk.queueNew(take.after, outboxOps.indexOf('create'), outboxStates.indexOf('waiting'))
}

/** Parts meet no item; what they belong to is looked at again. */
function settleParts(on: Reconciling, { kind, source }: OpenTake, changed: readonly number[], others: readonly number[]): void {
  const { raw } = on.tx
  const find = raw.prepare('select * from records where id = ?')
  const whole = raw.prepare(
    'select r.id from records r join sources s on s.id = r.source where s.connection = ? and s.entity = ? and r.key = ?',
  )
  const wholes = new Set<number>()
  for (const id of [...changed, ...others]) {
    const row = find.get(id)
    if (row === undefined) continue
    const part = keepPart(on.tx, { connection: source.connection, id }, kind, row)
    const parent = part && whole.get(source.connection, part.entity, part.key)
    if (parent) wholes.add(Number(parent['id']))
  }
  reconcile(on, [...wholes])
}
