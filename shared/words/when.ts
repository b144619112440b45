/** Times and numbers as the reader writes them, through Intl; formatters are kept, for making one costs more than using it. */
const made = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + Object.keys(parts).join()
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, parts)
  made.set(key, known)
  return known
}

const clock = { hour: 'numeric', minute: '2-digit' } as const
const DAY = 86_400_000

const dayOf = (at: Date): number => Math.floor((at.getTime() - at.getTimezoneOffset() * 60_000) / DAY)

/** A moment, as short as it stays clear: `14:02` today, `Tue 14:02` within six days, else with its date. Null for what is no time. */
export function moment(iso: string | null | undefined, locale: string, now: Date): string | null {
  const at = iso ? new Date(iso) : null
  if (!at || Number.isNaN(at.getTime())) return null
  const days = Math.abs(dayOf(now) - dayOf(at))
  if (days === 0) return formatter(locale, clock).format(at)
  if (days <= 6) return formatter(locale, { weekday: 'short', ...clock }).format(at)
  return formatter(locale, { day: 'numeric', month: 'short', year: 'numeric', ...clock }).format(at)
}

/** The same with its date always: on paper a time of today says nothing tomorrow. */
export const dated = (iso: string, locale: string): string =>
  formatter(locale, { day: 'numeric', month: 'long', year: 'numeric', ...clock }).format(new Date(iso))

/** A calendar date (`yyyy-mm-dd`), never shifted by a time zone. */
export function calendarDate(text: string, locale: string): string {
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? text : formatter(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
}

/** A decimal text grouped as the reader writes numbers, digit for digit: Intl formats decimal strings exactly (ES2023). */
export function amount(text: string, locale: string): string {
  const places = Math.max(2, text.split('.')[1]?.length ?? 0)
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
  return format.format(text as Intl.StringNumericLiteral)
}

const lists = new Map<string, Intl.ListFormat>()

/** Words in a row, joined as the reader's language joins them. */
export function listed(words: readonly string[], locale: string): string {
  const format = lists.get(locale) ?? new Intl.ListFormat(locale, { type: 'conjunction' })
  lists.set(locale, format)
  return format.format(words)
}
