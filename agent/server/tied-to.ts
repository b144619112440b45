import type { DatabaseSync } from 'node:sqlite'
import { type ItemType, itemTypes } from '../../shared/item.ts'

/**
 * Whether connection `c` is there and reaches the Procore of `:environment`, as SQL; the same as isOfEnvironment (shared/pages/hosts.ts). What a
 * deleted one tied stands in its history alone.
 */
export const ofEnvironment =
  "c.deleted_at IS NULL AND (:environment IS NULL OR coalesce(c.settings ->> '$.procore.environment', 'custom') IN ('custom', :environment))"

/**
 * The record an item is tied to, the one tied first where several are; null where none is. Sandboxes hold the ids of production: with an environment
 * only of connections that reach it.
 */
export function createTiedTo(raw: DatabaseSync): (type: ItemType, id: string, environment: string | undefined) => number | null {
  const tied = raw.prepare(`
    SELECT min(l.record) AS record FROM links l JOIN records r ON r.id = l.record JOIN sources s ON s.id = r.source JOIN connections c ON c.id = s.connection
    WHERE l.item_type = :type AND l.item_id = :id AND ${ofEnvironment}`)
  return (type, id, environment) => {
    const record = tied.get({ type: itemTypes.indexOf(type), id, environment: environment ?? null })?.['record']
    return typeof record === 'number' ? record : null
  }
}
