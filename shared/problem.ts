/**
 * Every trouble by code: its sentence (English here; the other languages are in words/), and what happens next; by what it is trouble with in
 * problems/. Append, never change: an extension serves agents a year old. Plain data: page scripts carry it.
 */

import type { ProblemCode, problems } from './problems/table.ts'
import type { ValueOf } from './problems/values.ts'
import { english } from './words/english.ts'
import { sayTold } from './words/say-problem.ts'

export { type ProblemCode, problems } from './problems/table.ts'

/** Trouble as data, next to what worked. `params` fill the sentence; `at` says where, if it was in a file. */
export type Problem = {
  code: ProblemCode
  params?: Record<string, string | number> | undefined
  at?: { file?: string | undefined; line?: number | undefined; column?: string | undefined } | undefined
}

/** Codes of the lists in problems/values.ts where the problem takes them: prose would stand in English in everybody's sentence. */
type ParamsOf<C extends ProblemCode> = Problem['params'] &
  ((typeof problems)[C] extends { values: infer V } ? { [P in keyof V]?: ValueOf<V[P]> } : unknown)

export const problem = <C extends ProblemCode>(code: C, params?: ParamsOf<C>, at?: Problem['at']): Problem => ({ code, params, at })

/** Each tells of an unlink that took off a part of a link and could not put it back. */
export const halfDoneCodes: readonly ProblemCode[] = ['unlink-half-done', 'unlink-half-unchanged', 'unlink-half-hidden']
export const tellsHalfDone = ({ code }: { code: string }): boolean => (halfDoneCodes as readonly string[]).includes(code)

/** A person lets the file through by trying the cause again; of the last three the rest of it is taken already. */
export const letThroughCodes: readonly ProblemCode[] = ['blast-radius', 'file-older', 'columns-gone', 'columns-renamed', 'column-changed']

/** Trouble with a whole run is thrown; its cause is kept. */
export class Trouble extends Error {
  readonly problem: Problem
  constructor(problem: Problem, cause?: unknown) {
    super(sayProblem(problem), { cause })
    this.name = 'Trouble'
    this.problem = problem
  }
}

/** In English, for logs, the command line and the wire; moments as they are written everywhere. */
export const inEnglish = (problem: Problem): { says: string; next: string } => sayTold(english, problem, (iso) => iso)

/** The English sentence with its next step. */
export function sayProblem(problem: Problem): string {
  const { says, next } = inEnglish(problem)
  return `${says} ${next}`
}
