/**
 * Which lines are new since the last sealed take, by fingerprint: an unchanged line is neither split nor parsed. Synchronous; runs in the
 * writer worker. Keeps a multiset, so one of two equal rows may vanish and is missed. Rows with a problem are never remembered: they are read
 * again next time.
 */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import { cellsOf } from './cells.ts'
import { decoderOf, type Encoding } from './encoding.ts'
import { contextDigest, Fingerprint } from './fingerprint.ts'
import type { Format, ReadSettings, Row } from './format.ts'
import { Growing } from './growing.ts'
import { knownNames } from './identify.ts'
import { formatsFor } from './index.ts'
import { type Layout, layoutOf } from './layout.ts'
import { entryWords, firstSkippedId, LineSet, newPack, shorten, skippedIds, skipReasonOf, unpack } from './line-set.ts'
import { type LogicalLines, lineLimit } from './lines.ts'
import { readLines, wholeEncoding } from './read-file.ts'
import { RowReader, type Skip } from './rows.ts'
import { Runs } from './runs.ts'

export type RescanOptions = {
  /** Random bytes of this ledger. */
  seed: Uint8Array
  formatId: string
  /** `settingsVersion(settings)`; kept apart so that the ledger can store it. */
  settingsVersion: string
  /** What `pack()` gave at the last sealed take of this source, or null. */
  previous: Uint8Array | null
}

/** A new row and the slot through which its record id comes back (`assign`). */
export type NewRow = Row & { slot: number }

/** At most 1,000 new rows and problems; `bytes` and `lines` say how far the file is read (for progress). */
export type Batch = { rows: NewRow[]; problems: Problem[]; bytes: number; lines: number }

export type RescanSummary = {
  /** Logical lines of the file, title and header included. */
  lines: number
  /** Rows known from the last take. */
  unchanged: number
  /** Rows read anew, without those that have a problem. */
  fresh: number
  /** Rows with a problem. */
  refused: number
  skipped: Record<'title' | Skip, number>
  /** Quotes where RFC 4180 has none, in the lines read anew. */
  strayQuotes: number
  /** Whether the last line ended properly. */
  tail: 'terminated' | 'unterminated'
}

const batchSize = 1000
/** A batch comes at least this often, empty if nothing is new, so that a run can tell how far it is. */
const progressBytes = 16 * 1024 * 1024

export class Rescan {
  /** The last take read lines another way (format, settings or header changed): every line counts as new. */
  retaken = false
  readonly summary: RescanSummary = {
    lines: 0,
    unchanged: 0,
    fresh: 0,
    refused: 0,
    skipped: { title: 0, header: 0, total: 0, blank: 0 },
    strayQuotes: 0,
    tail: 'terminated',
  }
  readonly #options: RescanOptions
  readonly #refusedRecords = new Set<number>()
  /** Per line of this file that is remembered: index in the last take × 2, or slot × 2 + 1. Both mostly count up. */
  readonly #order = new Runs()
  /** Per slot: fingerprint and record id. */
  readonly #fresh = new Growing()
  #mark: Uint32Array = new Uint32Array(4)
  #previous: Uint32Array = new Uint32Array(0)
  #known = new LineSet(this.#previous)

  constructor(options: RescanOptions) {
    this.#options = options
  }

  /**
   * Yields what is new in the file at `path` (`name` is what a person calls it; `identified` the layout `identify` found, if at hand). Throws Trouble when the file as a whole must be refused:
   * `file-half`, `file-empty`, `file-not-text`, `file-encoding`, `file-mixed-delimiter`, `header-twice`, `file-unknown`. Nothing may be
   * sealed before it has returned.
   */
  *read(path: string, format: Format, settings: ReadSettings, name: string, identified?: Layout): Generator<Batch> {
    const layout = layoutWithHeader(path, name, settings, identified)
    // Only a line beyond ASCII asks which encoding it is, and then the whole file answers, once.
    const encoding = once(() => wholeEncoding(path, name, layout, settings.encoding))
    const fingerprint = this.#begin(layout.header, () => (encoding() === 'cp1252' ? 1252 : 8))
    const take = new Reading(new RowReader(format, settings, layout.header, name), layout, name, encoding)
    let told = 0
    for (const lines of readLines(path, name, layout)) {
      while (lines.next()) {
        this.#line(lines, fingerprint, take)
        if (take.size >= batchSize) yield this.#batch(take, lines)
      }
      if (lines.offset - told >= progressBytes) yield this.#batch(take, lines)
      told = Math.max(told, take.toldAt)
    }
    this.#finish(name)
    if (take.size > 0) yield take.empty(take.toldAt, this.summary.lines)
  }

