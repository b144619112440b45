import type { Entity } from '../../shared/item.ts'
import { outboxOps } from '../outbox/outbox.ts'
import type { WriterTx } from './command.ts'
import { positionOf } from './links.ts'
import { leaveOut } from './plans.ts'
import { finish, reconcile, reconciling } from './reconcile.ts'
import type { Kinds } from './rows.ts'
import { type Source, sourceOf } from './sources.ts'
import { auditDropped } from './unlinks.ts'

/** Who acts, and from where; `person` is null for the command line before anybody is known, `key` where no paired browser asks. */
export type By = { person: number | null; origin: string; key?: number | null }

export type SetWriting = { connection: number; entity: Entity; writing: boolean; creating?: boolean | undefined; by: By }
export type Writing = { entity: string; writing: boolean; creating: boolean }

/**
 * Switches writing for one entity. On: what is outstanding is queued at once. Off: what was never sent is taken back; what is on
 * its way is left to end. Null when there is no such connection.
 */
export function setWriting(tx: WriterTx, kinds: Kinds, { connection, entity, writing, creating, by }: SetWriting): Writing | null {
  if (!tx.raw.prepare('select 1 from connections where id = ?').get(connection)) return null
  const before = sourceOf(tx.raw, connection, entity)
  const after = { writing: Number(writing), creating: Number(writing && (creating ?? before.creating === 1)) }
  tx.raw.prepare('update sources set writing = ?, creating = ? where id = ?').run(after.writing, after.creating, before.id)
  const was = { writing: before.writing, creating: before.creating }
  tx.audit({ ...by, act: 'writing-set', subject: `source:${before.id}`, before: was, after })
  tx.emit('connection-changed', { connection: String(connection), data: { entity, writing, creating: after.creating === 1 } })
  if (!writing || after.creating < before.creating)
    takeBack(tx, before, writing ? [outboxOps.indexOf('create')] : outboxOps.map((_, op) => op))
  bringInLine(tx, kinds, before, by.person)
  return { entity, writing, creating: after.creating === 1 }
}

/** Changes nobody has seen yet; `waiting` and `held` without a body sent. */
export function takeBack(tx: WriterTx, { id }: Source, ops: readonly number[]): void {
  const marks = ops.map(() => '?').join(', ')
  const given = tx.raw
    .prepare(
      `select id, record, op, asked, plan from outbox where state in (0, 4) and sent is null and op in (${marks})
         and record in (select id from records where source = ?)`,
    )
    .all(...ops, id)
  const drop = tx.raw.prepare('delete from outbox where id = ?')
  for (const row of given) {
    leaveOut(tx, row, 'writing-off')
    drop.run(Number(row['id']))
    auditDropped(tx, row, 'writing-off')
  }
}

/** Every link whose state or change rests on the switch: all that is unlinked, and pairs that are not settled. */
function bringInLine(tx: WriterTx, kinds: Kinds, { id, connection }: Source, person: number | null): void {
  const on = reconciling(tx, kinds, connection, { code: 'writing-set', person })
  const records = tx.raw
    .prepare(
      `select l.record from links l join records r on r.id = l.record where r.source = ? and
         (l.item_id is null and l.state in (?, ?, ?) or l.item_id is not null and (l.tied = 0 or l.state in (?, ?)))`,
    )
    .all(id, ...(['not-linked', 'ready-to-send', 'failed', 'changed-in-erp', 'unlinking'] as const).map(positionOf))
    .map((row) => Number(row['record']))
  reconcile(on, records)
  finish(on)
}
