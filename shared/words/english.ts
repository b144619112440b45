import type { ProblemKind } from '../problems/kind.ts'
import { problems } from '../problems/table.ts'
import { en } from './en.ts'
import type { Words } from './languages.ts'

const kinds = Object.entries<ProblemKind>(problems)

/** Per problem, which of its parameters are codes, and of which list. */
export const problemValues: Words['values'] = Object.fromEntries(kinds.flatMap(([code, { values }]) => (values ? [[code, values]] : [])))

/** English alone, for the command line and the log: their readers choose no language. */
export const english: Words = {
  language: 'en',
  locale: 'en',
  texts: en,
  problems: Object.fromEntries(kinds.map(([code, kind]) => [code, [kind.says, kind.do]])),
  values: problemValues,
}
