/**
 * Bytes become logical lines: a line break inside quotes belongs to the field, everything else ends the line. This is the one place that
 * decides where a line ends; tokenizer and rescan both read through it, so they can never disagree.
 *
 * RFC 4180 first: a quote opens a field only at its start. A quote anywhere else is text. CR, LF and CRLF may be mixed.
 * The bytes must be an ASCII superset (UTF-8, cp1252); UTF-16 is turned into UTF-8 before it comes here.
 */
const LF = 10
const CR = 13
const QUOTE = 34
const CTRL_Z = 26

/** Longer lines are refused without being kept; a missing quote would otherwise swallow the file into memory. */
export const lineLimit = 1 << 20

const firstCapacity = 1 << 18

// Where in a field the reader stands.
const fieldStart = 0
const plain = 1
const quoted = 2
/** Just behind a quote inside a quoted field: another one means a quote, a delimiter the end of the field. */
const closing = 3

export type LineOptions = {
  delimiter: string
  limit?: number
  /** How many bytes of the file a range of the buffer stood for; for files that were transcoded. */
  width?: (buffer: Buffer, start: number, end: number) => number
  /** Offset in the file of the first byte (a BOM before it). */
  offset?: number
}

/**
 * A cursor over logical lines. Fill `room()`, say how much came with `filled(n)`, then call `next()` until it answers false; after the last
 * bytes call `finish()` and `next()` again. The current line is `buffer[start, end)`, valid until the next call of `room()`.
 */
export class LogicalLines {
  buffer: Buffer = Buffer.allocUnsafeSlow(firstCapacity)
  /** The same bytes, for reading four at a time. */
  words: DataView = wordsOf(this.buffer)
  start = 0
  end = 0
  /** Number of the first physical line of the current logical line, from 1. */
  line = 0
  /** Byte offset of the current line in the file. */
  offset = 0
  /** The current line was longer than the limit; its content was not kept. */
  tooLong = false
  /** False only for a last line without a line end. */
  terminated = true
  /** The file ended inside quotes: the current line is not whole. */
  openQuote = false
  /** Offset (in the bytes given) of the first NUL, or -1: this is no text. */
  nulAt = -1

  readonly #delimiter: number
  readonly #limit: number
  readonly #width: LineOptions['width']
  #view: Buffer = this.buffer.subarray(0, 0)
  #from = 0
  #at = 0
  #state = fieldStart
  /** Line breaks inside the current logical line. */
  #breaks = 0
  #nextLine = 1
  #lineOffset: number
  #readOffset: number
  #dropped = 0
  #nextQuote = -1
  #given = 0
  #finished = false

