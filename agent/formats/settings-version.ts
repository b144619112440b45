/** Names the way rows are read: when it changes, every line counts as new (a changed date format re-takes the file). */
import { createHash } from 'node:crypto'
import type { Mapping, ReadSettings } from './format.ts'

/** A short text, equal exactly when two settings read values alike. Encoding and delimiter show in the bytes themselves. */
export function settingsVersion({ decimal, thousands, minus, date, codes, mappings }: ReadSettings): string {
  const said = JSON.stringify([decimal, [...thousands].sort(), [...minus].sort(), date, codes, mappings.map(inOrder).sort()])
  return createHash('sha256').update(said).digest('hex').slice(0, 16)
}

/** The order in which an admin names things means nothing. */
const inOrder = ({ entity, columns }: Mapping): string =>
  JSON.stringify([entity, Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1))])
