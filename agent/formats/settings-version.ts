/** Names the way rows are read: when it changes, every line counts as new (a changed date format re-takes the file). */
import { createHash } from 'node:crypto'
import type { ReadSettings } from './format.ts'

/** A short text, equal exactly when two settings read values alike. Encoding and delimiter show in the bytes themselves. */
export function settingsVersion({ decimal, thousands, minus, date, mapping }: ReadSettings): string {
  const columns = Object.entries(mapping?.columns ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const said = JSON.stringify([decimal, [...thousands].sort(), [...minus].sort(), date, mapping?.entity ?? null, columns])
  return createHash('sha256').update(said).digest('hex').slice(0, 16)
}
