/** A file on disk, read synchronously into logical lines with one reused buffer (for the writer worker, which has nothing else to do meanwhile). */
import { closeSync, openSync, readSync } from 'node:fs'
import { problem, Trouble } from '../../shared/problem.ts'
import { type Encoding, Utf8Check, utf16Width } from './encoding.ts'
import type { ReadSettings } from './format.ts'
import type { Layout } from './layout.ts'
import { LogicalLines } from './lines.ts'
import { Utf16ToUtf8 } from './utf16.ts'

/**
 * Calls back nothing: yields the cursor once for each piece of file that was read, so the caller can step through `next()` itself (a
 * generator step per line would cost more than the line). Throws Trouble `file-not-text` at a NUL byte.
 */
export function* readLines(path: string, name: string, { delimiter, encoding, bom }: Layout): Generator<LogicalLines> {
  const wide = encoding === 'utf-16le'
  const lines = new LogicalLines({ delimiter, offset: bom, ...(wide && { width: utf16Width }) })
  const file = openSync(path, 'r')
  try {
    for (const _ of wide ? transcoded(file, bom, lines) : plain(file, bom, lines)) {
      if (lines.nulAt >= 0) throw new Trouble(problem('file-not-text', { file: name, offset: lines.nulAt + bom }, { file: name }))
      yield lines
    }
    lines.finish()
    yield lines
  } finally {
    closeSync(file)
  }
}

function* plain(file: number, bom: number, lines: LogicalLines): Generator<void> {
  let position = bom
  for (;;) {
    const room = lines.room()
    const count = readSync(file, room, 0, room.length, position)
    if (count === 0) return
    position += count
    lines.filled(count)
    yield
  }
}

function* transcoded(file: number, bom: number, lines: LogicalLines): Generator<void> {
  const utf8 = new Utf16ToUtf8()
  const chunk = Buffer.allocUnsafe(1 << 16)
  let position = bom
  for (let count = -1; count !== 0; position += count) {
    count = readSync(file, chunk, 0, chunk.length, position)
    const bytes = count === 0 ? utf8.end() : utf8.add(chunk.subarray(0, count))
    for (let at = 0; at < bytes.length; ) {
      const room = lines.room()
      const part = bytes.subarray(at, at + room.length)
      room.set(part)
      lines.filled(part.length)
      at += part.length
      yield
    }
  }
}

/**
 * The encoding of the whole file, not only of its start: one byte far down decides between UTF-8 and cp1252. Throws Trouble `file-encoding`
 * when a pinned (or marked) UTF-8 file is not UTF-8.
 */
export function wholeEncoding(path: string, name: string, layout: Layout, wanted: ReadSettings['encoding']): Encoding {
  if (wanted === 'cp1252' || layout.encoding === 'utf-16le') return layout.encoding
  const badAt = notUtf8At(path, layout.bom)
  if (badAt < 0) return 'utf-8'
  if (wanted === 'auto' && layout.bom === 0) return 'cp1252'
  throw new Trouble(problem('file-encoding', { file: name, encoding: 'utf-8', offset: badAt }, { file: name }))
}

function notUtf8At(path: string, bom: number): number {
  const check = new Utf8Check()
  const chunk = Buffer.allocUnsafeSlow(1 << 18)
  const file = openSync(path, 'r')
  try {
    for (let count = -1, at = bom; count !== 0 && check.badAt < 0; at += count) {
      count = readSync(file, chunk, 0, chunk.length, at)
      check.add(chunk.subarray(0, count))
    }
    return check.end() ? -1 : check.badAt + bom
  } finally {
    closeSync(file)
  }
}
