import type { FindHit, Fits } from '../../shared/find.ts'
import { type Entity, type ItemType, itemTypes } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { kinds } from '../items/index.ts'
import { unpackContent } from '../ledger/content.ts'
import type { Agent, Caller } from './agent.ts'
import type { Found } from './find-rows.ts'
import { maySee } from './guard.ts'
import { namedOf } from './named.ts'
import { createParentOf } from './parent.ts'

type Row = Record<string, unknown>
type Item = { type: ItemType; id: string }

const stateAt = (position: unknown) => linkStates[Number(position)] ?? 'not-linked'
const textOr = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

/** What is said of a hit; null for what is not the caller's to see, was deleted in Procore, or has left the ERP without a partner. */
export function createHits({ reader }: Pick<Agent, 'reader'>): (found: Found, fits: Fits, caller: Caller) => FindHit | null {
  const { raw } = reader
  const itemAt = raw.prepare('SELECT project, content FROM items WHERE connection = ? AND type = ? AND id = ? AND deleted_at IS NULL')
  const badgeOf = raw.prepare(`
    SELECT b.state, b.key, s.entity FROM badges b JOIN sources s ON s.id = b.source
    WHERE b.item_type = ? AND b.item_id = ? AND s.connection = ? ORDER BY b.record LIMIT 1`)
  const archivedAt = raw.prepare('SELECT 1 FROM archived_items WHERE connection = ? AND type = ? AND id = ?')
  const recordAt = raw.prepare(`
    SELECT r.key, r.content, r.line, r.vanished_at, s.entity, l.state, l.item_type, l.item_id, f.name AS file
    FROM records r JOIN sources s ON s.id = r.source JOIN links l ON l.record = r.id
    JOIN takes t ON t.id = coalesce(r.changed, r.take) JOIN export_files f ON f.id = t.file WHERE r.id = ?`)
  const projectOfJob = raw.prepare(`
    SELECT l.item_id AS project FROM sources s JOIN records r ON r.source = s.id JOIN links l ON l.record = r.id
    WHERE s.connection = ? AND s.entity = 'jobs' AND r.key = ? AND l.item_type = ${itemTypes.indexOf('project')}`)

  const parentOf = createParentOf({ reader })

  const ofItem = (connection: number, { type, id }: Item, fits: Fits, caller: Caller): FindHit | null => {
    const at = itemTypes.indexOf(type)
    const item = itemAt.get(connection, at, id)
    if (!item || !maySee(caller, item['project'] as string | null)) return null
    const badge = badgeOf.get(at, id, connection)
    const content = JSON.parse(String(item['content'])) as Row
    const parent = parentOf(connection, type, content)
    return {
      ...{ fits, type, id, project: textOr(item['project']), ...(parent ? { parent } : {}), ...namedOf(content) },
      ...{ erpKey: textOr(badge?.['key']), entity: textOr(badge?.['entity']) },
      state: badge ? stateAt(badge['state']) : archivedAt.get(connection, at, id) ? 'archived' : 'not-linked',
      ...{ connection: String(connection), row: null },
    }
  }

  /** A job without a project is nobody's in particular: only who may see everything sees what belongs to it. */
  const mayKnow = (connection: number, job: string | null, { scope }: Caller): boolean => {
    if (scope === null || job === null) return true
    const project = projectOfJob.get(connection, job)?.['project']
    return typeof project === 'string' && scope.has(project)
  }

  const ofRecord = (connection: number, record: number, fits: Fits, caller: Caller): FindHit | null => {
    const row = recordAt.get(record)
    if (!row) return null
    const type = row['item_type'] === null ? undefined : itemTypes[Number(row['item_type'])]
    if (type) return ofItem(connection, { type, id: String(row['item_id']) }, fits, caller)
    const entity = String(row['entity'])
    const kind = kinds[entity as Entity]
    const fields = unpackContent(kind.fields, String(row['content']))
    if (row['vanished_at'] !== null || !mayKnow(connection, kind.jobOf(fields), caller)) return null
    return {
      ...{ fits, type: null, id: null, project: null, number: null, name: fields['name'] ?? fields['description'] ?? null },
      ...{ erpKey: String(row['key']), entity, state: stateAt(row['state']), connection: String(connection) },
      row: { file: String(row['file']), line: Number(row['line']) },
    }
  }

  return (found, fits, caller) =>
    'item' in found ? ofItem(found.connection, found.item, fits, caller) : ofRecord(found.connection, found.record, fits, caller)
}
