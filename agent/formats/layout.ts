/** How a file is laid out, from its first 64 KB: characters, delimiter, titles, header. Decided once per file and never per row. */
import { closeSync, openSync, readSync } from 'node:fs'
import { type Problem, problem } from '../../shared/problem.ts'
import { sepHint, sniffDelimiter } from './delimiter.ts'
import { bomOf, type Encoding, Utf8Check, wholeCharacters } from './encoding.ts'
import { findHeader } from './find-header.ts'
import type { ReadSettings } from './format.ts'
import { tokenizeBytes } from './tokenize.ts'
import { Utf16ToUtf8 } from './utf16.ts'
import { plainCell } from './workbook/marks.ts'

export type Layout = {
  encoding: Encoding
  /** Bytes of the BOM, or 0. */
  bom: number
  delimiter: string
  header: readonly string[] | null
  /** Logical lines above the header (titles, `sep=`, blanks), and their cells. */
  titles: number
  above: readonly (readonly string[])[]
  /** Rows behind the header within the sample. */
  rows: readonly (readonly string[])[]
}

const sampleBytes = 1 << 16

/** Reads the start of a file. `known` are the comparable header names of every format that may claim it. */
export function layoutOf(path: string, name: string, settings: ReadSettings, known: ReadonlySet<string>): Layout | Problem {
  const { bytes, whole } = firstBytes(path)
  return layoutOfBytes(bytes, whole, name, settings, known)
}

/** The same from bytes; `whole` says that nothing follows them. */
export function layoutOfBytes(
  bytes: Buffer,
  whole: boolean,
  file: string,
  settings: ReadSettings,
  known: ReadonlySet<string>,
): Layout | Problem {
  const bom = bomOf(bytes)
  if (bom?.encoding === 'utf-16be') return problem('file-encoding', { file, encoding: 'utf-16be', offset: 0 }, { file })
  const encoding = settings.encoding === 'auto' ? (bom?.encoding ?? guess(bytes, whole)) : settings.encoding
  if (encoding !== 'utf-16le' && bytes.includes(0)) return problem('file-not-text', { file }, { file })
  const skip = bom?.encoding === encoding ? bom.length : 0
  const text = asUtf8(bytes.subarray(skip), encoding)
  if (text === null) return problem('file-encoding', { file, encoding, offset: skip }, { file })
  const sample = whole ? text : wholeLines(text)
  const delimiter = settings.delimiter === 'auto' ? sniffDelimiter(sample, known, file) : settings.delimiter
  if (typeof delimiter !== 'string') return delimiter
  return {
    encoding,
    bom: skip,
    delimiter,
    ...headerIn(tokensOf(sample, delimiter, encoding, settings), sepHint(sample) !== null ? 1 : 0, known),
  }
}

function tokensOf(sample: Buffer, delimiter: string, encoding: Encoding, { merged }: ReadSettings): string[][] {
  const tokens = [...tokenizeBytes(sample, { delimiter, encoding: encoding === 'cp1252' ? 'cp1252' : 'utf-8' })]
  return tokens.map(({ cells }) => (merged ? cells.map(plainCell) : cells))
}

function headerIn(
  cells: readonly (readonly string[])[],
  hinted: number,
  known: ReadonlySet<string>,
): Pick<Layout, 'header' | 'titles' | 'above' | 'rows'> {
  const found = findHeader(cells.slice(hinted), known)
  const titles = found === null ? 0 : found + hinted
  const header = found === null ? null : (cells[titles] ?? null)
  return { header, titles, above: cells.slice(hinted, titles), rows: cells.slice(found === null ? 0 : titles + 1) }
}

function firstBytes(path: string): { bytes: Buffer; whole: boolean } {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(sampleBytes)
    let count = 0
    for (let read = -1; read !== 0 && count < bytes.length; count += read) read = readSync(file, bytes, count, bytes.length - count, null)
    return { bytes: bytes.subarray(0, count), whole: count < sampleBytes }
  } finally {
    closeSync(file)
  }
}

function guess(bytes: Buffer, whole: boolean): Encoding {
  const check = new Utf8Check()
  check.add(whole ? bytes : bytes.subarray(0, wholeCharacters(bytes)))
  return check.end() ? 'utf-8' : 'cp1252'
}

/** The sample in the bytes the tokenizer reads; null when it is not UTF-16 after all. */
function asUtf8(bytes: Buffer, encoding: Encoding): Buffer | null {
  if (encoding !== 'utf-16le') return bytes
  try {
    return new Utf16ToUtf8().add(bytes)
  } catch {
    // The decoder says only that it could not; the refusal names the encoding that was expected.
    return null
  }
}

/** Without the line the sample cut in two. A first line longer than the sample stays as it is. */
function wholeLines(bytes: Buffer): Buffer {
  const last = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13))
  return last < 0 ? bytes : bytes.subarray(0, last + 1)
}
