import type { DatabaseSync } from 'node:sqlite'
import { inOrder } from '../../shared/mapping/order.ts'
import { ticksFor } from '../../shared/mapping/ticks.ts'
import type { Figure } from '../items/kind.ts'
import type { Looked } from './look.ts'
import { savedMapping, ticksIn } from './ticks.ts'

/** Both sides of a record in the order its connection's mapping says; what is judged never rests on that order. */
export function figuresShown(
  raw: DatabaseSync,
  { figures, record, connection }: Pick<Looked, 'figures' | 'record' | 'connection'>,
): Figure[] {
  const saved = savedMapping(raw, connection.id)
  return inOrder(figures ?? [], (saved && ticksFor(ticksIn(saved), record.entity).order) ?? [], ({ field }) => field)
}
