/**
 * Columns an export had and does not have any more: what they said would be unknown for every record at once. Held against the one last taken of
 * the same export, whatever day its name is of; not where the settings of the reading changed since, for then a person said how it is read now.
 */
import type { DatabaseSync } from 'node:sqlite'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { ExportFile } from '../../connectors/connector.ts'
import { headerName, headerNames } from '../../formats/header-names.ts'
import { seriesOf } from '../other-files.ts'
import type { Drifted } from './tally.ts'

/** The header each field of a file is read from. */
export type FedColumns = Readonly<Record<string, string>>

/** How an export was read when it was last taken; `header` is null where an older Tieback took it. */
export type LastRead = { columns: FedColumns; header: readonly string[] | null; settingsVersion: string }

/** The same export as it was last taken, or null. */
export function lastRead(raw: DatabaseSync, source: number, path: string): LastRead | null {
  const [last] = raw
    .prepare(
      `select h.path, h.columns, h.header, h.settings_version as version from fingerprint_heads h where h.source = ? and h.columns is not null
       order by h.path = ? desc, (select max(f.id) from export_files f where f.source = h.source and f.path = h.path) desc`,
    )
    .all(source, path)
    .filter((row) => seriesOf(String(row['path'])) === seriesOf(path))
  if (last === undefined) return null
  const header = last['header'] === null ? null : (JSON.parse(String(last['header'])) as string[])
  return { columns: JSON.parse(String(last['columns'])), header, settingsVersion: String(last['version']) }
}

/** Of a file no format recognises, where the same export was read before: what it had then. */
export function headerChanged(raw: DatabaseSync, connection: number, { path, name: file }: ExportFile, unknown: Problem): Problem {
  const source = raw
    .prepare('select h.source, h.path from fingerprint_heads h join sources s on s.id = h.source where s.connection = ?')
    .all(connection)
    .find((row) => seriesOf(String(row['path'])) === seriesOf(path))?.['source']
  const last = source === undefined ? null : lastRead(raw, Number(source), path)
  if (last === null || unknown.code !== 'file-unknown') return unknown
  return { ...unknown, code: 'header-changed', params: { ...unknown.params, file, before: Object.values(last.columns).join(', ') } }
}

/** What became of an export's columns since it was last taken. */
export type ColumnChanges = {
  /** Fields without a column now, with the header they had. */
  gone: FedColumns
  /** Headers it did not have. */
  added: readonly string[]
  /** How many stand elsewhere, seen from the others it had. */
  moved: number
}

export function columnChanges(last: LastRead | null, now: { columns: FedColumns; header: readonly string[] }): ColumnChanges {
  const gone = Object.fromEntries(Object.entries(last?.columns ?? {}).filter(([field]) => !(field in now.columns)))
  if (!last?.header) return { gone, added: [], moved: 0 }
  const [had, has] = [headerNames(last.header), headerNames(now.header)]
  const added = now.header.map((name) => name.trim()).filter((name) => name !== '' && !had.has(headerName(name)))
  const before = [...had].filter((name) => has.has(name))
  const after = [...has].filter((name) => had.has(name))
  return { gone, added, moved: before.filter((name, at) => name !== after[at]).length }
}

/** Of known records they stay as they were; new ones wait, for nobody knows what they would say. */
export const goneColumns = (gone: FedColumns): Drifted[] =>
  Object.keys(gone).map((field) => ({
    field,
    drift: 'gone' as const,
    example: { line: 0, key: '', was: '', now: '', from: '' },
    doubts: () => true,
  }))

/** What a person is told: with new columns beside them, they may well be the same ones under other names. */
export function toldGone({ name: file }: Pick<ExportFile, 'name'>, { gone, added }: ColumnChanges, waiting: number): Problem | null {
  const columns = Object.values(gone).join(', ')
  if (columns === '') return null
  const said = { file, columns, waiting }
  return added.length === 0
    ? problem('columns-gone', said, { file })
    : problem('columns-renamed', { ...said, added: added.join(', ') }, { file })
}
