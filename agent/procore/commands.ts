/** What polling writes down beside the items themselves; each is one transaction of the writer. */
import type { Problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { closeProblems, openProblem } from '../ledger/problems.ts'

export type ListTrouble = { connection: number; list: string; project: string | null; problem: Problem }

/** One project that is hidden is one cause, whichever list noticed it; Procore down or a wrong secret is one for the connection. */
const causeOf = ({ connection, list, project, problem: { code } }: ListTrouble): string => {
  if (code === 'project-not-permitted') return `${code} ${connection} ${project}`
  return ofTheWay.includes(code) ? `${code} ${connection}` : `${code} ${connection} ${list} ${project ?? ''}`
}
const ofTheWay: readonly Problem['code'][] = ['procore-busy', 'procore-down', 'procore-secret', 'procore-not-connected']

export const procoreCommands = {
  /** A list could not be read. */
  pollTrouble: (tx: WriterTx, trouble: ListTrouble): void =>
    void openProblem(tx, { connection: trouble.connection, problem: trouble.problem, cause: causeOf(trouble) }),

  /** It was read again. */
  pollWell: (tx: WriterTx, { connection, list, project }: Omit<ListTrouble, 'problem'>): void => {
    closeProblems(tx, { connection, codes: ofTheWay })
    closeProblems(tx, { connection, cause: `project-not-permitted ${connection} ${project}` })
    for (const code of ['procore-forbidden', 'procore-refused', 'procore-answer', 'procore-not-found', 'run-failed'] as const)
      closeProblems(tx, { connection, cause: `${code} ${connection} ${list} ${project ?? ''}` })
  },
}
