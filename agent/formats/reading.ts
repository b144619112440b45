/** What one reading of a file needs beside its lines: its layout, its columns, and the rows and problems waiting to be handed on. */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import { decoderOf, type Encoding } from './encoding.ts'
import type { Format, ReadSettings, Row } from './format.ts'
import { knownNames } from './identify.ts'
import { formatsFor } from './index.ts'
import { type Layout, layoutOf } from './layout.ts'
import type { LogicalLines } from './lines.ts'
import { wholeEncoding } from './read-file.ts'
import { RowReader } from './rows.ts'

/** A new row and the slot through which its record id comes back (`assign`). */
export type NewRow = Row & { slot: number }

/** At most 1,000 new rows and problems; `bytes` and `lines` say how far the file is read (for progress). */
export type Batch = { rows: NewRow[]; problems: Problem[]; bytes: number; lines: number }

export type Source = {
  path: string
  /** What a person calls it. */
  name: string
  settings: ReadSettings
  /** What `identify` found, if at hand. */
  layout?: Layout | undefined
}

type WithHeader = Layout & { header: readonly string[] }

export class Reading {
  readonly layout: WithHeader
  readonly reader: RowReader
  /** Of the whole file; asked only where a line is not ASCII. */
  readonly encoding: () => Encoding
  readonly name: string
  #rows: NewRow[] = []
  #problems: Problem[] = []

  constructor(source: Source, format: Format) {
    this.layout = layoutWithHeader(source)
    this.reader = new RowReader(format, source.settings, this.layout.header, source.name, this.layout.above)
    this.encoding = once(() => wholeEncoding(source.path, source.name, this.layout, source.settings.encoding))
    this.name = source.name
  }

  get size(): number {
    return this.#rows.length + this.#problems.length
  }

  addRow(row: NewRow): void {
    this.#rows.push(row)
  }

  addProblem(trouble: Problem): void {
    this.#problems.push(trouble)
  }

  textOf({ buffer, start, end }: LogicalLines, beyondAscii: boolean): string {
    return beyondAscii ? decoderOf(this.encoding())(buffer, start, end) : buffer.toString('latin1', start, end)
  }

  /** Hands over what waits. */
  batch(bytes: number, lines: number): Batch {
    const batch = { rows: this.#rows, problems: this.#problems, bytes, lines }
    this.#rows = []
    this.#problems = []
    return batch
  }
}

/** A header beyond ASCII is read in the encoding of the whole file, not of its start. */
function layoutWithHeader(source: Source): WithHeader {
  const layout = headed(source)
  if (isAscii(layout.header.join(''))) return layout
  const encoding = wholeEncoding(source.path, source.name, layout, source.settings.encoding)
  return headed({ ...source, layout: undefined, settings: { ...source.settings, encoding } })
}

function headed({ path, name, settings, layout }: Source): WithHeader {
  const found = layout ?? layoutOf(path, name, settings, knownNames(formatsFor(settings)))
  if ('code' in found) throw new Trouble(found)
  const { header } = found
  if (header === null) throw new Trouble(problem('file-unknown', { file: name, suggestion: 'no-header' }, { file: name }))
  return { ...found, header }
}

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length

function once<T>(work: () => T): () => T {
  let done: { value: T } | null = null
  return () => {
    done ??= { value: work() }
    return done.value
  }
}
