/**
 * By when a call has answered, however many steps it takes: a browser waits 10 s, and would never hear of what is done after that. Made once where
 * the call comes in, and handed down.
 */
import type { Agent, Caller } from './agent.ts'

/** Less than a browser (10 s) or the command line (20 s, like any answer of the server) waits. */
const callMs = { cli: 12_000, browser: 8_000 }

export type Deadline = {
  /** What is left, ms; at most what a step of its own may take. */
  left(atMost?: number): number
}

export function deadlineOf({ now }: Pick<Agent, 'now'>, { origin }: Pick<Caller, 'origin'>): Deadline {
  const until = now() + (origin === 'cli' ? callMs.cli : callMs.browser)
  return { left: (atMost = callMs.cli) => Math.max(0, Math.min(atMost, until - now())) }
}

/** What the work comes to, or `late` once that takes longer; the work goes on. */
export function inTime<T>(work: Promise<T>, ms: number, late: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms)
  })
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer))
}
