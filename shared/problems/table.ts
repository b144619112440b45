/** All of them; by what each is trouble with in the files beside. */
import { agentProblems } from './agent.ts'
import { browserProblems } from './browser.ts'
import { decidingProblems } from './deciding.ts'
import { planProblems } from './planning.ts'
import { procoreProblems } from './procore.ts'
import { fileProblems } from './reading-files.ts'
import { setUpProblems } from './setting-up.ts'

export const problems = {
  ...setUpProblems,
  ...fileProblems,
  ...decidingProblems,
  ...planProblems,
  ...procoreProblems,
  ...agentProblems,
  ...browserProblems,
}

export type ProblemCode = keyof typeof problems
