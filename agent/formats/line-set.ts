/**
 * What the last sealed take held: one 16-byte entry per line (fingerprint, record id), in the order of the file. A multiset: two equal lines
 * are two entries, and one of them may vanish.
 */

/** Words per entry: three of fingerprint, one of record id. */
export const entryWords = 4

const magic = 0x31464254 // “TBF1”, little end first
/** magic, number of entries, four words that name the context. Two more stay free. */
const headWords = 8

/** Entries that stand for a line that holds no record: what was skipped stays skipped without being read again. Far above any record id. */
export const skippedIds = { title: 0xffffff01, header: 0xffffff02, total: 0xffffff03, blank: 0xffffff04 } as const
export const firstSkippedId = 0xffffff00
export const skipReasonOf: ReadonlyMap<number, keyof typeof skippedIds> = new Map(
  Object.entries(skippedIds).map(([why, id]) => [id, why as keyof typeof skippedIds]),
)

/** Entries and the mark of their context; null when the bytes are none of ours. */
export function unpack(packed: Uint8Array): { mark: Uint32Array; entries: Uint32Array } | null {
  const words = asWords(packed)
  if (words[0] !== magic || words.length !== headWords + (words[1] as number) * entryWords) return null
  return { mark: words.subarray(2, 6), entries: words.subarray(headWords) }
}

/** A database may hand over bytes that start anywhere; words want a multiple of four. */
function asWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2)
}

/** Room for `count` entries with their head written; the caller fills `entries`. */
export function newPack(mark: Uint32Array, count: number): { bytes: Uint8Array; entries: Uint32Array } {
  const words = new Uint32Array(headWords + count * entryWords)
  words[0] = magic
  words[1] = count
  words.set(mark, 2)
  return { bytes: new Uint8Array(words.buffer), entries: words.subarray(headWords) }
}

/** The bytes of the first `count` entries of a pack made for more. */
export function shorten(bytes: Uint8Array, count: number): Uint8Array {
  const words = new Uint32Array(bytes.buffer, 0, headWords)
  words[1] = count
  return bytes.subarray(0, (headWords + count * entryWords) * 4)
}

/** How far ahead a line is looked for where lines were left out. */
const ahead = 64

/**
 * Finds lines again. Mostly they come in the same order: `take` looks where the next one is expected and a little further. Lines that are not
 * there are best looked for by `find`, when all others have taken their places: then few are left, and a table of those is small.
 */
export class LineSet {
  readonly entries: Uint32Array
  readonly count: number
  readonly #taken: Uint8Array
  #takenCount = 0
  #expected = 0
  /** Chains of entries with the same lowest bits, of those left over when the first line was looked for. */
  #heads: Int32Array | null = null
  #nexts = new Int32Array(0)

  constructor(entries: Uint32Array) {
    this.entries = entries
    this.count = entries.length / entryWords
    this.#taken = new Uint8Array(this.count)
  }

  /** `take` answers for good: there is a table, or nothing to find. */
  get isDecided(): boolean {
    return this.#heads !== null || this.count === 0
  }

  /** Index of an entry with this fingerprint that was not taken yet, now taken; -1 when it is not about here (see `isDecided`). */
  take(a: number, b: number, c: number): number {
    const expected = this.#expected
    if (expected < this.count && this.#equals(expected, a, b, c) && this.#taken[expected] === 0) return this.#taking(expected)
    return this.#heads === null ? this.#takeAhead(a, b, c) : this.find(a, b, c)
  }

  #takeAhead(a: number, b: number, c: number): number {
    const last = Math.min(this.#expected + ahead, this.count)
    for (let index = this.#expected + 1; index < last; index++) {
      if (this.#equals(index, a, b, c) && this.#taken[index] === 0) return this.#taking(index)
    }
    return -1
  }

  #taking(index: number): number {
    this.#taken[index] = 1
    this.#takenCount++
    this.#expected = index + 1
    return index
  }

  recordOf(index: number): number {
    return this.entries[index * entryWords + 3] as number
  }

  /** The record of each entry that was not taken. */
  *left(): Generator<number> {
    const taken = this.#taken
    for (let index = 0; index < this.count; index++) {
      if (taken[index] === 0 && this.recordOf(index) < firstSkippedId) yield this.recordOf(index)
    }
  }

  #equals(index: number, a: number, b: number, c: number): boolean {
    const at = index * entryWords
    return this.entries[at] === a && this.entries[at + 1] === b && this.entries[at + 2] === c
  }

  /** Like `take`, anywhere. Walks one chain and takes out what was taken meanwhile, so a million equal lines stay cheap. */
  find(a: number, b: number, c: number): number {
    const heads = this.#heads ?? this.#chain()
    const nexts = this.#nexts
    const taken = this.#taken
    const head = a & (heads.length - 1)
    let before = -1
    for (let at = heads[head] as number; at >= 0; at = nexts[at] as number) {
      if (taken[at] === 0) {
        if (this.#equals(at, a, b, c)) return this.#taking(at)
        before = at
      } else if (before < 0) heads[head] = nexts[at] as number
      else nexts[before] = nexts[at] as number
    }
    return -1
  }

  #chain(): Int32Array {
    const heads = new Int32Array(2 ** Math.max(4, Math.ceil(Math.log2(this.count - this.#takenCount + 1)))).fill(-1)
    const nexts = new Int32Array(this.count)
    const { entries } = this
    const taken = this.#taken
    const mask = heads.length - 1
    for (let index = this.count - 1; index >= 0; index--) {
      if (taken[index] === 1) continue
      const head = (entries[index * entryWords] as number) & mask
      nexts[index] = heads[head] as number
      heads[head] = index
    }
    this.#nexts = nexts
    this.#heads = heads
    return heads
  }
}

/** Record ids of a pack’s lines; lines that hold no record (titles, totals) have none. */
export function* recordsIn(pack: Uint8Array): Generator<number> {
  const { entries } = unpack(pack) ?? { entries: new Uint32Array() }
  for (let at = 3; at < entries.length; at += entryWords) if ((entries[at] as number) < firstSkippedId) yield entries[at] as number
}
