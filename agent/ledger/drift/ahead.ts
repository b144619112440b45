/** New rows have nothing they could be held against. But a day that has not come yet, in a column that never had one, may be a month. */
import type { WriterTx } from '../command.ts'
import { unpackContent } from '../content.ts'
import type { OpenTake } from '../take.ts'
import { isTwoWay, turned } from './rules.ts'
import type { Drifted } from './tally.ts'

type Seen = { ahead: Drifted['example'] | null /** A day beyond the twelfth: the order is as it was. */; isProven: boolean }

/** So many known days at least say that a column is of the past. */
const enough = 3

export function daysAhead({ raw }: WriterTx, take: OpenTake): Drifted[] {
  const days = Object.keys(take.types).filter((field) => take.types[field] === 'date')
  if (!take.hasKnown || days.length === 0) return []
  const asOf = take.export.asOf.slice(0, 10)
  const seen = new Map<string, Seen>(days.map((field) => [field, { ahead: null, isProven: false }]))
  const fresh = raw.prepare('select key, content, line from records where id > ? and take = ?')
  for (const { key, content, line } of fresh.iterate(take.after, take.id)) {
    const fields = unpackContent(take.kind.fields, String(content))
    for (const [field, one] of seen) {
      const day = fields[field]
      if (day == null) continue
      if (Number(day.slice(8)) > 12) one.isProven = true
      else if (one.ahead === null && isTwoWay(day) && day > asOf && turned(day) <= asOf)
        one.ahead = { line: Number(line), key: String(key), was: turned(day), now: day, from: '' }
    }
  }
  return [...seen].flatMap(([field, { ahead, isProven }]) =>
    ahead === null || isProven || !isOfThePast(raw, take, field, asOf)
      ? []
      : [{ field, drift: 'ahead' as const, example: ahead, doubts: isTwoWay }],
  )
}

/** Looked up only where a new day is ahead: that costs as much as there are records. */
function isOfThePast(raw: WriterTx['raw'], { source, after, kind }: OpenTake, field: string, asOf: string): boolean {
  const place = `$[${kind.fields.indexOf(field)}]`
  const { n, latest } = raw
    .prepare(
      `select count(nullif(json_extract(content, ?1), '')) as n, max(json_extract(content, ?1)) as latest from records where source = ?2 and id <= ?3`,
    )
    .get(place, source.id, after) as { n: number; latest: string | null }
  return n >= enough && latest !== null && latest <= asOf
}
