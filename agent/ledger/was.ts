import type { Figure } from '../items/kind.ts'
import type { Sides, Verdict } from './judge.ts'
import { sideHash } from './side-hash.ts'

const moved = { 'changed-in-erp': ['erp', 'procore', 'record'], 'changed-in-procore': ['procore', 'erp', 'item'] } as const

/** Which side moved for a link to come into this state; null where that is not for one side to say. */
export const movedSide = (state: string): 'erp' | 'procore' | null => (state in moved ? moved[state as keyof typeof moved][0] : null)

/**
 * What the side that moved said until then, by field, where that is proven: both agreed until then, of that only a hash is kept, and with the other
 * side's values in place of its own it must come out again. Values that merely count as the same prove nothing, and nothing is said then. Pure.
 */
export function wasBefore(
  figures: readonly Figure[],
  { state, fields }: Pick<Verdict, 'state' | 'fields'>,
  { previous, confirmed }: Pick<Sides, 'previous' | 'confirmed'>,
): Record<string, string | null> | null {
  if (previous !== 'synced' || (state !== 'changed-in-erp' && state !== 'changed-in-procore')) return null
  const [side, other, kept] = moved[state]
  const differs = figures.filter(({ field }) => fields.includes(field))
  const before = figures.map((figure) => (fields.includes(figure.field) ? { ...figure, [side]: figure[other] } : figure))
  return sideHash(before, side) === confirmed[kept] ? Object.fromEntries(differs.map((figure) => [figure.field, figure[other]])) : null
}
