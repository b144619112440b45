/** UTF-16LE becomes UTF-8 on the way in, so that everything behind it sees one kind of byte. */
import { problem, Trouble } from '../../shared/problem.ts'

export class Utf16ToUtf8 {
  readonly #decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true })

  /** Throws Trouble `file-encoding` at a half surrogate. */
  add(chunk: Uint8Array): Buffer {
    return this.#decode(chunk, true)
  }

  end(): Buffer {
    return this.#decode(new Uint8Array(0), false)
  }

  #decode(chunk: Uint8Array, stream: boolean): Buffer {
    try {
      return Buffer.from(this.#decoder.decode(chunk, { stream }), 'utf8')
    } catch (cause) {
      throw new Trouble(problem('file-encoding', { file: '', encoding: 'utf-16le', offset: 0 }), cause)
    }
  }
}