  constructor({ delimiter, limit = lineLimit, width, offset = 0 }: LineOptions) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#limit = limit
    this.#width = width
    this.#lineOffset = offset
    this.#readOffset = offset
  }

  /** Free space to read into. Moves the unfinished line to the front, so earlier lines are gone. */
  room(): Buffer {
    const kept = this.#view.length - this.#from
    if (kept > this.buffer.length / 2) this.#grow()
    else this.buffer.copyWithin(0, this.#from, this.#view.length)
    this.#at -= this.#from
    this.#from = 0
    this.#view = this.buffer.subarray(0, kept)
    return this.buffer.subarray(kept)
  }

  #grow(): void {
    const wider = Buffer.allocUnsafeSlow(this.buffer.length * 2)
    this.#view.copy(wider, 0, this.#from)
    this.buffer = wider
    this.words = wordsOf(wider)
  }

  /** `count` bytes were put into `room()`. */
  filled(count: number): void {
    const before = this.#view.length
    this.#view = this.buffer.subarray(0, before + count)
    const nul = this.nulAt < 0 ? this.#view.indexOf(0, before) : -1
    if (nul >= 0) this.nulAt = this.#given + nul - before
    this.#given += count
    this.#nextQuote = this.#seek(QUOTE, this.#from)
  }

  /** No more bytes will come. A trailing Ctrl-Z (DOS end of file) is no content. */
  finish(): void {
    let end = this.#view.length
    while (end > this.#from && this.buffer[end - 1] === CTRL_Z) end--
    this.#view = this.buffer.subarray(0, end)
    if (this.#at > end) this.#at = end
    this.#finished = true
  }

  /** Goes to the next whole line; false when more bytes are needed or the file is at its end. */
  next(): boolean {
    if (this.#from >= this.#view.length && this.#dropped === 0) return false
    return this.#state === fieldStart && this.#at === this.#from && this.#dropped === 0 ? this.#quick() : this.#careful()
  }

  /**
   * From field to field where everything is as RFC 4180 has it: plain runs sixteen bytes at a time, quoted fields in one loop. Whatever is not
   * (a stray quote, bytes that run out) is left to the careful walk, which begins at the start of the line again.
   */
  #quick(): boolean {
    const { buffer } = this
    const filled = this.#view.length
    let at = this.#from
    while (at >= 0) {
      if (buffer[at] === QUOTE) at = this.#behindQuoted(at + 1)
      else if (buffer[at] === this.#delimiter && buffer[at + 1] === QUOTE && at + 1 < filled) at++
      else {
        if (this.#nextQuote < at) this.#nextQuote = this.#seek(QUOTE, at)
        const end = this.#lineEnd(at, this.#nextQuote)
        if (end < this.#nextQuote) return this.#endAt(end)
        at = end < filled && buffer[end - 1] === this.#delimiter ? end : -1
      }
    }
    this.#breaks = 0
    return this.#careful()
  }

  /** The first such byte from `from` on, or the end of what is there. */
  #seek(byte: number, from: number): number {
    const at = this.#view.indexOf(byte, from)
    return at < 0 ? this.#view.length : at
  }

  /** Behind the closing quote of a field whose inside begins at `from`; -1 when the bytes run out before that is known. */
  #behindQuoted(from: number): number {
    const { buffer } = this
    const last = this.#view.length - 1
    for (let at = from; at < last; at++) {
      const byte = buffer[at] as number
      if (byte === QUOTE) {
        if (buffer[at + 1] !== QUOTE) return at + 1
        at++
      } else if (byte <= CR && (byte === LF || byte === CR)) this.#countBreak(at)
    }
    return -1
  }

  /** The first CR or LF from `from` on and before `limit`, else `limit`. A native search per line would cost more than this loop. */
  #lineEnd(from: number, limit: number): number {
    const { buffer, words } = this
    let at = from
    for (const last = limit - 16; at <= last; at += 16) {
      const low =
        below32(words.getInt32(at, true)) |
        below32(words.getInt32(at + 4, true)) |
        below32(words.getInt32(at + 8, true)) |
        below32(words.getInt32(at + 12, true))
      if ((low & 0x80808080) === 0) continue
      // A line end, or a tab.
      for (let byte = at; byte < at + 16; byte++) if (buffer[byte] === LF || buffer[byte] === CR) return byte
    }
    while (at < limit && buffer[at] !== LF && buffer[at] !== CR) at++
    return at
  }

  /** Byte by byte, and able to go on where the bytes ran out. */
  #careful(): boolean {
    const { buffer } = this
    const delimiter = this.#delimiter
    const filled = this.#view.length
    let at = this.#at
    let state = this.#state
    scan: while (at < filled) {
      if (state === quoted) {
        // The inside of a quoted field, in one tight loop: most bytes of a fully quoted file pass here.
        let byte = buffer[at]
        while (byte !== QUOTE) {
          if (byte === LF || byte === CR) this.#countBreak(at)
          if (++at >= filled) break scan
          byte = buffer[at]
        }
        state = closing
        at++
        continue
      }
      const byte = buffer[at] as number
      if (byte === delimiter) state = fieldStart
      else if (byte === QUOTE) state = state === plain ? plain : quoted
      else if (byte === LF || byte === CR) break
      else state = plain
      at++
    }
    this.#at = at
    this.#state = state
    if (at < filled) return this.#endAt(at)
    return this.#finished ? this.#endOfFile() : this.#needMore()
  }

  #countBreak(at: number): void {
    const previous = at > 0 ? this.buffer[at - 1] : 0
    if (this.buffer[at] === CR || previous !== CR) this.#breaks++
  }

  #needMore(): false {
    const length = this.#view.length - this.#from
    if (length > this.#limit || this.#dropped > 0) this.#drop(length)
    return false
  }

  /** Too long to keep: forget the bytes (but the last, which a CRLF may straddle), remember where they ended. */
  #drop(length: number): void {
    if (length <= 1) return
    this.#readOffset += this.#widthOf(this.#from, this.#from + length - 1)
    this.#dropped += length - 1
    this.#from += length - 1
  }

  #widthOf(start: number, end: number): number {
    return this.#width ? this.#width(this.buffer, start, end) : end - start
  }

  #endAt(end: number): boolean {
    const filled = this.#view.length
    // A CR at the end of what is there may be the first half of a CRLF.
    if (this.buffer[end] === CR && end + 1 >= filled && !this.#finished) {
      this.#at = end
      return this.#needMore()
    }
    const after = this.buffer[end] === CR && end + 1 < filled && this.buffer[end + 1] === LF ? end + 2 : end + 1
    this.terminated = true
    return this.#give(end, after)
  }

  #endOfFile(): boolean {
    const filled = this.#view.length
    if (filled === this.#from && this.#dropped === 0) return false
    this.terminated = false
    this.openQuote = this.#state === quoted
    return this.#give(filled, filled)
  }

  #give(end: number, after: number): true {
    this.tooLong = this.#dropped > 0 || end - this.#from > this.#limit
    this.start = this.tooLong ? end : this.#from
    this.end = end
    this.line = this.#nextLine
    this.offset = this.#lineOffset
    this.#readOffset += this.#widthOf(this.#from, after)
    this.#lineOffset = this.#readOffset
    this.#nextLine += this.#breaks + 1
    this.#from = after
    this.#at = after
    this.#state = fieldStart
    this.#breaks = 0
    this.#dropped = 0
    return true
  }
}

const wordsOf = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.length)

/** The top bits say whether one of the four bytes is below 0x20 (Sean Anderson, Bit Twiddling Hacks, “a word has a byte less than n”). */
const below32 = (word: number): number => (word - 0x20202020) & ~word
