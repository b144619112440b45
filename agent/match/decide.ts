/** Which pairs may be tied without a person looking at each: sure enough, and clearly better than any other on either side. Pure. */

export type Pair = {
  record: number
  item: string
  score: number /** Something stands in the way: tied elsewhere, another system's. */
  conflict: boolean
}

/** Why a record was left to a person. */
type LeftBecause = 'below' | 'ambiguous' | 'conflict' | 'nothing'
export type Left = { record: number; item: string | null; score: number; because: LeftBecause }
export type Decided = { tie: Pair[]; left: Left[] }

/** The second best must be this much less likely. */
export const clearlyLower = 0.1

/**
 * Of each record its best item, if that is at least so likely and each other item of the record and each other record of the item is clearly
 * less so. What is tied elsewhere is no partner, but it stands in the way of being sure.
 */
export function decide(records: readonly number[], pairs: readonly Pair[], atLeast: number): Decided {
  const ofRecord = Map.groupBy(pairs.toSorted(byScore), ({ record }) => record)
  const ofItem = Map.groupBy(pairs.toSorted(byScore), ({ item }) => item)
  const decided: Decided = { tie: [], left: [] }
  for (const record of records) {
    const best = ofRecord.get(record)?.[0]
    const because = best ? whyNot(best, ofRecord.get(record) ?? [], ofItem.get(best.item) ?? [], atLeast) : 'nothing'
    if (best && because === null) decided.tie.push(best)
    else decided.left.push({ record, item: best?.item ?? null, score: best?.score ?? 0, because: because ?? 'nothing' })
  }
  return decided
}

function whyNot(best: Pair, ofRecord: readonly Pair[], ofItem: readonly Pair[], atLeast: number): LeftBecause | null {
  if (best.score < atLeast) return 'below'
  const others = [...ofRecord, ...ofItem].filter((one) => one.record !== best.record || one.item !== best.item)
  if (others.some(({ score }) => score > best.score - clearlyLower)) return 'ambiguous'
  return best.conflict ? 'conflict' : null
}

const byScore = (a: Pair, b: Pair): number => b.score - a.score || a.record - b.record || (a.item < b.item ? -1 : 1)
