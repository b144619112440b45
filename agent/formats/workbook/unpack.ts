/** The parts of a packed file, unpacked as they are read and under one bound: a small file that unpacks to gigabytes is refused before it fills anything. */
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { problem, Trouble } from '../../../shared/problem.ts'

const megabyte = 1e6
/** A workbook of half a million rows stays below; more is a CSV's work. */
const limitMb = 100
/** Sheets shrink to a tenth or a thirtieth. What shrinks more is repetition made to be unpacked; tiny parts may well. */
const timesLimit = 200
const timesFrom = 10 * megabyte
const entryLimit = 10_000

export class Packed {
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #file: string
  /** Most bytes read of each part, and of all together: a part that is read twice counts once. */
  readonly #read = new Map<string, number>()
  #total = 0

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, file: string) {
    this.#zip = zip
    this.#entries = entries
    this.#file = file
  }

  /** `file` is what a person calls it. Throws Trouble `file-encrypted`, and what yauzl throws where it is no whole packed file. */
  static async open(path: string, file: string): Promise<Packed> {
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: false })
    try {
      const entries = new Map<string, Entry>()
      for await (const entry of zip.eachEntry()) {
        if (entry.isEncrypted()) throw new Trouble(problem('file-encrypted', { file }, { file }))
        entries.set(entry.fileName.toLowerCase(), entry)
        if (entries.size > entryLimit) throw tooLarge(file)
      }
      return new Packed(zip, entries, file)
    } catch (cause) {
      zip.close()
      throw cause
    }
  }

  close(): void {
    this.#zip.close()
  }

  /** Names of parts mean the same in any letter case (ECMA-376 part 2). */
  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase())
  }

  /** Throws Trouble `file-too-large` as soon as the bound is reached. A part that is not there is a damaged file. */
  async *chunks(part: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(part.toLowerCase())
    if (entry === undefined) throw new Error(`${part} is missing`)
    let bytes = 0
    for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
      bytes += (chunk as Buffer).length
      this.#count(entry, bytes)
      yield chunk as Buffer
    }
  }

  #count({ fileName, compressedSize }: Entry, bytes: number): void {
    const before = this.#read.get(fileName) ?? 0
    if (bytes > before) {
      this.#read.set(fileName, bytes)
      this.#total += bytes - before
    }
    if (this.#total > limitMb * megabyte || (bytes > timesFrom && bytes > compressedSize * timesLimit)) throw tooLarge(this.#file)
  }

  /** The bound holds for the text made of the parts too: one long shared text may stand in a million cells. */
  boundText(bytes: number): void {
    if (bytes > limitMb * megabyte) throw tooLarge(this.#file)
  }
}

const tooLarge = (file: string): Trouble => new Trouble(problem('file-too-large', { file, limit: limitMb, times: timesLimit }, { file }))
