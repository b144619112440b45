import type { Bulk } from './bulk.ts'
import type { WriterTx } from './command.ts'
import { decimalText, packContent, unpackContent } from './content.ts'
import type { OpenTake } from './take.ts'

/** Sums of a take in hand: which rows go into which. Compact, since a file may hold a hundred thousand of them; they become records when it is sealed. */
export class Sums {
  readonly #at = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #contents: string[] = []
  readonly #records: number[] = []
  readonly #sumOf: number[] = []
  readonly #amounts: number[] = []

  /** Number of a sum within this take; `content` is packed, its amount still empty. */
  at(key: string, content: () => string): number {
    const known = this.#at.get(key)
    if (known !== undefined) return known
    this.#at.set(key, this.#keys.length)
    this.#contents.push(content())
    return this.#keys.push(key) - 1
  }

  /** A row goes into a sum. */
  add(record: number, sum: number, amount: number | null): void {
    this.#records.push(record)
    this.#sumOf.push(sum)
    this.#amounts.push(amount ?? 0)
  }

  /** The sums by key, so that an index takes them in its own order; without the records named, and without sums of nothing else. */
  *inOrder(without: ReadonlySet<number>): Generator<{ at: number; key: string; content: string; amount: number }> {
    const amounts = new Float64Array(this.#keys.length) // whole numbers below 2^53 only, so exact
    const has = new Uint8Array(this.#keys.length)
    for (const [n, record] of this.#records.entries()) {
      if (without.has(record)) continue
      const sum = this.#sumOf[n] as number
      has[sum] = 1
      amounts[sum] = (amounts[sum] as number) + (this.#amounts[n] as number)
    }
    const keys = this.#keys
    const all = Uint32Array.from(keys, (_, at) => at).filter((at) => has[at] === 1)
    const order = all.sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : 1))
    for (const at of order) yield { at, key: keys[at] as string, content: this.#contents[at] as string, amount: amounts[at] as number }
  }

  /** Record and number of its sum. */
  *parts(without: ReadonlySet<number>): Generator<[number, number]> {
    for (const [n, record] of this.#records.entries()) if (!without.has(record)) yield [record, this.#sumOf[n] as number]
  }
}

/**
 * Makes the take's sums records, or sets those that were known to what their parts make now; answers the known ones that moved.
 * Parts that left the ERP's window stay in: they aged out, they were not taken back.
 */
export function setSums({ raw }: WriterTx, bulk: Bulk, take: OpenTake): number[] {
  const { sums, source, kind } = take
  const left = new Set([...take.twiceNew, ...take.twiceOld, ...take.held.ids()])
  const ids: number[] = []
  const known = new Set<number>(leaveSums(raw, take))
  for (const { key, content, amount, at } of sums.inOrder(left)) {
    const made = bulk.insert(source.id, key, withAmount(kind.fields, content, amount), amount, 0, take.id, 0)
    ids[at] = made ?? (bulk.find(source.id, key)?.id as number)
    if (made === null) known.add(ids[at])
  }
  const before = raw.prepare('select sum from parts where record = ?')
  const put = raw.prepare('insert or replace into parts (record, sum) values (?, ?)')
  for (const [record, sum] of sums.parts(left)) {
    const was = take.seen.has(record) ? before.get(record)?.['sum'] : undefined
    if (was !== undefined) known.add(Number(was))
    put.run(record, ids[sum] as number)
  }
  return [...known].filter((sum) => addUp(raw, take, sum))
}

function withAmount(order: readonly string[], content: string, amount: number): string {
  if (!Number.isSafeInteger(amount)) throw new Error('A sum is larger than can be held exactly.')
  return packContent(order, { ...unpackContent(order, content), amount: decimalText(BigInt(amount)) })
}

/** A row that changed leaves the sum it was in, and goes into one again if it is still summed; answers the sums left. */
function leaveSums(raw: WriterTx['raw'], { id }: OpenTake): number[] {
  const left = raw.prepare('select p.record, p.sum from record_changes c join parts p on p.record = c.record where c.take = ?').all(id)
  for (const { record } of left) raw.prepare('delete from parts where record = ?').run(Number(record))
  return left.map(({ sum }) => Number(sum))
}

/** True when the sum moved. */
function addUp(raw: WriterTx['raw'], take: OpenTake, sum: number): boolean {
  const total = raw.prepare('select sum(r.amount) as amount from parts p join records r on r.id = p.record where p.sum = ?').get(sum)
  const row = raw.prepare('select content, amount from records where id = ?').get(sum)
  const amount = Number(total?.['amount'] ?? 0)
  if (row === undefined || row['amount'] === amount) return false
  const fields = { ...unpackContent(take.kind.fields, String(row['content'])), amount: decimalText(BigInt(amount)) }
  raw
    .prepare('update records set content = ?, amount = ?, changed = ? where id = ?')
    .run(packContent(take.kind.fields, fields), amount, take.id, sum)
  return true
}
