/** Stored rows as the shapes the rest speaks. */
import { type Entity, itemTypes } from '../../shared/item.ts'
import type { ErpRecord, Kind, ProcoreItem } from '../items/kind.ts'
import { unpackContent } from './content.ts'

/** The list of kinds, by entity (items/index.ts). */
export type Kinds = Record<Entity, Kind>

export type StoredRow = Record<string, unknown>

const textOr = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

export const recordOf = (row: StoredRow, kind: Kind): ErpRecord => ({
  id: Number(row['id']),
  entity: kind.entity,
  key: String(row['key']),
  ...(typeof row['origin_key'] === 'string' && { originKey: row['origin_key'] }),
  fields: unpackContent(kind.fields, String(row['content'])),
})

export function itemOf(row: StoredRow): ProcoreItem {
  const type = itemTypes[Number(row['type'])]
  if (type === undefined) throw new Error(`Item type ${String(row['type'])} is unknown.`)
  return {
    ...{
      type,
      id: String(row['id']),
      project: textOr(row['project']),
      originId: textOr(row['origin_id']),
      originCode: textOr(row['origin_code']),
    },
    ...{ updatedAt: textOr(row['updated_at']), deletedAt: textOr(row['deleted_at']) },
    content: JSON.parse(String(row['content'])) as ProcoreItem['content'],
  }
}
