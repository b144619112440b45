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

/** 12 bytes to start the lanes from, 16 that name the context. */
export function contextDigest({ seed, formatId, settingsVersion, header }: FingerprintContext): { start: Uint32Array; mark: Uint32Array } {
  const digest = createHash('sha256')
    .update(seed)
    .update(JSON.stringify([readerVersion, formatId, settingsVersion, header]))
    .digest()
  const words = new Uint32Array(Uint8Array.from(digest).buffer)
  return { start: words.subarray(0, 3), mark: words.subarray(3, 7) }
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
    let seen = 0
    let at = start
    for (const last = end - 3; at < last; at += 4) {
      const word = view.getInt32(at, true)
      seen |= word
      a = (a + Math.imul(word, 0x85ebca77)) | 0
      a = Math.imul((a << 13) | (a >>> 19), 0x9e3779b1)
      b = (b + Math.imul(word, 0xc2b2ae3d)) | 0
      b = Math.imul((b << 15) | (b >>> 17), 0x27d4eb2f)
      c = (c + Math.imul(word, 0x165667b1)) | 0
      c = Math.imul((c << 11) | (c >>> 21), 0x85ebca6b)
    }
    let tail = 0
    for (let shift = 0; at < end; at++, shift += 8) tail |= view.getUint8(at) << shift
    this.beyondAscii = ((seen | tail) & 0x80808080) !== 0
    const mark = this.beyondAscii ? this.#encodingMark() : 0
    const length = end - start
    this.a = settle(Math.imul(a ^ tail, 0xc2b2ae3d) ^ length ^ mark)
    this.b = settle(Math.imul(b ^ tail, 0x85ebca77) ^ Math.imul(length, 0x9e3779b1) ^ mark)
    this.c = settle(Math.imul(c ^ tail, 0x27d4eb2f) ^ Math.imul(length, 0x165667b1) ^ mark)
  }
}

/** The final mix of MurmurHash3: every bit comes to depend on every other. */
function settle(lane: number): number {
  let h = lane ^ (lane >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
