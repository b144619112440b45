/** So many calls in any minute for each key; what is over is not made. Pure but for what was spent, which it keeps for a minute. */
const minuteMs = 60_000

export type CallsAMinute = {
  /** Whether one more may be made now. */
  has(key: string, now: number): boolean
  spend(key: string, now: number): void
}

export function callsAMinute(most: number): CallsAMinute {
  const spent = new Map<string, number[]>()
  const lately = (key: string, now: number): number[] => (spent.get(key) ?? []).filter((at) => at > now - minuteMs)
  return {
    has: (key, now) => lately(key, now).length < most,
    spend(key, now) {
      for (const old of spent.keys()) if (lately(old, now).length === 0) spent.delete(old)
      spent.set(key, [...lately(key, now), now])
    },
  }
}
