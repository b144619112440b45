import { type Problem, problem } from '../../shared/problem.ts'
import type { ExportFile } from '../connectors/connector.ts'
import type { Format, ReadSettings, Row } from '../formats/format.ts'
import { fedBy } from '../formats/rows.ts'
import { settingsVersion } from '../formats/settings-version.ts'
import { type Kind, leftOutReasons } from '../items/kind.ts'
import { type Bulk, bulkOf } from './bulk.ts'
import type { WriterTx } from './command.ts'
import { type Fields, packContent, tenThousandths } from './content.ts'
import { Contrary } from './drift/contrary.ts'
import { type ColumnChanges, columnChanges, type FedColumns, lastRead } from './drift/gone.ts'
import { isTwoWay } from './drift/rules.ts'
import type { Types } from './drift/tally.ts'
import { IdSet } from './id-set.ts'
import { mayBeGone } from './may-be-gone.ts'
import { beginRun } from './runs.ts'
import type { Source } from './sources.ts'
import { sourceOf } from './sources.ts'
import { Sums } from './sums.ts'
import { Totals } from './totals.ts'

/** A row as a format hands it over, with the slot its record id goes back to. */
export type SlotRow = Row & { slot: number }

/** Where record ids go back to (formats/rescan.ts). */
export type Slots = { assign(slot: number, record: number): void }

/** A take in hand: what it wrote is invisible to everyone until it is sealed. */
export type OpenTake = {
  id: number
  run: number
  /** Row of export_files. */
  file: number
  export: ExportFile
  source: Source
  kind: Kind
  settingsVersion: string
  format: string
  /** The header each field is read from; of one that is missed, the header it had. */
  columns: FedColumns
  /** Of this file, as found. */
  header: readonly string[]
  types: Types
  /** The field that makes `Row.amount`. */
  amountField: string | null
  /** What became of the export's columns since it was last taken. */
  changes: ColumnChanges
  /** Records of its kind were known before. */
  hasKnown: boolean
  /** Its keys may be something else: then it says of no record that it is missing. */
  keysInDoubt: boolean
  /** The settings of the reading changed since. */
  readAnew: boolean
  /** Cells that could be read the other way round only. */
  contrary: Contrary
  /** Summed rows whose day may be meant as its month: what is kept of them does not say it any more. */
  twoWay: IdSet
  /** Records this file names whose rows wait, whole or in part, because its columns changed; and what is told of that. */
  held: IdSet
  drifted: Problem[]
  /** Highest record id before this take. */
  after: number
  /** Known records this file named again with a line of its own. */
  seen: IdSet
  /** Records claimed by two lines: made by this take, and known before. */
  twiceNew: Set<number>
  twiceOld: Set<number>
  sums: Sums
  /** Rows of this file read anew, by what becomes of them. */
  totals: Totals
  problems: Problem[]
  /** Rows in trouble beyond those kept one by one. */
  moreProblems: number
  rowsInTrouble: number
  /** Keys of rows in trouble, where they could be read, and how many rows had none. Only kept where a record can be gone. */
  keysInTrouble: string[]
  rowsWithoutKey: number
  /** False while no row of it had an amount. */
  hasAmounts: boolean
}

export type TakeStart = {
  connection: number
  file: ExportFile
  kind: Kind
  format: Pick<Format, 'id' | 'columns' | 'amount'>
  header: readonly string[]
  settings: ReadSettings
  /** Export file that waits for a person and is now let through. */
  waiting?: number | undefined
  startedBy?: number | null
}

/** Trouble with single rows is kept one by one up to here, then counted. */
const keptProblems = 200

/** Begins a take: its run, its file and itself stand in the ledger, its rows do not count yet. */
export function beginTake(
  tx: WriterTx,
  { connection, file, kind, format, header, settings, waiting, startedBy = null }: TakeStart,
): OpenTake {
  const source = sourceOf(tx.raw, connection, kind.entity)
  const hasKnown = tx.raw.prepare('select 1 from records where source = ? limit 1').get(source.id) !== undefined
  const reading = readingOf(tx, source.id, file, { format, header, settings }, waiting !== undefined)
  const fileId = waiting ?? storeFile(tx, connection, file, 'reading')
  tx.raw.prepare("update export_files set source = ?, format = ?, state = 'reading' where id = ?").run(source.id, format.id, fileId)
  const run = beginRun(tx, { connection, entity: kind.entity, kind: 'file', file: fileId, startedBy })
  const { lastInsertRowid } = tx.raw
    .prepare('insert into takes (run, file, source, started_at) values (?, ?, ?, ?)')
    .run(run, fileId, source.id, tx.now())
  return {
    ...{ id: Number(lastInsertRowid), run, file: fileId, export: file, source, kind, format: format.id, ...reading },
    ...{ contrary: new Contrary(settings), twoWay: new IdSet(), held: new IdSet(), drifted: [], hasKnown, keysInDoubt: false },
    ...{ after: bulkOf(tx.raw).lastRecord(), seen: new IdSet(), twiceNew: new Set(), twiceOld: new Set(), sums: new Sums() },
    ...{ totals: new Totals(), problems: [], moreProblems: 0, rowsInTrouble: 0, keysInTrouble: [], rowsWithoutKey: 0, hasAmounts: false },
  }
}

