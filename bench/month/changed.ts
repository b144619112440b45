import { exportsOf } from './exports.ts'
import { type Month, size } from './firm.ts'

/**
 * Records the month's exports brought or changed and Procore has to follow: by itself, in a sum, or compared. Costs a commitment carries and rows
 * that are no cost are left out: they concern Procore as little as the unchanged.
 */
export function changedRecords(month: Month): number {
  const before = new Map<string, Set<string>>()
  let changed = 0
  for (let day = 0; day < size.days; day++)
    for (const { name, rows } of exportsOf(month, day)) {
      const now = new Set(
        rows
          .filter(({ Transaction_Type, Commitment }) => !isLeftOut(Transaction_Type, Commitment))
          .map((row) => Object.values(row).join('\t')),
      )
      const known = before.get(name)
      for (const row of now) if (!known?.has(row)) changed += 1
      before.set(name, now)
    }
  return changed
}

const isLeftOut = (type: string | undefined, commitment: string | undefined): boolean =>
  type !== undefined && (type === 'Scheduled value' || commitment !== '')
