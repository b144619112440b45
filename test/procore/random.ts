/** Repeatable chance: the same seed gives the same numbers on every machine (mulberry32). */
export interface Random {
  /** A fraction in [0, 1). */
  next(): number
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
  shuffled<T>(list: readonly T[]): T[]
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    pick: (list) => list[whole(0, list.length - 1)]!,
    chance: (share) => next() < share,
    shuffled: (list) => shuffle([...list], whole),
  }
}

function shuffle<T>(list: T[], whole: Random['whole']): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = whole(0, i)
    const held = list[i]!
    list[i] = list[j]!
    list[j] = held
  }
  return list
}
