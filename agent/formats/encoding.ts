/** Which characters the bytes are: BOM, else valid UTF-8, else cp1252 (erp-files.md E). A guess is only ever made for a whole file, never for a cell. */
import { isUtf8 } from 'node:buffer'
import type { ReadSettings } from './format.ts'

export type Encoding = Exclude<ReadSettings['encoding'], 'auto'>

/** What the first bytes say; null without a BOM. 'utf-16be' is known so that it can be refused by name. */
export function bomOf(bytes: Uint8Array): { encoding: Encoding | 'utf-16be'; length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}

/** Length without a multi-byte character that the end of the chunk cut in two. */
export function wholeCharacters(bytes: Uint8Array): number {
  const { length } = bytes
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] as number
    if (byte < 0x80) return length
    if (byte >= 0xc0) return needs(byte) > back ? length - back : length
  }
  return length
}

const needs = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2)

/** Is a stream of chunks UTF-8? Feed all of it; `badAt` is the offset of the first chunk part that is not, or -1. */
export class Utf8Check {
  badAt = -1
  #seen = 0
  #rest: Uint8Array = new Uint8Array(0)

  add(chunk: Uint8Array): void {
    if (this.badAt >= 0) return
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const whole = wholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) this.badAt = this.#seen + firstBad(bytes)
    this.#seen += whole
    this.#rest = Uint8Array.from(bytes.subarray(whole))
  }

  /** True when everything fed was UTF-8 and no character was left half. */
  end(): boolean {
    if (this.badAt < 0 && this.#rest.length > 0) this.badAt = this.#seen
    return this.badAt < 0
  }
}

/** Halves the range until one place is left; only called on the way to a refusal. */
function firstBad(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const whole = wholeCharacters(bytes.subarray(0, middle))
    if (whole > good && isUtf8(bytes.subarray(0, whole))) good = whole
    else if (whole <= good) break
    else bad = middle
  }
  return good
}

/** How bytes 0x80–0x9f read in windows-1252 (WHATWG table: what it leaves open stays a control character). */
const cp1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const differing = /[\x80-\x9f]/g

/** Bytes of one whole line to text. UTF-16 never arrives here: it was turned into UTF-8 on the way in. */
export type Decode = (buffer: Buffer, start: number, end: number) => string

export const decoderOf = (encoding: Encoding): Decode =>
  encoding === 'cp1252'
    ? (buffer, start, end) => buffer.toString('latin1', start, end).replace(differing, (c) => cp1252[c.charCodeAt(0) - 0x80] as string)
    : (buffer, start, end) => buffer.toString('utf8', start, end)

/** UTF-16 units a range of UTF-8 stands for, in bytes: what the file itself used. */
export function utf16Width(buffer: Buffer, start: number, end: number): number {
  let units = 0
  for (let at = start; at < end; at++) {
    const byte = buffer[at] as number
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1
  }
  return units * 2
}
