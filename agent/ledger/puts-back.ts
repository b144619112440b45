import { type Problem, problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import type { IdSet } from './id-set.ts'
import { takenAsOf } from './other-files.ts'
import type { OpenTake } from './take.ts'

/**
 * Why a file of an export never met before is left to a person: it is older than what another export said of the same records, and would put
 * that back. A division's first file holds records of its own and may be of any time; an old copy under another name does not pass as one.
 */
export function putsBack({ raw }: WriterTx, { id, source, export: { name, path, asOf } }: OpenTake, present: IdSet): Problem | null {
  if (takenAsOf(raw, source.id, path) !== null) return null
  const at = Date.parse(asOf)
  const changed = raw
    .prepare(
      `select max(f.as_of) as at from record_changes c join records r on r.id = c.record
       join takes t on t.id = coalesce(r.changed, r.take) join export_files f on f.id = t.file where c.take = ?`,
    )
    .get(id)?.['at']
  const missing = raw
    .prepare(
      'select r.id, f.as_of as at from records r join export_files f on f.id = r.absent_since where r.source = ? and f.as_of > ? order by f.as_of desc',
    )
    .all(source.id, at)
    .find((row) => present.has(Number(row['id'])))?.['at']
  const taken = Math.max(Number(changed ?? 0), Number(missing ?? 0))
  return taken > at ? problem('file-older', { file: name, taken: new Date(taken).toISOString() }, { file: name }) : null
}
