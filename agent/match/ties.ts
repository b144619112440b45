/** What stands in the way of tying a record and an item: either is tied elsewhere, put away, or another system's. */
import type { DatabaseSync } from 'node:sqlite'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import { ownerOf, type ProcoreItem } from '../items/kind.ts'
import { stateOf } from '../ledger/links.ts'
import { nameOf } from '../ledger/look.ts'
import { itemOf } from '../ledger/rows.ts'
import type { Connection } from '../ledger/sources.ts'

/** `key`: the record an item is tied to, or was until a person unlinked it (then confirming takes it over); `number`: what the item a record is tied to is called; `origin`: another system's mark. */
export type Conflict = { code: ConflictCode; params: Record<string, string> }
export const conflictCodes = ['item-linked', 'item-unlinked', 'record-linked', 'foreign', 'item-archived', 'record-archived'] as const
type ConflictCode = (typeof conflictCodes)[number]

export type Ties = { ofItem(item: ProcoreItem, but: number | null): Conflict[]; ofRecord(record: number, but: string | null): Conflict[] }

/** `but`: the partner asked about, which is no conflict. Make one per answer. */
export function tiesOf(raw: DatabaseSync, { id: connection, key, owner }: Connection): Ties {
  const tiedTo = raw.prepare(
    `select r.id, r.key, l.state from links l join records r on r.id = l.record join sources s on s.id = r.source
     where l.item_type = ? and l.item_id = ? and s.connection = ?`,
  )
  const tiedItem = raw.prepare(
    `select i.* from links l join items i on i.connection = ? and i.type = l.item_type and i.id = l.item_id where l.record = ?`,
  )
  const archivedItem = raw.prepare('select 1 from archived_items where connection = ? and type = ? and id = ?')
  const archivedRecord = raw.prepare('select 1 from archived_records where record = ?')
  return {
    ofItem(item, but) {
      const at = itemTypes.indexOf(item.type)
      const conflicts: Conflict[] = []
      const tied = tiedTo.get(at, item.id, connection)
      if (tied && Number(tied['id']) !== but)
        conflicts.push({ code: isOver(tied['state']) ? 'item-unlinked' : 'item-linked', params: { key: String(tied['key']) } })
      if (owner === 'tieback' && ownerOf(item.originId, key) === 'foreign')
        conflicts.push({ code: 'foreign', params: { origin: item.originId ?? '' } })
      if (archivedItem.get(connection, at, item.id)) conflicts.push({ code: 'item-archived', params: {} })
      return conflicts
    },
    ofRecord(record, but) {
      const conflicts: Conflict[] = []
      const row = tiedItem.get(connection, record)
      const tied = row && itemOf(row)
      if (tied && itemText(tied) !== but)
        conflicts.push({ code: 'record-linked', params: { number: nameOf(tied), type: tied.type, id: tied.id } })
      if (archivedRecord.get(record)) conflicts.push({ code: 'record-archived', params: {} })
      return conflicts
    },
  }
}

const isOver = (state: unknown): boolean => stateOf(state) === 'unlinked' || stateOf(state) === 'archived'

export const itemText = ({ type, id }: { type: ItemType; id: string }): string => `${type}:${id}`
