import { problems, Trouble } from '../../shared/problem.ts'

const againMs = 5_000

const passes = (error: unknown): boolean => error instanceof Trouble && problems[error.problem.code].next === 'wait'

export type Patient = { clock: { sleep(ms: number, signal: AbortSignal): Promise<void> }; signal: AbortSignal }

/** For what must be written down sooner or later: a ledger that cannot be written to now (a full disk, another program) is waited for. */
export async function patiently<T>(write: () => Promise<T>, { clock, signal }: Patient): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!passes(error) || signal.aborted) throw error
      await clock.sleep(againMs, signal).catch(() => undefined) // stopped meanwhile: it is tried once more, and the trouble told
    }
  }
}
