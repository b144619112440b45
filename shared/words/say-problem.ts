import type { Words } from './languages.ts'
import { filled } from './say.ts'

/** A problem as it comes over the wire; `says` and `do` are the agent's own English sentences. */
export type ToldProblem = { code: string; params?: Record<string, string | number> | undefined; says?: string; do?: string }

/** What happened and what to do, in the reader's language; a code from a newer agent is told in the agent's own sentence. */
export function sayTold(words: Words, told: ToldProblem): { says: string; next: string } {
  const known = words.problems[told.code]
  if (known) return { says: filled(known[0], told.params), next: filled(known[1], told.params) }
  return { says: told.says ?? filled(words.texts['problem.unknown'], { code: told.code }), next: told.do ?? '' }
}

/** Both in one line. */
export function sayWhole(words: Words, told: ToldProblem): string {
  const { says, next } = sayTold(words, told)
  return `${says} ${next}`
}
