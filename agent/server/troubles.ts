import { entityOfItem, type ItemRef, itemTypes } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'
import { missedCause } from '../ledger/exports-missed.ts'
import { ofFigures } from '../ledger/problems.ts'
import type { Agent, Caller } from './agent.ts'

type Row = { code: string; params: string; line: number | null; column_name: string | null; file_name: string | null; cause: string }
type Around = Row & { path: string | null }
/** `shut`: connections closed to whoever asks; another connection may know the same item. */
type About = { ref: ItemRef; record: number | null; connection: number | null; shut: Caller['shut'] }

/** The way to Procore is one for a whole connection. */
const ofTheWay: readonly Problem['code'][] = ['procore-down', 'procore-busy', 'procore-secret', 'procore-not-connected', 'run-failed']

/**
 * Every open problem that explains what a badge shows: of the record or item itself, then of the file its export comes by, of its
 * project, of the watched folder, and of the way to Procore.
 */
export function createTroubles({ reader: { raw } }: Pick<Agent, 'reader'>): (about: About) => Row[] {
  const columns = 'p.code, p.params, p.line, p.column_name, p.cause, f.name AS file_name, f.path'
  const own = raw.prepare(`
    SELECT ${columns} FROM problems p LEFT JOIN export_files f ON f.id = p.file
    WHERE (p.record = ? OR (p.item_type = ? AND p.item_id = ?)) AND p.closed_at IS NULL
      AND coalesce(p.connection, 0) NOT IN (SELECT value FROM json_each(?)) ORDER BY p.id LIMIT 50`)
  const around = raw.prepare(`
    SELECT ${columns} FROM problems p LEFT JOIN export_files f ON f.id = p.file
    WHERE p.connection = ? AND p.record IS NULL AND p.item_id IS NULL AND (p.line IS NULL OR f.state IN ('refused', 'waiting'))
      AND p.closed_at IS NULL ORDER BY p.id LIMIT 500`)
  const pathOf = raw.prepare(
    'SELECT f.path FROM records r JOIN sources s ON s.id = r.source JOIN export_files f ON f.id = s.file WHERE r.id = ?',
  )
  const projectOf = raw.prepare('SELECT project FROM items WHERE connection = ? AND type = ? AND id = ?')

  return ({ ref, record, connection, shut }) => {
    const type = itemTypes.indexOf(ref.type)
    const mine = own.all(record, type, ref.id, JSON.stringify([...shut.keys()])) as unknown as Row[]
    if (connection === null) return mine
    const path = record === null ? undefined : pathOf.get(record)?.['path']
    const project = projectOf.get(connection, type, ref.id)?.['project'] ?? ref.project
    const missed = missedCause(connection, entityOfItem[ref.type] ?? '')
    const causes = new Set([...ofTheWay.map((code) => `${code} ${connection}`), `project-not-permitted ${connection} ${project}`, missed])
    const concerns = (one: Around): boolean =>
      one.path === null ? causes.has(one.cause) || one.cause.endsWith(`${connection} connector`) : one.path === path
    return [...mine, ...(around.all(connection) as unknown as Around[]).filter(concerns)]
  }
}

/** Why what was last asked of a link was not done: the open problem it points to, else the newest that is not of its figures alone. */
export function createReason({ reader: { raw } }: Pick<Agent, 'reader'>): (record: number) => Row | null {
  const codes = ofFigures.map((code) => `'${code}'`).join(', ')
  const reason = raw.prepare(`
    SELECT p.code, p.params, p.line, p.column_name, p.cause, f.name AS file_name FROM problems p LEFT JOIN export_files f ON f.id = p.file
    WHERE (p.record = ?1 OR p.id = (SELECT problem FROM links WHERE record = ?1)) AND p.closed_at IS NULL AND p.code NOT IN (${codes})
    ORDER BY p.id IS NOT (SELECT problem FROM links WHERE record = ?1), p.id DESC LIMIT 1`)
  return (record) => (reason.get(record) as unknown as Row | undefined) ?? null
}
