import type { Words } from './languages.ts'
import { filled } from './say.ts'
import { readable, type WriteMoment } from './say-value.ts'

/** A problem as it comes over the wire; `says` and `do` are the agent's own English sentences. */
export type ToldProblem = { code: string; params?: Record<string, string | number> | undefined; says?: string; do?: string }

/** What happened and what to do, in the reader's language; a code from a newer agent is told in the agent's own sentence. */
export function sayTold(words: Words, told: ToldProblem, write?: WriteMoment): { says: string; next: string } {
  const known = words.problems[told.code]
  if (!known) return { says: told.says ?? filled(words.texts['problem.unknown'], { code: told.code }), next: told.do ?? '' }
  const params = readable(words, told, write)
  return { says: filled(known[0], params), next: filled(known[1], params) }
}

/** Both in one line. What Procore or a file said ends as it came, often without a full stop: what to do next begins a sentence all the same. */
export function sayWhole(words: Words, told: ToldProblem): string {
  const { says, next } = sayTold(words, told)
  return `${ended(says)} ${next}`.trimEnd()
}
const isEnded = /[.!?…][”“»"’)\s]*$/
const ended = (text: string): string => (isEnded.test(text) ? text : `${text}.`)
