/**
 * Exact amounts for the stand-in. Six places are kept (unit costs carry four); what is no number is refused, never 0.
 * Procore writes v1 money as decimal strings in "250.0" style, not fixed to two places (facts 9.2, reference May 2026).
 */
const places = 6

/** A decimal text or a JSON number as millionths; undefined when it is no plain decimal. */
export function toMillionths(value: unknown): bigint | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string') return undefined
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text.trim())
  if (!match) return undefined
  const digits = BigInt(match[2]! + (match[3] ?? '').padEnd(places, '0'))
  return match[1] ? -digits : digits
}

/** Millionths in Procore's style: at least one place, no trailing zeros beyond it. */
export function toMoney(millionths: bigint): string {
  const sign = millionths < 0n ? '-' : ''
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -places)}.${fraction || '0'}`
}

/** Adds decimal texts; a text that cannot be read makes the whole sum unknown (undefined). */
export function sum(values: readonly unknown[]): string | undefined {
  let total = 0n
  for (const value of values) {
    const part = toMillionths(value)
    if (part === undefined) return undefined
    total += part
  }
  return toMoney(total)
}

/** Whole cents as a two-place decimal text, the way an ERP export writes it. */
export function centsText(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Whole cents in Procore's style. */
export function centsMoney(cents: number): string {
  return toMoney(BigInt(cents) * 10_000n)
}