  #batch(take: Reading, lines: LogicalLines): Batch {
    return take.empty(lines.offset, this.summary.lines)
  }

  /** Loads the last take, unless it was read another way. */
  #begin(header: readonly string[], encodingMark: () => number): Fingerprint {
    const { start, mark } = contextDigest({ ...this.#options, header })
    this.#mark = mark
    const last = this.#options.previous === null ? null : unpack(this.#options.previous)
    this.#previous = last?.entries ?? this.#previous
    this.retaken = this.#options.previous !== null && !last?.mark.every((word, at) => word === mark[at])
    if (!this.retaken) this.#known = new LineSet(this.#previous)
    return new Fingerprint(start, encodingMark)
  }

  #line(lines: LogicalLines, fingerprint: Fingerprint, take: Reading): void {
    const number = this.summary.lines++
    if (!lines.terminated) this.summary.tail = 'unterminated'
    if (lines.openQuote) throw half(take.name, lines.line)
    if (number <= take.headerAt) this.summary.skipped[number < take.headerAt ? 'title' : 'header']++
    else if (lines.tooLong)
      this.#refuse(take, problem('row-too-long', { line: lines.line, limit: lineLimit }, { file: take.name, line: lines.line }))
    else if (lines.start === lines.end) this.summary.skipped.blank++
    else {
      fingerprint.of(lines.words, lines.start, lines.end)
      const index = this.#known.take(fingerprint.a, fingerprint.b, fingerprint.c)
      if (index >= 0) this.#unchanged(index)
      else this.#new(lines, fingerprint, take)
    }
  }

  #unchanged(index: number): void {
    const record = this.#known.recordOf(index)
    if (record < firstSkippedId) this.summary.unchanged++
    else this.summary.skipped[skipReasonOf.get(record) ?? 'blank']++
    this.#order.push(index * 2)
  }

  #new(lines: LogicalLines, fingerprint: Fingerprint, take: Reading): void {
    const { cells, strayQuotes } = cellsOf(take.textOf(lines, fingerprint.beyondAscii), take.delimiter)
    this.summary.strayQuotes += strayQuotes
    const read = take.reader.read(cells, lines.line, lines.offset)
    if ('problem' in read) {
      if (!lines.terminated && cells.length < take.width) throw half(take.name, lines.line)
      this.#refuse(take, read.problem)
    } else if ('skip' in read) {
      this.summary.skipped[read.skip]++
      this.#remember(fingerprint, skippedIds[read.skip])
    } else {
      this.summary.fresh++
      take.rows.push({ ...read.row, slot: this.#remember(fingerprint, 0) })
    }
  }

  #refuse(take: Reading, trouble: Problem): void {
    this.summary.refused++
    take.problems.push(trouble)
  }

  /** Keeps a new line's fingerprint; answers its slot. */
  #remember({ a, b, c }: Fingerprint, record: number): number {
    const slot = this.#fresh.length / entryWords
    for (const word of [a, b, c, record]) this.#fresh.push(word)
    this.#order.push(slot * 2 + 1)
    return slot
  }

  #finish(name: string): void {
    const { lines, skipped } = this.summary
    if (lines - skipped.title - skipped.header - skipped.blank - skipped.total === 0)
      throw new Trouble(problem('file-empty', { file: name }, { file: name }))
  }

  /** The record this new row became (1 … 2³² − 257). A row without one is read again next time. */
  assign(slot: number, record: number): void {
    this.#fresh.set(slot * entryWords + 3, record)
  }

  /** No line of this record is remembered: its rows are read again next time (two rows claimed one key). */
  refuse(record: number): void {
    this.#refusedRecords.add(record)
  }

  /** The record of every line that is no longer there, once for each occurrence (a changed line's old text counts). */
  *vanished(): Generator<number> {
    for (let index = 0; index < this.#previous.length / entryWords; index++) {
      if (!this.retaken && this.#known.isTaken(index)) continue
      const record = this.#previous[index * entryWords + 3] as number
      if (record < firstSkippedId) yield record
    }
  }

  /** Records that had a line in the last take and have none now, each once: call it when every new row was assigned. */
  *gone(): Generator<number> {
    const once = Uint32Array.from(this.vanished()).sort()
    if (once.length === 0) return
    const maybe = new Uint8Array(1 << 20)
    for (const record of once) maybe[record & 0xfffff] = 1
    const held = new Uint8Array(once.length)
    this.#eachRecord((record) => {
      const at = maybe[record & 0xfffff] === 1 ? placeOf(once, record) : -1
      if (at >= 0) held[at] = 1
    })
    for (let at = 0; at < once.length; at++) if (held[at] === 0 && once[at] !== once[at - 1]) yield once[at] as number
  }

  /** True when a line that was already there at the last take still stands for this record; a new row with its key would be the second. */
  stillHeld(): (record: number) => boolean {
    const held = new Set<number>()
    this.#order.forEach((first, length) => {
      for (let line = 0; line < length && first % 2 === 0; line++) held.add(this.#recordOf(first + line * 2))
    })
    return (record) => held.has(record)
  }

  /** What to keep for the next take: 16 bytes per remembered line and a head of 32. */
  pack(): Uint8Array {
    const { bytes, entries } = newPack(this.#mark, this.#order.length)
    let count = 0
    this.#order.forEach((first, length) => {
      // Lines of the last take stand there one behind the other, ready to be copied in one go.
      const together = first % 2 === 0 && this.#refusedRecords.size === 0
      count += together ? this.#copyRun(first / 2, length, entries, count) : this.#copyKept(first, length, entries, count)
    })
    return shorten(bytes, count)
  }

  #copyRun(index: number, length: number, into: Uint32Array, to: number): number {
    into.set(this.#previous.subarray(index * entryWords, (index + length) * entryWords), to * entryWords)
    return length
  }

  /** One by one, without rows that got no record and records that were refused. */
  #copyKept(first: number, length: number, into: Uint32Array, to: number): number {
    let kept = 0
    for (let line = 0; line < length; line++) {
      const entry = first + line * 2
      const record = this.#recordOf(entry)
      if (record !== 0 && !this.#refusedRecords.has(record)) this.#copy(entry, into, to + kept++)
    }
    return kept
  }

  #copy(entry: number, into: Uint32Array, to: number): void {
    const from = (entry >>> 1) * entryWords
    for (let word = 0; word < entryWords; word++) {
      into[to * entryWords + word] = entry % 2 === 0 ? (this.#previous[from + word] as number) : this.#fresh.get(from + word)
    }
  }

  #eachRecord(give: (record: number) => void): void {
    this.#order.forEach((first, length) => {
      for (let line = 0; line < length; line++) give(this.#recordOf(first + line * 2))
    })
  }

  #recordOf(entry: number): number {
    return entry % 2 === 0 ? this.#known.recordOf(entry / 2) : this.#fresh.get((entry >>> 1) * entryWords + 3)
  }
}

