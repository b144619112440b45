/**
 * JSON whose numbers keep every digit. Money may come as a string or as a number (procore-api.md 6.2: sources differ), and
 * ids exceed 32 bits; a number that is not a safe whole one is handed on as the text that stood in the answer.
 */
type Source = { source?: string }

const parse = JSON.parse as (text: string, revive: (key: string, value: unknown, context: Source) => unknown) => unknown

/** Parses an answer; throws SyntaxError on anything that is not JSON. */
export const parseExact = (text: string): unknown =>
  parse(text, (_key, value, context) => (typeof value === 'number' ? exact(value, context) : value))

const exact = (value: number, { source }: Source): number | string =>
  Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '') ? value : plain(source ?? String(value))

/** A number's text without exponent ("1.5e3" → "1500"). */
export function plain(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text)
  if (!parts) return text
  const [, sign = '', whole = '', fraction = '', exponent] = parts
  const shift = Number(exponent ?? 0)
  if (shift === 0 || Math.abs(shift) > 40) return text
  const digits = (whole + fraction).padEnd(whole.length + shift, '0')
  const cut = whole.length + shift
  const padded = cut > 0 ? digits : digits.padStart(digits.length - cut + 1, '0')
  const at = Math.max(cut, 1)
  return sign + padded.slice(0, at) + (padded.length > at ? `.${padded.slice(at)}` : '')
}

const decimal = /^-?\d{1,20}(?:\.\d{1,10})?$/

/** A decimal text as a JSON number with exactly these digits, or null where it is none. Never passes through a float. */
export const rawNumber = (text: string): unknown => (decimal.test(text) ? rawJson(text.replace(/^(-?)0+(?=\d)/, '$1')) : null)

const rawJson = (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON
