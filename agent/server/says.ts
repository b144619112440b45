import type { ProblemShape } from '../../shared/api.ts'
import { fill, type Problem, type ProblemCode, problems } from '../../shared/problem.ts'

/** A problem as it crosses the wire: with the agent's own sentence, for readers that do not know the code. */
export function toShape({ code, params, at }: Problem): ProblemShape {
  const { next, says, do: step } = problems[code]
  return { code, next, params, says: fill(says, params), do: fill(step, params), ...(at ? { at } : {}) }
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

/** ms since 1970 → ISO; null stays null. */
export const iso = (ms: number): string => new Date(ms).toISOString()
export const isoOrNull = (ms: number | null | undefined): string | null => (ms == null ? null : iso(ms))
