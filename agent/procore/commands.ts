/** What polling writes down beside the items themselves; each is one transaction of the writer. */
import type { Problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { closeProblems, openProblem } from '../ledger/problems.ts'
import { hiddenProjectCause, projectNamed } from '../ledger/project-named.ts'

export type ListTrouble = { connection: number; list: string; project: string | null; problem: Problem }

/** One project that is hidden is one cause, whichever list noticed it; Procore down or a wrong secret is one for the connection. */
const causeOf = ({ connection, list, project, problem: { code } }: ListTrouble): string => {
  if (code === 'project-not-permitted') return hiddenProjectCause(connection, project)
  return ofTheWay.includes(code) ? `${code} ${connection}` : `${code} ${connection} ${list} ${project ?? ''}`
}
/** Trouble of the way to Procore, the same for every list. */
export const ofTheWay: readonly Problem['code'][] = ['procore-busy', 'procore-down', 'procore-secret', 'procore-not-connected']

const ofOneList: readonly Problem['code'][] = ['procore-forbidden', 'procore-refused', 'procore-answer', 'procore-not-found', 'run-failed']

export const procoreCommands = {
  /** A list could not be read. */
  pollTrouble: (tx: WriterTx, trouble: ListTrouble): void =>
    void openProblem(tx, {
      connection: trouble.connection,
      problem: projectNamed(tx.raw, trouble.connection, trouble.problem),
      cause: causeOf(trouble),
    }),

  /** It was read again. Answers how many problems are over. */
  pollWell: (tx: WriterTx, { connection, list, project }: Omit<ListTrouble, 'problem'>): number => {
    const place = `${connection} ${list} ${project ?? ''}`
    const causes = [hiddenProjectCause(connection, project), ...ofOneList.map((code) => `${code} ${place}`)]
    return causes.reduce(
      (over, cause) => over + closeProblems(tx, { connection, cause }),
      closeProblems(tx, { connection, codes: ofTheWay }),
    )
  },
}