/** What one reading of a file needs beside the multiset. */
class Reading {
  rows: NewRow[] = []
  problems: Problem[] = []
  toldAt = 0
  readonly reader: RowReader
  readonly encoding: () => Encoding
  readonly delimiter: string
  readonly headerAt: number
  /** Cells of a whole row. */
  readonly width: number
  readonly name: string

  constructor(reader: RowReader, layout: WithHeader, name: string, encoding: () => Encoding) {
    this.reader = reader
    this.encoding = encoding
    this.delimiter = layout.delimiter
    this.headerAt = layout.titles
    this.width = layout.header.length
    this.name = name
  }

  get size(): number {
    return this.rows.length + this.problems.length
  }

  textOf({ buffer, start, end }: LogicalLines, beyondAscii: boolean): string {
    return beyondAscii ? decoderOf(this.encoding())(buffer, start, end) : buffer.toString('latin1', start, end)
  }

  empty(bytes: number, lines: number): Batch {
    const batch = { rows: this.rows, problems: this.problems, bytes, lines }
    this.rows = []
    this.problems = []
    this.toldAt = bytes
    return batch
  }
}

type WithHeader = Layout & { header: readonly string[] }

/** A header beyond ASCII is read in the encoding of the whole file, not of its start. */
function layoutWithHeader(path: string, name: string, settings: ReadSettings, identified?: Layout): WithHeader {
  const layout = headed(path, name, settings, identified)
  if (isAscii(layout.header.join(''))) return layout
  return headed(path, name, { ...settings, encoding: wholeEncoding(path, name, layout, settings.encoding) })
}

function headed(path: string, name: string, settings: ReadSettings, identified?: Layout): WithHeader {
  const layout = identified ?? layoutOf(path, name, settings, knownNames(formatsFor(settings)))
  if ('code' in layout) throw new Trouble(layout)
  const { header } = layout
  if (header === null) throw new Trouble(problem('file-unknown', { file: name, suggestion: 'No header row was found.' }, { file: name }))
  return { ...layout, header }
}

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length

function once<T>(work: () => T): () => T {
  let done: { value: T } | null = null
  return () => {
    done ??= { value: work() }
    return done.value
  }
}

const half = (file: string, line: number): Trouble => new Trouble(problem('file-half', { file, line }, { file, line }))

/** Index of the first equal number in a sorted list, or -1. */
function placeOf(sorted: Uint32Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return sorted[low] === wanted ? low : -1
}
