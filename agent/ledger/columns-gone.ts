import type { DatabaseSync } from 'node:sqlite'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ExportFile } from '../connectors/connector.ts'
import { seriesOf } from './other-files.ts'

/** The header each field of a file is read from. */
export type FedColumns = Readonly<Record<string, string>>

/**
 * Why a file is left to a person: the export had columns that it does not have any more, and what they said would be unknown for every record at
 * once. Held against the one last taken of the same export, whatever day its name is of; not where the settings of the reading changed since, for
 * then a person said how it is read now.
 */
export function columnsGone(
  raw: DatabaseSync,
  source: number,
  { path, name: file }: Pick<ExportFile, 'path' | 'name'>,
  { columns, settingsVersion }: { columns: FedColumns; settingsVersion: string },
): Problem | null {
  const before = lastOf(raw, source, path, settingsVersion)
  const gone = Object.entries(before).flatMap(([field, header]) => (field in columns ? [] : [header]))
  return gone.length === 0 ? null : problem('columns-gone', { file, columns: gone.join(', '), count: gone.length }, { file })
}

function lastOf(raw: DatabaseSync, source: number, path: string, settingsVersion: string): FedColumns {
  const [last] = raw
    .prepare(
      `select h.path, h.columns, h.settings_version as version from fingerprint_heads h where h.source = ? and h.columns is not null
       order by h.path = ? desc, (select max(f.id) from export_files f where f.source = h.source and f.path = h.path) desc`,
    )
    .all(source, path)
    .filter((row) => seriesOf(String(row['path'])) === seriesOf(path))
  return last === undefined || last['version'] !== settingsVersion ? {} : JSON.parse(String(last['columns']))
}
