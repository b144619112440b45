import { type Entity, entities, type ItemType, itemTypes } from '../../shared/item.ts'
import type { Agent, Caller, MaySee, Side } from './agent.ts'
import { requireOpen } from './guard.ts'
import { noSuchLink, refuse } from './refusal.ts'
import { boundTo, createTiedTo, isShut, ofEnvironment } from './tied-to.ts'

/** Whether this person may know of what lies in a place. Where nobody knows the place, only who sees everything does. */
export const seesPlace =
  ({ scope }: Caller): MaySee =>
  (place) =>
    scope === null || place === null || (place !== undefined && scope.has(place))

/**
 * What an id names, if this person may know of it: `<item type>:<item id>`, `<entity>/<key>`, or a link's id. An item that is tied is its link.
 * Throws 404 for what is not there, or not theirs to see, and `connection-closed` for what is open to others alone.
 */
export function createSides({ reader: { raw }, places }: Pick<Agent, 'reader' | 'places'>): (id: string, caller: Caller) => Side {
  const linkAt = raw.prepare(
    'SELECT r.id, l.item_type, l.item_id, s.connection FROM records r JOIN sources s ON s.id = r.source LEFT JOIN links l ON l.record = r.id WHERE r.id = ?',
  )
  const byKey = raw.prepare('SELECT r.id FROM records r JOIN sources s ON s.id = r.source WHERE s.entity = ? AND r.key = ? LIMIT 2')
  const itemAt = raw.prepare(`
    SELECT i.connection, i.project FROM items i JOIN connections c ON c.id = i.connection
    WHERE i.type = :type AND i.id = :id AND i.deleted_at IS NULL AND ${ofEnvironment} ORDER BY ${isShut}, i.connection LIMIT 1`)
  const projectAt = raw.prepare('SELECT project FROM items WHERE connection = ? AND type = ? AND id = ?')
  const tiedTo = createTiedTo(raw)

  const ofItem = (type: ItemType, id: string, caller: Caller): Side => {
    const at = itemTypes.indexOf(type)
    const item = itemAt.get({ type: at, id, ...boundTo(caller) })
    if (!item || !seesPlace(caller)(item['project'] as string | null)) throw noSuchLink()
    requireOpen(caller, Number(item['connection']))
    const record = tiedTo(type, id, caller)
    return record !== null ? ofRecord(record, caller) : { connection: Number(item['connection']), item: { type, id } }
  }

  const ofRecord = (record: number, caller: Caller): Side => {
    const link = linkAt.get(record)
    if (!link) throw noSuchLink()
    const tied = link['item_id'] !== null
    const place = tied
      ? ((projectAt.get(Number(link['connection']), Number(link['item_type']), String(link['item_id']))?.['project'] ?? null) as
          | string
          | null)
      : places()(record)
    if (!seesPlace(caller)(place)) throw noSuchLink()
    requireOpen(caller, Number(link['connection']))
    return { record }
  }

  const ofKey = (entity: string, key: string, caller: Caller): Side => {
    const [row, ...more] = byKey.all(entity, key)
    if (!row) throw noSuchLink()
    if (more.length > 0) throw refuse(409, 'several-connections')
    return ofRecord(Number(row['id']), caller)
  }

  return (id, caller) => {
    const [, entity, key] = /^([a-z-]+)\/(.+)$/s.exec(id) ?? []
    if (entity !== undefined && key !== undefined && isEntity(entity)) return ofKey(entity, key, caller)
    const [, type, item] = /^([a-z-]+):(.+)$/s.exec(id) ?? []
    if (type !== undefined && item !== undefined && isType(type)) return ofItem(type, item, caller)
    return ofRecord(/^\d{1,15}$/.test(id) ? Number(id) : -1, caller)
  }
}

const isEntity = (text: string): text is Entity => (entities as readonly string[]).includes(text)
const isType = (text: string): text is ItemType => (itemTypes as readonly string[]).includes(text)
