/**
 * Time that passes only while nothing happens: once no call is under way and everyone sleeps, it jumps to the next one to wake. So a month of
 * waiting costs seconds, and limits per hour and per ten seconds still mean what they mean.
 */
import type { Clock } from '../../agent/procore/rate-limit.ts'

type Sleeper = { at: number; wake: () => void }

export type SimClock = Clock & {
  /** Counts as something happening until it ends. */
  busy<T>(work: Promise<T>): Promise<T>
  /** Lets time pass until the condition holds; throws after `most` ms of it. */
  until(what: string, holds: () => boolean, most?: number): Promise<void>
  /** It is that time now; for while nobody waits. */
  set(time: number): void
  /** Called when time reaches `at`, before anyone wakes. */
  at(at: number, act: () => void): void
}

/** Turns of the event loop that must pass quietly: an answer takes a few of them from socket to promise. */
const quietTurns = 8

export function simClock(start: number): SimClock {
  let now = start
  let going = 0
  const sleepers = new Set<Sleeper>()
  const plans: { at: number; act: () => void }[] = []

  /** The next to wake, or to be done; false when nobody waits for anything. */
  function step(): boolean {
    const next = [...sleepers].reduce<Sleeper | null>((first, one) => (first === null || one.at < first.at ? one : first), null)
    if (next === null) return false
    now = Math.max(now, next.at)
    for (const plan of plans.filter(({ at }) => at <= now)) {
      plans.splice(plans.indexOf(plan), 1)
      plan.act()
    }
    for (const one of [...sleepers].filter(({ at }) => at <= now)) one.wake()
    return true
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  async function quiet(): Promise<void> {
    for (let turns = 0; turns < quietTurns; ) {
      await turn()
      turns = going === 0 ? turns + 1 : 0
    }
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const sleeper: Sleeper = { at: now + Math.max(0, ms), wake }
        function wake(): void {
          sleepers.delete(sleeper)
          signal?.removeEventListener('abort', gone)
          resolve()
        }
        function gone(): void {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', gone, { once: true })
        sleepers.add(sleeper)
      }),
    async busy(work) {
      going += 1
      try {
        return await work
      } finally {
        going -= 1
      }
    },
    async until(what, holds, most = 12 * 3_600_000) {
      const end = now + most
      for (;;) {
        await quiet()
        if (holds()) return
        if (now > end) throw new Error(`${what}: not within ${most / 3_600_000} h.`)
        if (!step()) throw new Error(`${what}: nobody waits for anything any more.`)
      }
    },
    set(time) {
      now = Math.max(now, time)
    },
    at: (at, act) => void plans.push({ at, act }),
  }
}
