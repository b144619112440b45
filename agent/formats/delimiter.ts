/** Which character divides the cells: tried on the first rows outside quotes; one clear winner, or a problem. Never the first that fits. */
import { type Problem, problem } from '../../shared/problem.ts'
import { headerName } from './header-names.ts'
import { tokenizeBytes } from './tokenize.ts'

const candidates = [',', ';', '\t', '|'] as const

/** How the first rows look when cut at one candidate. */
type Cut = { delimiter: string; counts: number[]; usual: number; agreeing: number; known: number }

const shownAs: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }

/**
 * `sample`: UTF-8 or cp1252 bytes behind the BOM, whole lines. `known`: comparable header names, which decide when two candidates cut evenly.
 * Excel's own hint (`sep=;` on line 1) is believed. A file no candidate divides is read as one column (comma).
 */
export function sniffDelimiter(sample: Uint8Array, known: ReadonlySet<string>, file: string): string | Problem {
  const hint = sepHint(sample)
  if (hint !== null) return hint
  const cuts = candidates.map((delimiter) => cut(sample, delimiter, known)).filter((one) => one.usual >= 2)
  const divided = cuts.filter((one) => one.agreeing >= 0.6 * rowsThatDivide(cuts))
  const clear = onlyOne(divided) ?? onlyOne(mostKnown(divided.length > 0 ? divided : cuts))
  if (cuts.length === 0) return ','
  if (clear === null) return mixed(cuts, file)
  const rivals = cuts.filter((one) => one !== clear && takesOver(one, clear))
  return rivals.length === 0 ? clear.delimiter : mixed([clear, ...rivals], file)
}

/** The delimiter Excel wrote on line 1, or null. */
export function sepHint(sample: Uint8Array): string | null {
  const hint = /^sep=(.)\r?\n/.exec(Buffer.from(sample.subarray(0, 8)).toString('latin1'))?.[1]
  return candidates.find((one) => one === hint) ?? null
}

function cut(sample: Uint8Array, delimiter: string, known: ReadonlySet<string>): Cut {
  const rows = [...tokenizeBytes(sample, { delimiter, encoding: 'cp1252' })].slice(0, 500).map((token) => token.cells)
  const counts = rows.map((cells) => cells.length)
  const usual = mostFrequent(counts.filter((count) => count > 1))
  const hits = rows.slice(0, 50).map((cells) => cells.filter((cell) => known.has(headerName(cell))).length)
  return { delimiter, counts, usual, agreeing: counts.filter((count) => count === usual).length, known: Math.max(0, ...hits) }
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>()
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1)
  return [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** Rows at least one candidate divides; title lines in one piece do not count against anyone. */
const rowsThatDivide = (cuts: readonly Cut[]): number => Math.max(0, ...cuts.map((one) => one.counts.filter((count) => count > 1).length))

const onlyOne = (cuts: readonly Cut[]): Cut | null => (cuts.length === 1 ? (cuts[0] ?? null) : null)

function mostKnown(cuts: readonly Cut[]): Cut[] {
  const most = Math.max(0, ...cuts.map((one) => one.known))
  return most < 2 ? [] : cuts.filter((one) => one.known === most)
}

/** Rows the winner leaves in one piece but this one cuts into exactly as many cells: two delimiters in one file. */
const takesOver = (one: Cut, winner: Cut): boolean =>
  one.counts.some(
    (count, row) => count === winner.usual && winner.counts[row] !== winner.usual && winner.counts.length === one.counts.length,
  )

const mixed = (cuts: readonly Cut[], file: string): Problem =>
  problem('file-mixed-delimiter', { file, delimiters: cuts.map((one) => shownAs[one.delimiter] ?? one.delimiter).join(', ') }, { file })
