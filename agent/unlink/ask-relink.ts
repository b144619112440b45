/** A person takes an unlink back: it is written down, with who asked, and waits for the outbox; or it is refused, and that is written down. */
import type { Problem } from '../../shared/problem.ts'
import type { RelinkOutcome, UndoRefusal } from '../../shared/undo.ts'
import type { WriterTx } from '../ledger/command.ts'
import { closeProblems } from '../ledger/problems.ts'
import { finish, reconciling } from '../ledger/reconcile.ts'
import type { Kinds } from '../ledger/rows.ts'
import { sourceById } from '../ledger/sources.ts'
import { halfDoneTold, lastUnlink } from '../ledger/unlinks.ts'
import type { By } from '../ledger/writing.ts'
import { outboxOps, outboxStates } from '../outbox/outbox.ts'
import { refusedUnlink } from './right.ts'
import { refusalOf } from './undo.ts'

export type AskRelink = { record: number; by: By }
type AskedRelink = { asked: RelinkOutcome; why: UndoRefusal | null; missing?: Problem }

/** Asked again while it is under way, nothing is begun twice. */
export function askRelink(tx: WriterTx, kinds: Kinds, { record, by }: AskRelink): AskedRelink {
  const missing = refusedUnlink(tx, record, by, 'relink')
  if (missing) return { asked: 'refused', why: null, missing }
  const row = tx.raw.prepare('select source from records where id = ?').get(record)
  if (!row) return { asked: 'refused', why: 'nothing' }
  const on = reconciling(tx, kinds, sourceById(tx.raw, Number(row['source'])).connection, { code: 'relink', person: by.person })
  const looked = on.eyes.look(record)
  if (looked?.sides.outbox?.op === 'relink') return { asked: 'under-way', why: null }
  const unlink = lastUnlink(tx.raw, record)
  const why = looked ? refusalOf(looked, unlink, tx.now()) : 'nothing'
  if (why !== null || !looked?.item) {
    tx.audit({ ...by, act: 'relink-refused', subject: `link:${record}`, after: { why: why ?? 'nothing' } })
    return { asked: 'refused', why: why ?? 'nothing' }
  }
  begin(tx, record, by)
  const { type, id, project } = looked.item
  tx.audit({ ...by, act: 'relink-asked', subject: `link:${record}`, before: { type, id, key: looked.record.key }, after: unlink?.carried })
  on.told.add({ type, id, project })
  finish(on)
  return { asked: 'under-way', why: null }
}

/** What an earlier try met is over with this one; what is half done stays told until it is not. */
function begin(tx: WriterTx, record: number, by: By): void {
  tx.raw.prepare('delete from outbox where record = ? and state <> ?').run(record, outboxStates.indexOf('done'))
  closeProblems(tx, { record, but: halfDoneTold(tx.raw, record) })
  tx.raw.prepare('update links set problem = null where record = ?').run(record)
  tx.raw
    .prepare('insert into outbox (record, op, state, attempts, not_before, asked) values (?, ?, ?, 0, 0, ?)')
    .run(record, outboxOps.indexOf('relink'), outboxStates.indexOf('waiting'), JSON.stringify(by))
}
