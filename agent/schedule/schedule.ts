import type { ScheduleEntryShape } from '../../shared/api/runs.ts'
import { type ScheduleEntry, sayWhen } from '../../shared/schedule.ts'
import { missedRuns, nextRun } from './next.ts'

/** The last run of an entry as the ledger knows it. */
export type LastRun = { run: string; at: number; state: string }

export type ScheduleParts = {
  now: () => number
  entries: () => readonly ScheduleEntry[]
  lastRun: (entry: ScheduleEntry) => LastRun | null
  /** Until when it is not to run, whatever is due (ms); null while it may. */
  heldUntil?: (entry: ScheduleEntry) => number | null
  /** Does what the entry says; `began` tells the run's id as soon as there is one. Resolves when it ended. */
  run: (entry: ScheduleEntry, startedBy: number | null, began: (run: string) => void) => Promise<void>
  /** A run that failed is already a problem in the ledger; this is for what should never happen. */
  onFault: (error: unknown, entry: ScheduleEntry) => void
  timeZone?: string
  signal: AbortSignal
}

export type Schedule = ReturnType<typeof createSchedule>

/** Starts what is due, never one entry twice at once. A run missed while the agent was off is made up for once. */
export function createSchedule(parts: ScheduleParts) {
  const { now, timeZone, signal } = parts
  const going = new Map<string, { run: Promise<string>; done: Promise<void> }>()
  const triedAt = new Map<string, number>()

  const lastAt = (entry: ScheduleEntry): number | null => {
    const times = [parts.lastRun(entry)?.at, triedAt.get(entry.id)].filter((at) => at !== undefined)
    return times.length === 0 ? null : Math.max(...times)
  }

  /** Starts an entry, or joins the run that is going; answers its id once it has one. */
  const start = (entry: ScheduleEntry, startedBy: number | null): Promise<string> => {
    const already = going.get(entry.id)
    if (already) return already.run
    triedAt.set(entry.id, now())
    const began = Promise.withResolvers<string>()
    const done = parts
      .run(entry, startedBy, began.resolve)
      .then(() => began.reject(new Error(`“${entry.id}” ended without a run.`)))
      .catch((error: unknown) => {
        began.reject(error)
        parts.onFault(error, entry)
      })
      .finally(() => going.delete(entry.id))
    began.promise.catch(() => undefined) // whoever waits for the id is told; nobody has to wait
    going.set(entry.id, { run: began.promise, done })
    return began.promise
  }

  const isDue = (entry: ScheduleEntry): boolean => {
    const last = lastAt(entry)
    if (entry.when.kind === 'cron' && last === null) return false
    return entry.when.kind !== 'on-export' && (last === null || missedRuns(entry.when, last, now(), timeZone) > 0)
  }

  const heldUntil = (entry: ScheduleEntry): number | null => parts.heldUntil?.(entry) ?? null

  const next = (entry: ScheduleEntry): number | null => {
    const at = going.has(entry.id) ? null : nextRun(entry.when, lastAt(entry), now(), timeZone)
    return at === null ? null : Math.max(at, heldUntil(entry) ?? at)
  }

  return {
    start,
    next,
    heldUntil,
    /** Starts everything that is due; called by a timer, and once at the start. */
    tick(): void {
      if (signal.aborted) return
      for (const entry of parts.entries()) if (!going.has(entry.id) && isDue(entry) && heldUntil(entry) === null) void start(entry, null)
    },
    /** First run planned for a connection, ms. */
    nextOf(connection: number): number | null {
      const times = parts
        .entries()
        .filter((entry) => entry.connection === connection)
        .map(next)
      const known = times.filter((at) => at !== null)
      return known.length === 0 ? null : Math.min(...known)
    },
    list: (): ScheduleEntryShape[] => parts.entries().map((entry) => shape(entry, parts.lastRun(entry), next(entry), going.has(entry.id))),
    find: (id: string): ScheduleEntry | undefined => parts.entries().find((entry) => entry.id === id),
    /** Resolves when nothing runs any more. */
    idle: async (): Promise<void> => {
      await Promise.all([...going.values()].map(({ done }) => done))
    },
  }
}

const iso = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString())

const shape = (entry: ScheduleEntry, last: LastRun | null, next: number | null, running: boolean): ScheduleEntryShape => ({
  id: entry.id,
  connection: String(entry.connection),
  entity: null,
  name: entry.task,
  when: sayWhen(entry.when),
  last: iso(last?.at),
  lastState: last?.state ?? null,
  next: iso(next),
  running,
})
