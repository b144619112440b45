/** How many seconds this computer's clock is before Procore's own, by the Date header of its login address; null where it tells no time. */
export async function clockOff(loginBase: string, now: () => number): Promise<number | null> {
  const answer = await fetch(loginBase, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) })
  const theirs = Date.parse(answer.headers.get('date') ?? '')
  return Number.isNaN(theirs) ? null : Math.round((now() - theirs) / 1000)
}

/** Tokens and signatures fail when the clock is further off. */
export const clockLimitSeconds = 60
