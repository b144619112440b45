/** A stream of chunks becomes logical lines with their cells: the tokenizer. Chunks may end anywhere, also inside a character or a CRLF. */
import { problem, Trouble } from '../../shared/problem.ts'
import { type Cells, cellsOf } from './cells.ts'
import { type Decode, decoderOf, type Encoding, utf16Width } from './encoding.ts'
import { LogicalLines } from './lines.ts'
import { Utf16ToUtf8 } from './utf16.ts'

/** A logical line: its cells, the physical line it starts on (from 1) and its byte offset in the file. */
export type Token = Cells & { line: number; offset: number; tooLong: boolean; terminated: boolean; openQuote: boolean }

export type TokenizeOptions = {
  delimiter: string
  encoding: Encoding /** Bytes of a BOM, already cut off. */
  bom?: number
  limit?: number
}

/**
 * Yields every logical line, empty ones too. A line over the limit comes with `tooLong` and no cells; a file that ends inside quotes gives its
 * last line with `openQuote`. Throws Trouble `file-not-text` at a NUL byte.
 */
export async function* tokenize(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options: TokenizeOptions): AsyncGenerator<Token> {
  const tokens = new Tokens(options)
  for await (const chunk of chunks) yield* tokens.add(chunk)
  yield* tokens.end()
}

/** The same for bytes that are all there. */
export function* tokenizeBytes(bytes: Uint8Array, options: TokenizeOptions): Generator<Token> {
  const tokens = new Tokens(options)
  yield* tokens.add(bytes)
  yield* tokens.end()
}

class Tokens {
  readonly #lines: LogicalLines
  readonly #decode: Decode
  readonly #delimiter: string
  readonly #utf16: Utf16ToUtf8 | null

  constructor({ delimiter, encoding, bom = 0, limit }: TokenizeOptions) {
    const wide = encoding === 'utf-16le'
    this.#lines = new LogicalLines({ delimiter, offset: bom, ...(limit && { limit }), ...(wide && { width: utf16Width }) })
    this.#decode = decoderOf(encoding)
    this.#delimiter = delimiter
    this.#utf16 = wide ? new Utf16ToUtf8() : null
  }

  *add(chunk: Uint8Array): Generator<Token> {
    yield* this.#give(this.#utf16 ? this.#utf16.add(chunk) : chunk)
  }

  *end(): Generator<Token> {
    if (this.#utf16) yield* this.#give(this.#utf16.end())
    this.#lines.finish()
    yield* this.#whole()
  }

  *#give(bytes: Uint8Array): Generator<Token> {
    for (let at = 0; at < bytes.length; ) {
      const room = this.#lines.room()
      const part = bytes.subarray(at, at + room.length)
      room.set(part)
      this.#lines.filled(part.length)
      if (this.#lines.nulAt >= 0) throw new Trouble(problem('file-not-text', { file: '', offset: this.#lines.nulAt }))
      yield* this.#whole()
      at += part.length
    }
  }

  *#whole(): Generator<Token> {
    const lines = this.#lines
    while (lines.next()) {
      const { line, offset, tooLong, terminated, openQuote } = lines
      const cells = tooLong ? { cells: [], strayQuotes: 0 } : cellsOf(this.#decode(lines.buffer, lines.start, lines.end), this.#delimiter)
      yield { ...cells, line, offset, tooLong, terminated, openQuote }
    }
  }
}
