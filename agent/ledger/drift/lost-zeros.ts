/** A spreadsheet takes 00123 for a number and saves 123: under its key the record is a new one, and the old one seems gone. */
import type { WriterTx } from '../command.ts'
import { mayBeGone } from '../may-be-gone.ts'
import type { Finished } from '../seal.ts'
import type { OpenTake } from '../take.ts'

/** Keys are parts with a bar between them; each part on its own may have lost zeros. */
const bare = (key: string): string => key.replace(/(^|\|)0+(?=\d+(?:\||$))/g, '$1')
export const lacksZeros = /(?:^|\|)[1-9]\d*(?:\||$)/
const hasZeros = /(?:^|\|)0\d+(?:\||$)/

/** New records that are a known one but for zeros in front, which this file lacks: new record → known one. */
export function lostZeros(tx: WriterTx, take: OpenTake, finished: Finished, present: (record: number) => boolean): Map<number, number> {
  if (!take.hasKnown) return new Map()
  const fresh: { id: number; key: string }[] = []
  const all = tx.raw.prepare('select id, key from records where id > ? and take = ?')
  for (const row of all.iterate(take.after, take.id)) {
    const key = String(row['key'])
    if (lacksZeros.test(key)) fresh.push({ id: Number(row['id']), key })
  }
  if (fresh.length === 0) return new Map()
  const known = new Map<string, number>()
  for (const { id, key } of candidates(tx, take, finished)) if (hasZeros.test(key)) known.set(bare(key), id)
  if (known.size === 0) return new Map()
  return new Map(
    fresh.flatMap(({ id, key }) => {
      const was = known.get(bare(key))
      return was === undefined || present(was) ? [] : [[id, was] as const]
    }),
  )
}

/** Of what may be gone all that is known; of the others, which may be millions, those whose line is not there any more. */
function* candidates({ raw }: WriterTx, take: OpenTake, finished: Finished): Generator<{ id: number; key: string }> {
  if (mayBeGone(take.kind)) {
    const all = raw.prepare(`select id, key from records where source = ? and take <> ? and (key like '0%' or key like '%|0%')`)
    for (const row of all.iterate(take.source.id, take.id)) yield { id: Number(row['id']), key: String(row['key']) }
    return
  }
  const find = raw.prepare('select key from records where id = ?')
  for (const id of finished.vanished()) yield { id, key: String(find.get(id)?.['key'] ?? '') }
}
