import { codeLifeMs, codeTries } from './codes.ts'

/** Misses per address: five, then that address waits. At most a thousand addresses are remembered, the oldest forgotten. */
export function createTries(now: () => number) {
  const misses = new Map<string, { count: number; until: number }>()
  const of = (address: string | null) => {
    const found = misses.get(address ?? '')
    return found && found.until > now() ? found : { count: 0, until: 0 }
  }
  return {
    mayTry: (address: string | null): boolean => of(address).count < codeTries,
    miss(address: string | null): void {
      const oldest = misses.keys().next().value
      if (misses.size >= 1000 && oldest !== undefined) misses.delete(oldest)
      misses.set(address ?? '', { count: of(address).count + 1, until: now() + codeLifeMs })
    },
  }
}
