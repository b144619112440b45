const day = 86_400_000

/** A civil date, ISO, so many days after the firm's first day of books. */
export function dayAfter(days: number, start = '2026-01-05'): string {
  return new Date(Date.parse(`${start}T00:00:00Z`) + days * day).toISOString().slice(0, 10)
}

/** The way most Sage sites print it: mm/dd/yyyy (facts erp-files B1). */
export function usDate(iso: string): string {
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)}`
}
