import type { ProblemShape } from '../../shared/api/problems.ts'
import { inEnglish, type Problem, type ProblemCode, problems } from '../../shared/problem.ts'

/** A problem as it crosses the wire: with the agent's own sentence, for readers that do not know the code. */
export function toShape(problem: Problem): ProblemShape {
  const { code, params, at } = problem
  const { says, next: step } = inEnglish(problem)
  return { code, next: problems[code].next, params, says, do: step, ...(at ? { at } : {}) }
}

type StoredProblem = { code: string; params: string; line: number | null; column_name: string | null; file_name?: string | null }

/** A stored problem; one whose code this version does not know keeps its code and says so. */
export function storedProblem(row: StoredProblem): ProblemShape {
  const params = JSON.parse(row.params) as Record<string, string | number>
  const at = placeOf(row)
  if (!(row.code in problems)) return { code: row.code, next: 'bug', params, says: row.code, do: '', ...(at ? { at } : {}) }
  return toShape({ code: row.code as ProblemCode, params, at })
}

function placeOf({ file_name, line, column_name }: StoredProblem): Problem['at'] {
  if (!file_name && line === null && column_name === null) return undefined
  return { ...(file_name ? { file: file_name } : {}), ...(line === null ? {} : { line }), ...(column_name ? { column: column_name } : {}) }
}

const dayMs = 86_400_000
const days = new Map<number, string>()

/** `2026-11-20T`, remembered: a screenful of badges names the same few days hundreds of times. */
function dayOf(day: number): string {
  const known = days.get(day)
  if (known !== undefined) return known
  if (days.size > 1000) days.clear()
  const made = new Date(day * dayMs).toISOString().slice(0, 11)
  days.set(day, made)
  return made
}

const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))
const three = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'))

/** ms since 1970 → ISO, as toISOString says it, in a quarter of its time. */
export function iso(ms: number): string {
  const day = Math.floor(ms / dayMs)
  const rest = ms - day * dayMs
  const minutes = Math.floor(rest / 60_000)
  return `${dayOf(day)}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[Math.floor(rest / 1000) % 60]}.${three[rest % 1000]}Z`
}

/** The same; null stays null. */
export const isoOrNull = (ms: number | null | undefined): string | null => (ms == null ? null : iso(ms))