/** How this file is read, beside how the same export was when it was last taken. A person who lets it through takes it as it is. */
function readingOf(
  { raw }: WriterTx,
  source: number,
  { path }: ExportFile,
  { format, header, settings }: Pick<TakeStart, 'format' | 'header' | 'settings'>,
  letThrough: boolean,
): Pick<OpenTake, 'columns' | 'header' | 'types' | 'amountField' | 'changes' | 'readAnew' | 'settingsVersion'> {
  const version = settingsVersion(settings)
  const last = lastRead(raw, source, path)
  const readAnew = last !== null && last.settingsVersion !== version
  const fed = fedBy(format, header)
  const changes = columnChanges(readAnew || letThrough ? null : last, { columns: fed, header })
  const types = Object.fromEntries(format.columns.flatMap(({ field, type }) => (field in fed ? [[field, type]] : [])))
  return {
    ...{ columns: { ...changes.gone, ...fed }, header, types, amountField: format.amount ?? null },
    ...{ changes, readAnew, settingsVersion: version },
  }
}

/** A file at rest, remembered; answers its id. */
export function storeFile({ raw, now }: WriterTx, connection: number, file: ExportFile, state: string): number {
  const { lastInsertRowid } = raw
    .prepare(
      `insert into export_files (connection, path, name, spool, size, mtime, sha256, as_of, complete, state, seen_at, plain)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[connection, file.path, file.name, file.spool, file.size, Math.round(file.mtimeMs), file.sha256],
      ...[Date.parse(file.asOf), JSON.stringify(file.complete), state, now(), file.plain ?? null],
    )
  return Number(lastInsertRowid)
}

/** Takes a batch of rows; part of one transaction. Every row is stored, known already, or told as a problem: none disappears. */
export function addRows({ raw }: WriterTx, take: OpenTake, rows: readonly SlotRow[], slots: Slots): void {
  const bulk = bulkOf(raw)
  for (const row of rows) {
    const record = addRow(bulk, take, row)
    if (record !== null) slots.assign(row.slot, record)
  }
}

/** Trouble with single rows, as the format told it. */
export function addProblems(take: OpenTake, problems: readonly Problem[]): void {
  for (const one of problems) {
    tell(take, one)
    keepKey(take, one.params?.['key'])
    take.contrary.add(one)
  }
}

function keepKey(take: OpenTake, key: string | number | undefined): void {
  if (typeof key !== 'string') take.rowsWithoutKey += 1
  else if (mayBeGone(take.kind)) take.keysInTrouble.push(key)
}

/** Keeps trouble with a row for the end of the take. */
export function tell(take: OpenTake, trouble: Problem): void {
  take.rowsInTrouble += 1
  if (take.problems.length < keptProblems) take.problems.push(trouble)
  else take.moreProblems += 1
}

type Shaped = { content: string; amount: number | null; leftOut: number; sum: number | null }

function addRow(bulk: Bulk, take: OpenTake, row: SlotRow): number | null {
  const amount = row.amount === null ? null : tenThousandths(row.amount)
  if (row.amount !== null && amount === null) {
    tell(
      take,
      problem('amount-unreadable', { line: row.line, column: 'Amount', text: row.amount }, { file: take.export.name, line: row.line }),
    )
    keepKey(take, row.key)
    return null
  }
  const shaped = shape(take, row.fields, amount)
  const made = bulk.insert(take.source.id, row.key, shaped.content, amount, shaped.leftOut, take.id, row.line)
  const record = made ?? meetAgain(bulk, take, row, shaped)
  if (record === null) return null
  if (shaped.sum !== null) {
    take.sums.add(record, shaped.sum, amount)
    if (hasTwoWayDay(take, row.fields)) take.twoWay.add(record)
  }
  count(take, shaped)
  return record
}

const hasTwoWayDay = ({ types }: OpenTake, fields: Fields): boolean => {
  for (const field in types) if (types[field] === 'date' && isTwoWay(fields[field])) return true
  return false
}

const summedCode = leftOutReasons.indexOf('summed-wages') + 1

/** What is kept of a row: itself, or only its amount and the sum it goes into. */
function shape({ kind, sums }: OpenTake, fields: Fields, amount: number | null): Shaped {
  const reason = kind.leftOut?.(fields) ?? null
  const leftOut = reason === null ? 0 : leftOutReasons.indexOf(reason) + 1
  const summed = reason === null ? (kind.summed?.(fields) ?? null) : null
  if (summed !== null)
    return { content: '[]', amount, leftOut: summedCode, sum: sums.at(summed.key, () => packContent(kind.fields, summed.fields)) }
  return { content: packContent(kind.fields, kind.kept?.(fields) ?? fields), amount, leftOut, sum: null }
}

/** A key that is known: a second line of this file (then neither counts), a changed record, or the same as before. */
function meetAgain(bulk: Bulk, take: OpenTake, row: SlotRow, { content, amount, leftOut }: Shaped): number | null {
  const known = bulk.find(take.source.id, row.key)
  if (known === null) throw new Error(`Record ${row.key} could be neither stored nor found.`)
  if (known.take === take.id || !take.seen.add(known.id)) {
    claimTwice(take, known.take === take.id ? take.twiceNew : take.twiceOld, known.id, row, known.line, amount)
    return null
  }
  const same = known.content === content && known.amount === amount && known.left_out === leftOut
  if (!same) bulk.change(take.id, known.id, content, amount, leftOut, row.line)
  return known.id
}

function claimTwice(take: OpenTake, twice: Set<number>, record: number, row: SlotRow, other: number, amount: number | null): void {
  twice.add(record)
  take.totals.add('key-twice', amount)
  tell(take, problem('key-twice', { line: row.line, other, key: row.key }, { file: take.export.name, line: row.line }))
}

/** What becomes of a row, for the control totals. */
export const classOf = (leftOut: number): string => (leftOut === 0 ? 'sent' : (leftOutReasons[leftOut - 1] ?? 'unknown'))

function count(take: OpenTake, { leftOut, amount }: Shaped): void {
  if (amount !== null) take.hasAmounts = true
  take.totals.count(classOf(leftOut), amount)
}
