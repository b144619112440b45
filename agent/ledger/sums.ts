import type { WriterTx } from './command.ts'
import { decimalText, packContent, unpackContent } from './content.ts'
import type { OpenTake } from './take.ts'

/**
 * Sets the amount of every sum this take touched to what its parts make now; answers the sums that were known before and moved.
 * Parts that left the ERP's window stay in: they aged out, they were not taken back.
 */
export function setSums({ raw }: WriterTx, take: OpenTake): number[] {
  const total = raw.prepare('select sum(amount) as amount from records where part_of = ?')
  const find = raw.prepare('select content, amount, take from records where id = ?')
  const set = raw.prepare('update records set content = ?, amount = ?, changed = ? where id = ?')
  return [...take.touchedSums].filter((sum) => {
    const amount = Number(total.get(sum)?.['amount'] ?? 0)
    const row = find.get(sum)
    if (row === undefined || row['amount'] === amount) return false
    const known = row['take'] !== take.id
    const fields = { ...unpackContent(take.kind.fields, String(row['content'])), amount: decimalText(BigInt(amount)) }
    set.run(packContent(take.kind.fields, fields), amount, known ? take.id : null, sum)
    return known
  })
}
