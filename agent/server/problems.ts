import type { ProblemGroup } from '../../shared/api.ts'
import { itemTypes } from '../../shared/item.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handlers } from './call.ts'
import { maySee } from './guard.ts'
import { done } from './links.ts'
import { iso, storedProblem } from './says.ts'

const groupsAtMost = 200
const itemsAtMost = 50

/** Open problems, one group per cause: 214 failures shown as one missing cost code. */
export function problemHandlers({ reader: { raw }, retry }: Agent): Pick<Handlers, 'problems' | 'retryProblems'> {
  const groups = raw.prepare(`
    SELECT p.cause, sum(p.count) AS count, min(p.opened_at) AS since, min(p.id) AS first, p.connection FROM problems p
    WHERE p.closed_at IS NULL AND (? IS NULL OR p.connection = ?) GROUP BY p.cause ORDER BY count DESC, first LIMIT ${groupsAtMost}`)
  const total = raw.prepare(
    'SELECT coalesce(sum(count), 0) AS total FROM problems WHERE closed_at IS NULL AND (? IS NULL OR connection = ?)',
  )
  const first = raw.prepare(`
    SELECT p.code, p.params, p.line, p.column_name, f.name AS file_name FROM problems p LEFT JOIN export_files f ON f.id = p.file WHERE p.id = ?`)
  const items = raw.prepare(`
    SELECT coalesce(p.item_type, l.item_type) AS type, coalesce(p.item_id, l.item_id) AS id, r.key, i.project
    FROM problems p LEFT JOIN records r ON r.id = p.record LEFT JOIN links l ON l.record = p.record
    LEFT JOIN items i ON i.connection = p.connection AND i.type = coalesce(p.item_type, l.item_type) AND i.id = coalesce(p.item_id, l.item_id)
    WHERE p.cause = ? AND p.closed_at IS NULL ORDER BY p.id LIMIT ${itemsAtMost}`)

  const toGroup = (row: Record<string, unknown>, caller: Caller): ProblemGroup => ({
    cause: String(row['cause']),
    count: Number(row['count']),
    problem: storedProblem(first.get(row['first'] as number) as never),
    connection: row['connection'] === null ? null : String(row['connection']),
    since: iso(Number(row['since'])),
    items: items
      .all(row['cause'] as string)
      .filter((item) => item['id'] !== null && maySee(caller, item['project'] as string | null))
      .map((item) => ({ type: itemTypes[Number(item['type'])] ?? '', id: String(item['id']), key: item['key'] as string | null })),
  })
  return {
    problems({ query, caller }) {
      const connection = query.connection === undefined ? null : Number(query.connection)
      const found = groups.all(connection, connection).map((row) => toGroup(row, caller))
      const visible = caller.scope === null ? found : found.filter(({ items: of }) => of.length > 0)
      return {
        groups: visible,
        total:
          caller.scope === null ? Number(total.get(connection, connection)?.['total']) : visible.reduce((sum, { count }) => sum + count, 0),
      }
    },
    async retryProblems({ body, caller }) {
      return { retried: done(await retry(body.cause, caller)) }
    },
  }
}
