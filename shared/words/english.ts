import { problems } from '../problem.ts'
import { en } from './en.ts'
import type { Words } from './languages.ts'

/** English alone, for the command line and the log: their readers choose no language. */
export const english: Words = {
  language: 'en',
  locale: 'en',
  texts: en,
  problems: Object.fromEntries(Object.entries(problems).map(([code, kind]) => [code, [kind.says, kind.do]])),
}
