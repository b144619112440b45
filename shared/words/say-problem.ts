import type { Words } from './languages.ts'
import { filled, sayCode } from './say.ts'
import { moment } from './when.ts'

/** A problem as it comes over the wire; `says` and `do` are the agent's own English sentences. */
export type ToldProblem = { code: string; params?: Record<string, string | number> | undefined; says?: string; do?: string }

/** What happened and what to do, in the reader's language; a code from a newer agent is told in the agent's own sentence. */
export function sayTold(words: Words, told: ToldProblem): { says: string; next: string } {
  const known = words.problems[told.code]
  const params = readable(words, told.params)
  if (known) return { says: filled(known[0], params), next: filled(known[1], params) }
  return { says: told.says ?? filled(words.texts['problem.unknown'], { code: told.code }), next: told.do ?? '' }
}

/** Times as the reader writes them, entities and environments by their name; all else as it is. */
function readable(words: Words, params: ToldProblem['params'] = {}): NonNullable<ToldProblem['params']> {
  const now = new Date()
  const read = ([name, value]: [string, string | number]): [string, string | number] => {
    if (typeof value !== 'string') return [name, value]
    if (name === 'entity' || name === 'environment') return [name, sayCode(words, name, value)]
    return [name, isTime.test(value) ? (moment(value, words.locale, now) ?? value) : value]
  }
  return Object.fromEntries(Object.entries(params).map(read))
}
const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/

/** Both in one line. What Procore or a file said ends as it came, often without a full stop: what to do next begins a sentence all the same. */
export function sayWhole(words: Words, told: ToldProblem): string {
  const { says, next } = sayTold(words, told)
  return `${ended(says)} ${next}`
}
const isEnded = /[.!?…][”“»"’)\s]*$/
const ended = (text: string): string => (isEnded.test(text) ? text : `${text}.`)
