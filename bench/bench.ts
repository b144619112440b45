/** What a benchmark is and says: one line per condition, never a verdict by itself – main.ts compares with the budget. */
export type Line = {
  /** `<bench>/<condition>` */
  name: string
  mode: 'ratio' | 'absolute'
  unit: 's' | 'ms' | 'MB' | 'bytes' | 'calls' | '%' | 'score'
  ours: number
  /** Null for absolute bounds. */
  reference: number | null
  ratio: number | null
  budget: number
  ok: boolean
  detail: Record<string, unknown>
}

export type Bench = { name: string; run(): AsyncIterable<Line> }

/** A condition that compares with a reference interleaved in the same run. */
export const ratioLine = (
  name: string,
  unit: Line['unit'],
  ours: number,
  reference: number,
  budget: number,
  detail: Line['detail'] = {},
): Line => {
  const ratio = ours / reference
  return { name, mode: 'ratio', unit, ours, reference, ratio, budget, ok: ratio <= budget, detail }
}

/** A condition with a bound of its own. */
export const absoluteLine = (name: string, unit: Line['unit'], ours: number, budget: number, detail: Line['detail'] = {}): Line => ({
  name,
  mode: 'absolute',
  unit,
  ours,
  reference: null,
  ratio: null,
  budget,
  ok: ours <= budget,
  detail,
})

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}
