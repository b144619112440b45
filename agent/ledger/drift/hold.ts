/**
 * Before a take counts: does its file still mean the same by its columns? Looked at are only records this file says something else of, and new
 * ones. Of known records the fields in doubt stay as they were and the others go on; new ones that are in doubt wait. All of them are read again
 * with the next export, so that it is over once that is right.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kind } from '../../items/kind.ts'
import type { WriterTx } from '../command.ts'
import { type Fields, packContent, unpackContent } from '../content.ts'
import type { Finished } from '../seal.ts'
import { classOf, type OpenTake } from '../take.ts'
import { daysAhead } from './ahead.ts'
import { changedColumn, isTold, theKey } from './contrary.ts'
import { goneColumns, toldGone } from './gone.ts'
import { keptRecords } from './kept-records.ts'
import { lacksZeros, lostZeros } from './lost-zeros.ts'
import { rules } from './rules.ts'
import { strangeKeys } from './strange-keys.ts'
import { type Changed, type Drifted, Tally } from './tally.ts'

/** A known record's new content beside the old. */
type Both = Changed & { record: number; amount: number | null; knownAmount: number | null; leftOut: number; knownLeftOut: number }

type Stored = { id: number; key: string; content: string; amount: number | null; left_out: number }
const stored = 'id, key, content, amount, left_out'

export function holdDrifted(tx: WriterTx, take: OpenTake, finished: Finished): void {
  const held = new Held(tx, take, finished)
  held.zeros(lostZeros(tx, take, finished, keptRecords(tx, take, finished).isPresent))
  const drifted = driftedColumns(tx, take, finished, held.keyColumns)
  if (drifted.length > 0) {
    for (const both of [...bothOf(tx.raw, take)]) held.known(both, drifted)
    const fresh = tx.raw.prepare(`select ${stored} from records where id > ? and take = ?`).all(take.after, take.id) as unknown as Stored[]
    for (const row of fresh) held.fresh(row, drifted)
  }
  held.tell(drifted)
}

/**
 * By what the file lacks, by what only reads the other way round, and by what became of known records; each column once. A person who has just
 * changed how files are read knows why all values are others now.
 */
function driftedColumns(tx: WriterTx, take: OpenTake, finished: Finished, keys: readonly Drifted[]): Drifted[] {
  const strange = strangeKeys(tx, take, finished)
  take.keysInDoubt = strange.length > 0
  const byValues = take.readAnew ? [] : [...besideKnown(tx, take, finished), ...daysAhead(tx, take)]
  const found = [...goneColumns(take.changes.gone), ...take.contrary.drifted(tx, take, take.types), ...keys, ...strange, ...byValues]
  return [...new Map(found.toReversed().map((one) => [one.field, one])).values()]
}

function besideKnown(tx: WriterTx, take: OpenTake, finished: Finished): Drifted[] {
  const tally = new Tally(take.types)
  for (const both of bothOf(tx.raw, take)) tally.add(both)
  if (tally.weigh()) return []
  for (const both of bothOf(tx.raw, take)) if (tally.against(both)) return []
  for (const fields of keptRecords(tx, take, finished).unchanged()) if (tally.against({ before: fields, after: fields })) return []
  return tally.drifted()
}

function* bothOf(raw: DatabaseSync, { id, kind }: OpenTake): Generator<Both> {
  const rows = raw.prepare(
    `select c.record, r.key, c.line, c.content, r.content as known, c.amount, r.amount as knownAmount, c.left_out as leftOut,
       r.left_out as knownLeftOut from record_changes c join records r on r.id = c.record where c.take = ?`,
  )
  for (const { content, known, ...row } of rows.iterate(id))
    yield {
      ...(row as unknown as Omit<Both, 'before' | 'after'>),
      before: unpackContent(kind.fields, String(known)),
      after: unpackContent(kind.fields, String(content)),
    }
}

/** Rows that are summed or sorted by their fields are held whole: what becomes of them hangs on more than one. */
const isHeldWhole = ({ leftOut, summed, kept }: Kind): boolean => Boolean(leftOut ?? summed ?? kept)

/** What is taken back of a take, and how much of it because of which columns. */
class Held {
  readonly #tx: WriterTx
  readonly #take: OpenTake
  readonly #finished: Finished
  readonly #counts = new Map<string, number>()
  /** Columns of the key that lost zeros: others of theirs that are new are in doubt as well. */
  readonly keyColumns: Drifted[] = []

  constructor(tx: WriterTx, take: OpenTake, finished: Finished) {
    this.#tx = tx
    this.#take = take
    this.#finished = finished
  }

