/**
 * Every trouble by code: its sentence (English here; the other languages are in words/), and what happens next; by what it is trouble with in
 * problems/. Append, never change: an extension serves agents a year old. Plain data: page scripts carry it.
 */

import { agentProblems } from './problems/agent.ts'
import { browserProblems } from './problems/browser.ts'
import { decidingProblems } from './problems/deciding.ts'
import { procoreProblems } from './problems/procore.ts'
import { fileProblems } from './problems/reading-files.ts'

export const problems = { ...fileProblems, ...decidingProblems, ...procoreProblems, ...agentProblems, ...browserProblems }

export type ProblemCode = keyof typeof problems

/** Trouble as data, next to what worked. `params` fill the sentence; `at` says where, if it was in a file. */
export type Problem = {
  code: ProblemCode
  params?: Record<string, string | number> | undefined
  at?: { file?: string | undefined; line?: number | undefined; column?: string | undefined } | undefined
}

export const problem = (code: ProblemCode, params?: Problem['params'], at?: Problem['at']): Problem => ({ code, params, at })

/** Each tells of an unlink that took off a part of a link and could not put it back. */
export const halfDoneCodes: readonly ProblemCode[] = ['unlink-half-done', 'unlink-half-unchanged', 'unlink-half-hidden']
export const tellsHalfDone = ({ code }: { code: string }): boolean => (halfDoneCodes as readonly string[]).includes(code)

/** Trouble with a whole run is thrown; its cause is kept. */
export class Trouble extends Error {
  readonly problem: Problem
  constructor(problem: Problem, cause?: unknown) {
    super(sayProblem(problem), { cause })
    this.name = 'Trouble'
    this.problem = problem
  }
}

/** Fills a sentence; an unknown parameter stays visible as {name}. */
export const fill = (sentence: string, params: Record<string, string | number> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

/** The English sentence with its next step, for logs and the command line. */
export const sayProblem = ({ code, params }: Problem): string => `${fill(problems[code].says, params)} ${fill(problems[code].do, params)}`
