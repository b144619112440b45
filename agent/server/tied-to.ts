import type { DatabaseSync } from 'node:sqlite'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import type { Caller } from './agent.ts'

/**
 * Whether connection `c` is there and reaches the Procore of `:environment`, as SQL; the same as isOfEnvironment (shared/pages/hosts.ts). What a
 * deleted one tied stands in its history alone.
 */
export const ofEnvironment =
  "c.deleted_at IS NULL AND (:environment IS NULL OR coalesce(c.settings ->> '$.procore.environment', 'custom') IN ('custom', :environment))"

/** Whether connection `c` is closed to whoever asks, as SQL: `:shut` are such, JSON. */
export const isShut = 'c.id IN (SELECT value FROM json_each(:shut))'

type Asker = Pick<Caller, 'environment' | 'shut'>

/** What both of these are filled with. */
export const boundTo = ({ environment = undefined, shut }: Asker): { environment: string | null; shut: string } => ({
  environment: environment ?? null,
  shut: JSON.stringify([...shut.keys()]),
})

/**
 * The record an item is tied to, the one tied first where several are; null where none is. Sandboxes hold the ids of production: with an environment
 * only of connections that reach it. One of a connection that is closed to them only where no other is: whoever asks refuses it, by name.
 */
export function createTiedTo(raw: DatabaseSync): (type: ItemType, id: string, asker: Asker) => number | null {
  const tied = raw.prepare(`
    SELECT l.record FROM links l JOIN records r ON r.id = l.record JOIN sources s ON s.id = r.source JOIN connections c ON c.id = s.connection
    WHERE l.item_type = :type AND l.item_id = :id AND ${ofEnvironment} ORDER BY ${isShut}, l.record LIMIT 1`)
  return (type, id, asker) => {
    const record = tied.get({ type: itemTypes.indexOf(type), id, ...boundTo(asker) })?.['record']
    return typeof record === 'number' ? record : null
  }
}
