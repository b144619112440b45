/** Which lines a take remembers: those of the last take that are still there, and new ones with the record each became. */
import type { Fingerprint } from './fingerprint.ts'
import { Growing } from './growing.ts'
import { entryWords, firstSkippedId, type LineSet, newPack, shorten } from './line-set.ts'
import { Runs } from './runs.ts'

export class KeptLines {
  readonly #known: LineSet
  /** Per line: index in the last take × 2, or slot × 2 + 1. Both mostly count up. */
  readonly #order = new Runs()
  /** Per slot: fingerprint and record id. */
  readonly #fresh = new Growing()
  readonly #refused = new Set<number>()
  /** Records of lines that were found again out of order; they hold a slot like a new line. */
  readonly #moved: number[] = []

  constructor(known: LineSet) {
    this.#known = known
  }

  /** A line of the last take stands here again. */
  keepOld(index: number): void {
    this.#order.push(index * 2)
  }

  /** Keeps a new line's fingerprint; answers its slot. */
  keepNew({ a, b, c }: Fingerprint): number {
    const slot = this.#fresh.length / entryWords
    this.#fresh.push(a)
    this.#fresh.push(b)
    this.#fresh.push(c)
    this.#fresh.push(0)
    this.#order.push(slot * 2 + 1)
    return slot
  }

  /** What stands for the line in a slot: a record, or why it was skipped. */
  assign(slot: number, record: number): void {
    this.#fresh.set(slot * entryWords + 3, record)
  }

  /** The line in `slot` is an old one after all; answers its record, or null when it is new. */
  foundAgain(slot: number): number | null {
    const at = slot * entryWords
    const index = this.#known.find(this.#fresh.get(at), this.#fresh.get(at + 1), this.#fresh.get(at + 2))
    if (index < 0) return null
    const record = this.#known.recordOf(index)
    this.assign(slot, record)
    this.#moved.push(record)
    return record
  }

  refuse(record: number): void {
    this.#refused.add(record)
  }

  /** Of the records whose lines vanished, those that have no line now, each once. */
  *gone(vanished: Iterable<number>): Generator<number> {
    const once = Uint32Array.from(vanished).sort()
    if (once.length === 0) return
    const maybe = new Uint8Array(1 << 20)
    for (const record of once) maybe[record & 0xfffff] = 1
    const held = new Uint8Array(once.length)
    this.#eachRecord((record) => {
      const at = maybe[record & 0xfffff] === 1 ? placeOf(once, record) : -1
      if (at >= 0) held[at] = 1
    })
    for (let at = 0; at < once.length; at++) if (held[at] === 0 && once[at] !== once[at - 1]) yield once[at] as number
  }

  /** Whether a line of the last take still stands for a record. */
  stillHeld(): (record: number) => boolean {
    const held = new Uint32Array(this.#order.length + this.#moved.length)
    held.set(this.#moved)
    let count = this.#moved.length
    this.#order.forEach((first, length) => {
      for (let line = 0; line < length && first % 2 === 0; line++) held[count++] = this.#recordOf(first + line * 2)
    })
    const sorted = held.subarray(0, count).sort()
    return (record) => placeOf(sorted, record) >= 0
  }

  /** 16 bytes per line and a head of 32, without rows that got no record and records that were refused. */
  pack(mark: Uint32Array): Uint8Array {
    const { bytes, entries } = newPack(mark, this.#order.length)
    let count = 0
    this.#order.forEach((first, length) => {
      // Lines of the last take stand there one behind the other, ready to be copied in one go.
      const together = first % 2 === 0 && this.#refused.size === 0
      count += together ? this.#copyRun(first / 2, length, entries, count) : this.#copyKept(first, length, entries, count)
    })
    return shorten(bytes, count)
  }

  #copyRun(index: number, length: number, into: Uint32Array, to: number): number {
    into.set(this.#known.entries.subarray(index * entryWords, (index + length) * entryWords), to * entryWords)
    return length
  }

  #copyKept(first: number, length: number, into: Uint32Array, to: number): number {
    let kept = 0
    for (let line = 0; line < length; line++) {
      const entry = first + line * 2
      const record = this.#recordOf(entry)
      if (record !== 0 && !this.#refused.has(record)) this.#copy(entry, into, to + kept++)
    }
    return kept
  }

  #copy(entry: number, into: Uint32Array, to: number): void {
    const from = (entry >>> 1) * entryWords
    for (let word = 0; word < entryWords; word++) {
      into[to * entryWords + word] = entry % 2 === 0 ? (this.#known.entries[from + word] as number) : this.#fresh.get(from + word)
    }
  }

  #eachRecord(give: (record: number) => void): void {
    this.#order.forEach((first, length) => {
      for (let line = 0; line < length; line++) give(this.#recordOf(first + line * 2))
    })
  }

  #recordOf(entry: number): number {
    return entry % 2 === 0 ? this.#known.recordOf(entry / 2) : this.#fresh.get((entry >>> 1) * entryWords + 3)
  }
}

export const isRecord = (id: number): boolean => id > 0 && id < firstSkippedId

/** Index of the first equal number in a sorted list, or -1. */
function placeOf(sorted: Uint32Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return sorted[low] === wanted ? low : -1
}