  known(both: Both, drifted: readonly Drifted[]): void {
    const { before, after, record } = both
    const doubtful = drifted.filter(({ field, doubts }) => before[field] !== after[field] && doubts(after[field] ?? null))
    if (doubtful.length === 0) return
    this.#count(doubtful)
    const fields = doubtful.map(({ field }) => field)
    this.#restore(both, { ...after, ...Object.fromEntries(fields.map((field) => [field, before[field] ?? null])) }, fields)
    this.#readAgain(record, both.leftOut, both.amount)
  }

  /** What is left of the change goes on; nothing, where nothing is left, or where what becomes of a row hangs on all of it. */
  #restore({ record, before, amount, knownAmount, leftOut, knownLeftOut }: Both, after: Fields, fields: readonly string[]): void {
    const { id, kind, amountField } = this.#take
    const content = packContent(kind.fields, after)
    const sum = fields.some((field) => field === amountField) ? knownAmount : amount
    const isSame = content === packContent(kind.fields, before) && sum === knownAmount && leftOut === knownLeftOut
    const where = 'where take = ? and record = ?'
    if (isSame || isHeldWhole(kind)) this.#tx.raw.prepare(`delete from record_changes ${where}`).run(id, record)
    else this.#tx.raw.prepare(`update record_changes set content = ?, amount = ? ${where}`).run(content, sum, id, record)
  }

  fresh(row: Stored, drifted: readonly Drifted[]): void {
    const fields = unpackContent(this.#take.kind.fields, row.content)
    const isTwoWay = this.#take.twoWay.has(row.id)
    const doubtful = drifted.filter(
      ({ field, drift, doubts }) => doubts((field === theKey ? row.key : fields[field]) ?? null) || (isTwoWay && isOfDays(drift)),
    )
    if (doubtful.length === 0) return
    this.#count(doubtful)
    this.#drop(row)
  }

  /** New records that are known ones without the zeros in front: they wait, and those are not missing. */
  zeros(lost: ReadonlyMap<number, number>): void {
    const find = this.#tx.raw.prepare(`select ${stored}, line from records where id = ?`)
    for (const [fresh, known] of lost) {
      const [now, was] = [find.get(fresh), find.get(known)] as unknown as [Stored & { line: number }, Stored]
      this.#take.held.add(known)
      const lostIn = zerosLost(this.#take, was, now)
      for (const one of lostIn) if (!this.keyColumns.some(({ field }) => field === one.field)) this.keyColumns.push(one)
      this.#count(lostIn)
      this.#drop(now)
    }
  }

  #drop({ id, left_out, amount }: Stored): void {
    this.#tx.raw.prepare('delete from records where id = ?').run(id)
    this.#readAgain(id, left_out, amount)
  }

  /** It is in the file, is counted apart, and no line of it is remembered. */
  #readAgain(record: number, leftOut: number, amount: number | null): void {
    const { held, totals } = this.#take
    held.add(record)
    totals.takeOut(classOf(leftOut), amount)
    totals.add('held', amount)
    this.#finished.refuse(record)
  }

  /** A row counts once for all columns that are told together. */
  #count(doubtful: readonly Drifted[]): void {
    for (const name of new Set(doubtful.map(toldAs))) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** What a person is told: of missing columns together, of what reads only the other way round once, of any other column by itself. */
  tell(drifted: readonly Drifted[]): void {
    const [take, counts] = [this.#take, this.#counts]
    const gone = toldGone(take.export, take.changes, counts.get('gone') ?? 0)
    const others = new Map(drifted.filter(isTold).map((one) => [toldAs(one), one]))
    take.drifted.push(...(gone ? [gone] : []), ...[...others].map(([name, one]) => changedColumn(take, one, counts.get(name) ?? 0)))
  }
}

const toldAs = ({ drift, field }: Drifted): string => (['gone', 'other-order', 'other-mark'].includes(drift) ? drift : field)
const isOfDays = (drift: Drifted['drift']): boolean => drift === 'day-month' || drift === 'other-order' || drift === 'ahead'

/** Fields of a new record that are those of a known one without zeros in front; the key itself where none of it is kept as a field. */
function zerosLost({ kind, types }: OpenTake, was: Stored, now: Stored & { line: number }): Drifted[] {
  const [before, after] = [was, now].map(({ content }) => unpackContent(kind.fields, content)) as [Fields, Fields]
  const rule = rules.find(({ drift }) => drift === 'zeros')
  const found = Object.keys(types).flatMap((field): Drifted[] => {
    if (rule === undefined || rule.made(before, after, field) === null) return []
    const example = { line: now.line, key: was.key, was: before[field] ?? '', now: after[field] ?? '', from: '' }
    return [{ field, drift: rule.drift, example, doubts: rule.doubts }]
  })
  const example = { line: now.line, key: was.key, was: was.key, now: now.key, from: '' }
  return found.length > 0 ? found : [{ field: theKey, drift: 'zeros', example, doubts: (key) => key !== null && lacksZeros.test(key) }]
}
