import { type OutboxOp, outboxOps, outboxStates } from '../outbox/outbox.ts'
import type { WriterTx } from './command.ts'
import type { StoredRow } from './rows.ts'

const waiting = outboxStates.indexOf('waiting')
const failed = outboxStates.indexOf('failed')
const held = outboxStates.indexOf('held')

/** Never sent: may be taken back without anyone having seen it. */
const neverSent = (row: StoredRow): boolean => row['sent'] === null && (row['state'] === waiting || row['state'] === held)

/**
 * Brings the outbox in line with what a link wants next. What was sent, or may have been, is left to the worker; a failed change
 * is tried again only when the ERP's side moved since (`again`).
 */
export function queue({ raw }: WriterTx, record: number, wanted: OutboxOp | null, open: StoredRow | null, again: boolean): void {
  if (open !== null && neverSent(open) && open['op'] !== (wanted === null ? -1 : outboxOps.indexOf(wanted))) {
    raw.prepare('delete from outbox where id = ?').run(Number(open['id']))
    queue({ raw } as WriterTx, record, wanted, null, again)
  } else if (open !== null && open['state'] === failed) {
    if (again) retry(raw, Number(open['id']))
  } else if (open === null && wanted !== null) {
    raw
      .prepare('insert into outbox (record, op, state, attempts, not_before) values (?, ?, ?, 0, 0)')
      .run(record, outboxOps.indexOf(wanted), waiting)
  }
}

/** Lets a failed or held change be tried at once. */
function retry(raw: WriterTx['raw'], id: number): void {
  raw.prepare('update outbox set state = ?, not_before = 0, problem = null where id = ?').run(waiting, id)
}
