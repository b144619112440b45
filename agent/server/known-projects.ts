import { itemTypes } from '../../shared/item.ts'
import type { Reader } from './agent.ts'

type Project = { id: string; number: string | null; name: string | null }

/** Projects a job of some connection is linked to, by number; one that two connections share is told once. */
export function knownProjects({ raw }: Reader): Project[] {
  const rows = raw
    .prepare(
      `SELECT i.id, max(i.content ->> 'project_number') AS number, max(i.content ->> 'name') AS name
       FROM links l JOIN items i ON i.type = l.item_type AND i.id = l.item_id
       WHERE l.item_type = ? GROUP BY i.id ORDER BY number, name, i.id`,
    )
    .all(itemTypes.indexOf('project'))
  const text = (value: unknown): string | null => (value == null ? null : String(value))
  return rows.map(({ id, number, name }) => ({ id: String(id), number: text(number), name: text(name) }))
}
