/**
 * Exact amounts. A decimal text is parsed into a scaled BigInt or refused; nothing here ever rounds silently, and an
 * unreadable amount is `null`, never zero.
 */
export type Money = { readonly units: bigint; readonly scale: number }

const decimal = /^-?\d+(?:\.\d+)?$/

/** Reads a plain decimal text ("-1250.50"; what formats and Procore hand over). Anything else is null. */
export function money(text: string | null | undefined): Money | null {
  if (text == null || !decimal.test(text)) return null
  const [whole = '', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

const raise = (value: Money, scale: number): bigint => value.units * 10n ** BigInt(scale - value.scale)

const both = (a: Money, b: Money, join: (x: bigint, y: bigint) => bigint): Money => {
  const scale = Math.max(a.scale, b.scale)
  return { units: join(raise(a, scale), raise(b, scale)), scale }
}

export const plus = (a: Money, b: Money): Money => both(a, b, (x, y) => x + y)
export const minus = (a: Money, b: Money): Money => both(a, b, (x, y) => x - y)
export const zero: Money = { units: 0n, scale: 2 }

/** Same value, whatever the number of decimals ("250.0" equals "250.00"). */
export const sameMoney = (a: Money, b: Money): boolean => minus(a, b).units === 0n

/** A decimal text with at least `places` decimals; never drops a digit that is not zero. */
export function moneyText(value: Money, places = 2): string {
  const scale = Math.max(value.scale, places)
  const units = raise(value, scale)
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const cut = digits.length - scale
  const fraction = digits.slice(cut).replace(new RegExp(`0{0,${scale - places}}$`), '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction ? `.${fraction}` : ''}`
}
