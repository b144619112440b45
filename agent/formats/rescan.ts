/**
 * Which lines are new since the last sealed take, by fingerprint: an unchanged line is neither split nor parsed. Synchronous; runs in the
 * writer worker. Keeps a multiset, so one of two equal rows may vanish and is missed. Rows with a problem are never remembered: they are read
 * again next time.
 */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import { cellsOf } from './cells.ts'
import { contextDigest, Fingerprint } from './fingerprint.ts'
import type { Format, ReadSettings } from './format.ts'
import { isRecord, KeptLines } from './kept-lines.ts'
import type { Layout } from './layout.ts'
import { LineSet, skippedIds, skipReasonOf, unpack } from './line-set.ts'
import { type LogicalLines, lineLimit } from './lines.ts'
import { readLines } from './read-file.ts'
import { type Batch, Reading } from './reading.ts'
import type { Skip } from './report-lines.ts'

export type { Batch, NewRow } from './reading.ts'

export type RescanOptions = {
  /** Random bytes of this ledger. */
  seed: Uint8Array
  formatId: string
  /** `settingsVersion(settings)`; kept apart so that the ledger can store it. */
  settingsVersion: string
  /** What `pack()` gave at the last sealed take of this source, or null. */
  previous: Uint8Array | null
  /** Rows and problems of one batch, 1,000 if not said: fewer leave memory sooner. */
  batchRows?: number
}

export type RescanSummary = {
  /** Logical lines of the file, title and header included. */
  lines: number
  /** Rows known from the last take. */
  unchanged: number
  /** Rows read anew, without those that have a problem. */
  fresh: number
  /** Rows with a problem. */
  refused: number
  skipped: Record<Skip, number>
  /** Quotes where RFC 4180 has none, in the lines read anew. */
  strayQuotes: number
  /** Whether the last line ended properly. */
  tail: 'terminated' | 'unterminated'
}

/** A line that is not where the last take had it: new, or moved. */
type Unplaced = { slot: number; text: string; line: number; offset: number; terminated: boolean }

