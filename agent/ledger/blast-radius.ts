/** How much one file may change or remove before a person looks at it; from the connection's settings. */
export type Guard = { share: number; floor: number }

const defaultGuard: Guard = { share: 0.05, floor: 20 }

/** The connection's own guard (`blast-radius.share` from 0 to 1, `blast-radius.floor` in records), else the default. */
export function guardOf(settings: Record<string, unknown>): Guard {
  const number = (name: string, other: number): number => {
    const value = Number(settings[name] ?? Number.NaN)
    return Number.isFinite(value) && value >= 0 ? value : other
  }
  return { share: number('blast-radius.share', defaultGuard.share), floor: number('blast-radius.floor', defaultGuard.floor) }
}

/** True when `count` of `total` known records is more than a file may touch. A first take knows none and is exempt. */
export const isTooMuch = (count: number, total: number, { share, floor }: Guard): boolean =>
  total > 0 && count > Math.max(floor, share * total)
