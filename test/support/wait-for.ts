import { setTimeout as moment } from 'node:timers/promises'

export type Patience = {
  /** Longest wait, ms. */
  withinMs?: number
  /** What the failure shows: how things stood when patience ended. */
  shows?: () => unknown
}

const lookEveryMs = 15
const usualMs = 20_000

/** Waits until `holds` answers something true, and answers it. Fails with the state it saw last. */
export async function waitFor<T>(
  what: string,
  holds: () => T | Promise<T>,
  { withinMs = usualMs, shows }: Patience = {},
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + withinMs
  for (;;) {
    const answer = await holds()
    if (answer !== false && answer !== null && answer !== undefined) return answer as Exclude<T, false | null | undefined>
    if (Date.now() > end)
      throw new Error(`Not within ${withinMs} ms: ${what}.${shows ? `\n${JSON.stringify(await shows(), null, 1)}` : ''}`)
    await moment(lookEveryMs)
  }
}
