/** How a record's fields are kept: values in the kind's field order as a JSON array, nulls at the end left off. */
export type Fields = Record<string, string | null>

/** Fields the kind does not name are not kept. */
export function packContent(order: readonly string[], fields: Fields): string {
  let last = -1
  const values: (string | null)[] = []
  for (let n = 0; n < order.length; n++) {
    const value = fields[order[n] as string] ?? null
    values.push(value)
    if (value !== null) last = n
  }
  values.length = last + 1
  return JSON.stringify(values)
}

export function unpackContent(order: readonly string[], content: string): Fields {
  const values = JSON.parse(content) as (string | null)[]
  return Object.fromEntries(order.map((field, n) => [field, values[n] ?? null]))
}

/**
 * A decimal text as whole ten-thousandths, or null when it cannot be held exactly (more than four decimals that count, or more
 * than 900 thousand million). Unknown is never zero.
 */
export function tenThousandths(text: string): number | null {
  const dot = text.indexOf('.')
  const whole = dot < 0 ? text : text.slice(0, dot)
  const fraction = dot < 0 ? '' : text.slice(dot + 1)
  const rest = fraction.length > 4 ? fraction.slice(4) : ''
  if (rest !== '' && !/^0*$/.test(rest)) return null
  const units = Number(whole + fraction.slice(0, 4).padEnd(4, '0'))
  return Number.isSafeInteger(units) ? units + 0 : null
}

/** Ten-thousandths as a decimal text with two decimals at least. */
export function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(5, '0')
  const fraction = digits.slice(-4).replace(/0{1,2}$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${fraction}`
}
