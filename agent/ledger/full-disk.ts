/** A full disk is told in the ledger while it lasts, though the ledger lies on it, and is over by itself once there is room. */
import { problem, Trouble } from '../../shared/problem.ts'
import type { Transact } from './command.ts'
import { closeProblems, openProblem } from './problems.ts'
import { reserveBeside } from './reserve.ts'

const lookEveryMs = 5_000
const cause = 'disk-full ledger'

const isFull = (error: unknown): boolean => error instanceof Trouble && error.problem.code === 'disk-full'

/** `transact` as before, but a disk that is full stands among the problems as long as it is; `close` ends the looking. */
export function mindingTheDisk(transact: Transact, ledger: string): { transact: Transact; close: () => void } {
  const reserve = reserveBeside(ledger)
  let isTold: boolean | null = null // null: perhaps, by a process before this one

  async function tell(): Promise<void> {
    reserve.spend()
    if (isTold) return
    isTold = true
    await transact((tx) => openProblem(tx, { connection: null, problem: problem('disk-full'), cause })).catch(() => {
      isTold = false // there was no reserve to tell it in: whoever asked is told, and the next one's trouble tries again
    })
  }

  async function look(): Promise<void> {
    if (!reserve.keep() || isTold === false) return
    const was = isTold
    isTold = false
    await transact((tx) => closeProblems(tx, { cause })).catch(() => {
      isTold = was
    })
  }

  const timer = setInterval(() => void look(), lookEveryMs)
  void look()
  return {
    transact: async (work) => {
      try {
        return await transact(work)
      } catch (error) {
        if (isFull(error)) await tell()
        throw error
      }
    },
    close: () => {
      clearInterval(timer)
      reserve.spend()
    },
  }
}
