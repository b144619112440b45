/**
 * The fingerprint of a line: 96 bits, seeded per ledger, over (format, settings, header, line). Not for security: two different lines must
 * not meet by accident. Each lane is the round of xxHash32 (public specification) with its own primes and rotation, four bytes at a time.
 */
import { createHash } from 'node:crypto'

export type FingerprintContext = {
  /** Random bytes of this ledger, made once. */
  seed: Uint8Array
  formatId: string
  settingsVersion: string
  /** The header row's cells as found: another order or name means other lines. */
  header: readonly string[]
}

/** Raised when the way rows are read changes, so that every line is read again once. */
const readerVersion = 1

/** Four words to start the lanes from, four that name the context. */
export function contextDigest({ seed, formatId, settingsVersion, header }: FingerprintContext): { start: Uint32Array; mark: Uint32Array } {
  const digest = createHash('sha256')
    .update(seed)
    .update(JSON.stringify([readerVersion, formatId, settingsVersion, header]))
    .digest()
  const words = new Uint32Array(Uint8Array.from(digest).buffer)
  return { start: words.subarray(0, 4), mark: words.subarray(4, 8) }
}

/** Computes fingerprints; the last one is in `a`, `b`, `c` (no object per line). */
export class Fingerprint {
  a = 0
  b = 0
  c = 0
  /** The last line held a byte beyond ASCII. */
  beyondAscii = false
  readonly #start: Uint32Array
  readonly #encodingMark: () => number

  /** `encodingMark` is asked for lines beyond ASCII only: those mean something else in another encoding, the others do not. */
  constructor(start: Uint32Array, encodingMark: () => number) {
    this.#start = start
    this.#encodingMark = encodingMark
  }

  /** Of the bytes [start, end) behind `view`. */
  of(view: DataView, start: number, end: number): void {
    let a = this.#start[0] as number
    let b = this.#start[1] as number
    let c = this.#start[2] as number
    let d = this.#start[3] as number
    let seen = 0
    let at = start
    for (const last = end - 16; at <= last; at += 16) {
      const first = view.getInt32(at, true)
      const second = view.getInt32(at + 4, true)
      const third = view.getInt32(at + 8, true)
      const fourth = view.getInt32(at + 12, true)
      seen |= first | second | third | fourth
      a = turn(a ^ mix1(first), 19) + b
      a = (Math.imul(a, 5) + 0x561ccd1b) | 0
      b = turn(b ^ mix2(second), 17) + c
      b = (Math.imul(b, 5) + 0x0bcaa747) | 0
      c = turn(c ^ mix3(third), 15) + d
      c = (Math.imul(c, 5) + 0x96cd1c35) | 0
      d = turn(d ^ mix4(fourth), 13) + a
      d = (Math.imul(d, 5) + 0x32ac3b17) | 0
    }
    // Up to 15 bytes are left; what is missing of their 16 counts as zero.
    const first = rest(view, at, end)
    const second = rest(view, at + 4, end)
    const third = rest(view, at + 8, end)
    const fourth = rest(view, at + 12, end)
    this.beyondAscii = ((seen | first | second | third | fourth) & 0x80808080) !== 0
    this.#finish(a ^ mix1(first), b ^ mix2(second), c ^ mix3(third), d ^ mix4(fourth), end - start)
  }

  /** Every lane comes to depend on every other. */
  #finish(a: number, b: number, c: number, d: number, length: number): void {
    const encoding = this.beyondAscii ? this.#encodingMark() : 0
    const last = d ^ length ^ encoding
    const sum = ((a ^ length) + (b ^ length) + (c ^ length) + last) | 0
    const first = settle(sum)
    const second = settle(((b ^ length) + sum) | 0)
    const third = settle(((c ^ length) + sum) | 0)
    const all = (first + second + third + settle((last + sum) | 0)) | 0
    this.a = all >>> 0
    this.b = (second + all) >>> 0
    this.c = (third + all) >>> 0
  }
}

const turn = (word: number, by: number): number => (word << by) | (word >>> (32 - by))
const mix1 = (word: number): number => Math.imul(turn(Math.imul(word, 0x239b961b), 15), 0xab0e9789)
const mix2 = (word: number): number => Math.imul(turn(Math.imul(word, 0xab0e9789), 16), 0x38b34ae5)
const mix3 = (word: number): number => Math.imul(turn(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93)
const mix4 = (word: number): number => Math.imul(turn(Math.imul(word, 0xa1e38b93), 18), 0x239b961b)

/** The word at `at`, as far as it lies before `end`. */
function rest(view: DataView, at: number, end: number): number {
  if (at + 4 <= end) return view.getInt32(at, true)
  let word = 0
  for (let shift = 0; at < end; at++, shift += 8) word |= view.getUint8(at) << shift
  return word
}

/** The final mix of MurmurHash3: every bit comes to depend on every other. */
function settle(lane: number): number {
  let h = lane ^ (lane >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
