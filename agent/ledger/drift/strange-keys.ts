/** A file that names not one known record may be new through and through, or its key column holds something else. */
import { records } from '../../formats/records/index.ts'
import { bulkOf } from '../bulk.ts'
import type { WriterTx } from '../command.ts'
import { unpackContent } from '../content.ts'
import type { Finished } from '../seal.ts'
import type { OpenTake } from '../take.ts'
import { shapeOf } from './rules.ts'
import type { Drifted } from './tally.ts'

/** So many rows, and so many known keys, show what the column holds. */
const looked = 50

/** The key's column, where its cells are what another column held, or all of another kind than the keys there are. Keys of one part only. */
export function strangeKeys(tx: WriterTx, take: OpenTake, { unchanged }: Pick<Finished, 'unchanged'>): Drifted[] {
  const { key, keyParts } = records[take.kind.entity]
  const [field, ...more] = key
  if (!take.hasKnown || take.seen.size > 0 || unchanged > 0 || field === undefined || more.length > 0 || keyParts) return []
  const fresh = tx.raw.prepare('select key, content, line from records where id > ? and take = ? limit ?').all(take.after, take.id, looked)
  const known = tx.raw
    .prepare('select key from records where source = ? and id <= ? limit ?')
    .all(take.source.id, take.after, looked)
    .map((row) => String(row['key']))
  const [first] = fresh
  const [was] = known
  if (first === undefined || was === undefined) return []
  const from = movedFrom(tx, take, field, fresh)
  const shapes = new Set(known.map(shapeOf))
  const isOtherKind = fresh.length > 1 && fresh.every((row) => !shapes.has(shapeOf(String(row['key']))))
  if (from === null && !isOtherKind) return []
  const example = { line: Number(first['line']), key: String(first['key']), was, now: String(first['key']), from: from ?? '' }
  return [{ field, drift: from === null ? 'kind' : 'moved', example, doubts: () => true }]
}

/** The column where known keys stand now, in half of the rows at least. */
function movedFrom(
  { raw }: WriterTx,
  { kind, source, types }: OpenTake,
  field: string,
  fresh: readonly Record<string, unknown>[],
): string | null {
  const bulk = bulkOf(raw)
  const contents = fresh.map((row) => unpackContent(kind.fields, String(row['content'])))
  const others = Object.keys(types).filter((other) => other !== field)
  const hasKeys = (other: string) => contents.filter((one) => one[other] != null && bulk.find(source.id, one[other]) !== null).length
  return others.find((other) => hasKeys(other) * 2 >= contents.length) ?? null
}
