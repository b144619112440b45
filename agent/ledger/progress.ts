import type { WriterTx } from './command.ts'

/** Told no more often than this. */
const apartMs = 250

/** How far a take is: lines and bytes read, and when it will probably be done. */
export class Progress {
  readonly #started: number
  readonly #bytes: number
  #told: number

  constructor(now: number, bytes: number) {
    this.#started = now
    this.#told = now
    this.#bytes = bytes
  }

  /** Says it as an event of the open transaction, if it is time. The number of lines in all is what the bytes so far let expect. */
  tell(
    { now, emit }: Pick<WriterTx, 'now' | 'emit'>,
    at: { connection: number; run: number; bytes: number; lines: number; file: string },
  ): void {
    if (now() - this.#told < apartMs || at.bytes === 0) return
    this.#told = now()
    const share = at.bytes / this.#bytes
    const data = {
      ...{ file: at.file, rows: at.lines, totalRows: Math.round(at.lines / share), bytes: at.bytes, totalBytes: this.#bytes },
      etaMs: Math.round(((now() - this.#started) * (1 - share)) / share),
    }
    emit('run-progress', { connection: String(at.connection), run: String(at.run), data })
  }
}