const batchSize = 1000
/** A batch comes at least this often, empty if nothing is new, so that a run can tell how far it is. */
const progressBytes = 16 * 1024 * 1024
/** So many lines wait for the rest of the file to take its old places; more would cost more memory than the table they spare. */
const waitingLimit = 1 << 15
const waitingCharacters = 1 << 24

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
  readonly #batchRows: number
  #mark: Uint32Array = new Uint32Array(4)
  /** The last take, as far as its lines can be found again. */
  #known = new LineSet(new Uint32Array(0))
  /** The last take where nothing of it can be found again. */
  #lost = new LineSet(new Uint32Array(0))
  #kept = new KeptLines(this.#known)
  #waiting: Unplaced[] = []
  #waitingText = 0

  constructor(options: RescanOptions) {
    this.#options = options
    this.#batchRows = options.batchRows ?? batchSize
  }

  /**
   * Yields what is new in the file at `path` (`name` is what a person calls it; `layout` what `identify` found, if at hand). Throws Trouble
   * when the file as a whole must be refused: `file-half`, `file-empty`, `file-not-text`, `file-encoding`, `file-mixed-delimiter`,
   * `header-twice`, `file-unknown`. Nothing may be sealed before it has returned.
   */
  *read(path: string, format: Format, settings: ReadSettings, name: string, layout?: Layout): Generator<Batch> {
    const reading = new Reading({ path, name, settings, layout }, format)
    const fingerprint = this.#begin(reading)
    let told = 0
    for (const lines of readLines(path, name, reading.layout)) {
      while (lines.next()) {
        this.#line(lines, fingerprint, reading)
        if (this.#waiting.length >= waitingLimit || this.#waitingText >= waitingCharacters) yield* this.#placeWaiting(reading, lines.offset)
        if (reading.size >= this.#batchRows) yield reading.batch(lines.offset, this.summary.lines)
      }
      if (lines.offset - told < progressBytes) continue
      told = lines.offset
      yield reading.batch(told, this.summary.lines)
    }
    yield* this.#placeWaiting(reading, told)
    this.#refuseEmpty(name)
    if (reading.size > 0) yield reading.batch(told, this.summary.lines)
  }

  /** Loads the last take, unless it was read another way. */
  #begin({ layout: { header }, encoding }: Reading): Fingerprint {
    const { start, mark } = contextDigest({ ...this.#options, header })
    const { previous } = this.#options
    const last = previous === null ? null : unpack(previous)
    this.#mark = mark
    this.retaken = previous !== null && !last?.mark.every((word, at) => word === mark[at])
    if (last) {
      if (this.retaken) this.#lost = new LineSet(last.entries)
      else this.#known = new LineSet(last.entries)
    }
    this.#kept = new KeptLines(this.#known)
    return new Fingerprint(start, () => (encoding() === 'cp1252' ? 1252 : 8))
  }

  #line(lines: LogicalLines, fingerprint: Fingerprint, reading: Reading): void {
    const number = this.summary.lines++
    if (!lines.terminated) this.summary.tail = 'unterminated'
    if (lines.openQuote) throw half(reading.name, lines.line)
    if (number <= reading.layout.titles) this.summary.skipped[number < reading.layout.titles ? 'title' : 'header']++
    else if (lines.tooLong) this.#refuse(reading, tooLong(reading.name, lines.line))
    else if (lines.start === lines.end) this.summary.skipped.blank++
    else {
      fingerprint.of(lines.words, lines.start, lines.end)
      const index = this.#known.take(fingerprint.a, fingerprint.b, fingerprint.c)
      if (index >= 0) this.#old(index)
      else this.#unplaced(lines, fingerprint, reading)
    }
  }

  #old(index: number): void {
    this.#kept.keepOld(index)
    this.#count(this.#known.recordOf(index))
  }

  #count(record: number): void {
    if (isRecord(record)) this.summary.unchanged++
    else this.summary.skipped[skipReasonOf.get(record) ?? 'blank']++
  }

  /** Where the last take has a table of its lines (or none at all) it is known at once whether a line is new; else that shows at the end. */
  #unplaced(lines: LogicalLines, fingerprint: Fingerprint, reading: Reading): void {
    const { line, offset, terminated } = lines
    const unplaced = {
      slot: this.#kept.keepNew(fingerprint),
      text: reading.textOf(lines, fingerprint.beyondAscii),
      line,
      offset,
      terminated,
    }
    if (this.#known.isDecided) this.#new(unplaced, reading)
    else {
      this.#waiting.push(unplaced)
      this.#waitingText += unplaced.text.length
    }
  }

  /** Now that all others stand in their old places, a line is either found among those left over or new. */
  *#placeWaiting(reading: Reading, bytes: number): Generator<Batch> {
    for (const unplaced of this.#waiting) {
      const record = this.#kept.foundAgain(unplaced.slot)
      if (record === null) this.#new(unplaced, reading)
      else this.#count(record)
      if (reading.size >= this.#batchRows) yield reading.batch(bytes, this.summary.lines)
    }
    this.#waiting = []
    this.#waitingText = 0
  }

  #new({ slot, text, line, offset, terminated }: Unplaced, reading: Reading): void {
    const { cells, strayQuotes } = cellsOf(text, reading.layout.delimiter)
    this.summary.strayQuotes += strayQuotes
    const read = reading.reader.read(cells, line, offset)
    if ('problem' in read) {
      if (!terminated && cells.length < reading.layout.header.length) throw half(reading.name, line)
      this.#refuse(reading, read.problem)
    } else if ('skip' in read) {
      this.summary.skipped[read.skip]++
      this.#kept.assign(slot, skippedIds[read.skip])
    } else {
      this.summary.fresh++
      reading.addRow(Object.assign(read.row, { slot }))
    }
  }

  #refuse(reading: Reading, trouble: Problem): void {
    this.summary.refused++
    reading.addProblem(trouble)
  }

  #refuseEmpty(file: string): void {
    const { unchanged, fresh, refused } = this.summary
    if (unchanged + fresh + refused === 0) throw new Trouble(problem('file-empty', { file }, { file }))
  }

  /** The record this new row became (1 … 2³² − 257). A row without one is read again next time. */
  assign(slot: number, record: number): void {
    this.#kept.assign(slot, record)
  }

  /** No line of this record is remembered: its rows are read again next time (two rows claimed one key). */
  refuse(record: number): void {
    this.#kept.refuse(record)
  }

  /** The record of every line that is no longer there, once for each occurrence (a changed line's old text counts). */
  *vanished(): Generator<number> {
    yield* this.#known.left()
    yield* this.#lost.left()
  }

  /** Records that had a line in the last take and have none now, each once: call it when every new row was assigned. */
  gone(): Generator<number> {
    return this.#kept.gone(this.vanished())
  }

  /** True when a line that was already there at the last take still stands for this record; a new row with its key would be the second. */
  stillHeld(): (record: number) => boolean {
    return this.#kept.stillHeld()
  }

  /** What to keep for the next take: 16 bytes per remembered line and a head of 32. */
  pack(): Uint8Array {
    return this.#kept.pack(this.#mark)
  }
}

const half = (file: string, line: number): Trouble => new Trouble(problem('file-half', { file, line }, { file, line }))

const tooLong = (file: string, line: number): Problem => problem('row-too-long', { line, limit: lineLimit }, { file, line })
