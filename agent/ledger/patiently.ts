import { setTimeout as moment } from 'node:timers/promises'
import { problems, Trouble } from '../../shared/problem.ts'

const againMs = 5_000

const passes = (error: unknown): boolean => error instanceof Trouble && problems[error.problem.code].next === 'wait'

/** For what must be written down sooner or later: a ledger that cannot be written to now (a full disk, another program) is waited for. */
export async function patiently<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!passes(error) || signal.aborted) throw error
      await moment(againMs, undefined, { signal }).catch(() => undefined) // stopped meanwhile: it is tried once more, and the trouble told
    }
  }
}
