/** How a record's fields are kept: values in the kind's field order as a JSON array; empty ones as "", those at the end left off. */
export type Fields = Record<string, string | null>

/** Fields the kind does not name are not kept. */
export function packContent(order: readonly string[], fields: Fields): string {
  const values: string[] = []
  let length = 0
  for (let n = 0; n < order.length; n++) {
    const value = fields[order[n] as string] ?? ''
    values.push(value)
    if (value !== '') length = n + 1
  }
  values.length = length
  return JSON.stringify(values)
}

export function unpackContent(order: readonly string[], content: string): Fields {
  const values = JSON.parse(content) as string[]
  return Object.fromEntries(order.map((field, n) => [field, values[n] || null]))
}

const tens = [10_000, 1000, 100, 10, 1]

/**
 * A decimal text as whole ten-thousandths, or null when it cannot be held exactly (more than four decimals that count, or more
 * than 900 thousand million). Unknown is never zero. Whole numbers below 2^53 are exact, so nothing is rounded here.
 */
export function tenThousandths(text: string): number | null {
  const dot = text.indexOf('.')
  const end = dot < 0 ? text.length : Math.min(text.length, dot + 5)
  if (end < text.length && !/^0*$/.test(text.slice(end))) return null
  const units = dot < 0 ? Number(text) * 10_000 : Number(text.slice(0, dot) + text.slice(dot + 1, end)) * (tens[end - dot - 1] as number)
  return Number.isSafeInteger(units) ? units + 0 : null
}

/** Ten-thousandths of a text that `decimalText` wrote, however large. */
export function unitsOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(4, '0'))
}

/** Ten-thousandths as a decimal text with two decimals at least. */
export function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(5, '0')
  const fraction = digits.slice(-4).replace(/0{1,2}$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${fraction}`
}
