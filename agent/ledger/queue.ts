import { type OutboxOp, outboxOps, outboxStates } from '../outbox/outbox.ts'
import type { WriterTx } from './command.ts'
import { closeOwn } from './problems.ts'
import type { StoredRow } from './rows.ts'
import { auditDropped } from './unlinks.ts'

const waiting = outboxStates.indexOf('waiting')
const failed = outboxStates.indexOf('failed')
const held = outboxStates.indexOf('held')

/** Never sent: may be taken back without anyone having seen it. */
const neverSent = (row: StoredRow): boolean => row['sent'] === null && (row['state'] === waiting || row['state'] === held)

const isUnwanted = (open: StoredRow, wanted: OutboxOp | null): boolean =>
  neverSent(open) && open['op'] !== (wanted === null ? -1 : outboxOps.indexOf(wanted))

/** `again`: the ERP's side moved since, so what failed is tried again. `gone`: there is nothing left to create. */
export type Moved = { again: boolean; gone: boolean }

/** Brings the outbox in line with what a link wants next. What was sent, or may have been, is left to the worker. */
export function queue(tx: WriterTx, record: number, wanted: OutboxOp | null, open: StoredRow | null, { again, gone }: Moved): void {
  const { raw } = tx
  if (open !== null && open['plan'] !== null && !(again && open['state'] === failed)) return // whether it still is what was approved is looked at when its turn comes
  if (open !== null && (open['plan'] !== null || isUnwanted(open, wanted) || (gone && open['state'] === failed))) {
    auditDropped(tx, open, 'no-longer-so')
    raw.prepare('delete from outbox where id = ?').run(Number(open['id']))
    raw.prepare('update links set problem = null where record = ? and problem = ?').run(record, open['problem'] as number | null)
    closeOwn(tx, record, open['problem'] as number | null)
    queue(tx, record, wanted, null, { again, gone })
  } else if (open !== null && open['state'] === failed) {
    if (again) retry(raw, Number(open['id']))
  } else if (open === null && wanted !== null) {
    raw
      .prepare('insert into outbox (record, op, state, attempts, not_before) values (?, ?, ?, 0, 0)')
      .run(record, outboxOps.indexOf(wanted), waiting)
  }
}

/** Lets a failed change be tried at once; what it met stays told until that is seen to be over. */
function retry(raw: WriterTx['raw'], id: number): void {
  raw.prepare('update outbox set state = ?, not_before = 0 where id = ?').run(waiting, id)
}
