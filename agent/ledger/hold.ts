import { DatabaseSync } from 'node:sqlite'
import { problem, Trouble } from '../../shared/problem.ts'
import { isBusy } from './trouble.ts'

/** An agent that is being stopped lets go within this time; a service may start the next one at once. */
const handOverMs = 5_000

/**
 * One agent per ledger: two would send everything twice. Held as a lock of the operating system on a file beside it, which ends with the
 * process, however that ends. Answers how to let go; throws `ledger-in-use` when another agent works with it.
 */
export function holdLedger(path: string, waitMs = handOverMs): () => void {
  const lock = new DatabaseSync(`${path}-agent`, { timeout: waitMs })
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (cause) {
    lock.close()
    throw isBusy(cause) ? new Trouble(problem('ledger-in-use', { path }), cause) : cause
  }
  return () => lock.close()
}
