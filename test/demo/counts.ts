import known from '../exports/known.json' with { type: 'json' }

const { commitments } = known

/** What the list of the busiest project is known to show: test/exports/known.json, written when both sides were invented. */
export const expected: Readonly<Record<string, number>> = {
  synced: commitments.agree,
  'changed-in-both': Object.values(commitments.differ).flat().length,
  'not-linked': commitments.procoreOnly.length,
  foreign: commitments.foreign.length,
}

/** A commitment whose amounts differ. */
export const ofAmounts = commitments.differ.amount[0] ?? ''

export function countsOf(states: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const state of states.values()) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

export const sameCounts = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((state) => a[state] === b[state])
