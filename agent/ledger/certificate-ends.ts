import { problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { closeProblems, openProblem } from './problems.ts'

/** What ends first of all a browser is shown; `until` (ISO) is fewer than `days` away. */
export type CertificateEnds = { name: string; until: string; days: number }

/** Told anew at each of its steps; over once what is served lasts longer. */
export function certificateEnds(tx: WriterTx, { ends }: { ends: CertificateEnds | null }): void {
  const open = ends
    ? [openProblem(tx, { connection: null, problem: problem('certificate-ends', { ...ends }), cause: `certificate-ends ${ends.days}` })]
    : []
  closeProblems(tx, { codes: ['certificate-ends'], but: open })
}
