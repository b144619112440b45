/** In which order a record's panel shows its figures. Pure. */
import { type Ticks, ticksFor } from './ticks.ts'

/** Those named first, in that order; the others after them, as they came: so what a later Tieback compares too has a place. */
export function inOrder<T>(all: readonly T[], order: readonly string[], fieldOf: (one: T) => string): T[] {
  const place = new Map(order.map((field, at) => [field, at]))
  return all.toSorted((a, b) => (place.get(fieldOf(a)) ?? order.length) - (place.get(fieldOf(b)) ?? order.length))
}

/** The fields of an entity's figures as its mapping orders them. */
export const orderedFields = (ticks: Ticks, id: string, figures: readonly string[]): string[] =>
  inOrder(figures, ticksFor(ticks, id).order ?? [], (field) => field)

/** One step up (-1) or down (1); at either end it stays. An order as the figures come is none of its own. */
export function withMoved(ticks: Ticks, id: string, figures: readonly string[], field: string, by: -1 | 1): Ticks {
  const order = orderedFields(ticks, id, figures)
  const at = order.indexOf(field)
  const to = at + by
  if (at === -1 || to < 0 || to >= order.length) return ticks
  order.splice(to, 0, ...order.splice(at, 1))
  const { order: _was, ...rest } = ticksFor(ticks, id)
  const isOwn = order.some((name, place) => name !== figures[place])
  return { ...ticks, [id]: isOwn ? { ...rest, order } : rest }
}
