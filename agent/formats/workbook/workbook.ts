/** An .xlsx file: its sheets, each as text lines. Streams; only the shared texts are held. */
import { problem, Trouble } from '../../../shared/problem.ts'
import type { ReadSettings } from '../format.ts'
import { type Book, readBook, type Sheet } from './book.ts'
import { SheetLines } from './lines.ts'
import { MergedCells } from './merged.ts'
import { readNumberFormats } from './number-formats.ts'
import { readSharedStrings } from './shared-strings.ts'
import { type SheetContext, SheetReader } from './sheet.ts'
import { Packed } from './unpack.ts'
import { readXml } from './xml.ts'

export type SheetEnd = { hiddenRows: number; merged: MergedCells }

export class Workbook {
  readonly sheets: readonly Sheet[]
  readonly #packed: Packed
  readonly #context: SheetContext

  private constructor(packed: Packed, book: Book, context: SheetContext) {
    this.sheets = book.sheets
    this.#packed = packed
    this.#context = context
  }

  /** `file` is what a person calls it. Throws Trouble by name, and errors of the reader where it is damaged. */
  static async open(path: string, file: string, { date }: Pick<ReadSettings, 'date'>): Promise<Workbook> {
    const packed = await Packed.open(path, file)
    try {
      refuseOthers(packed, file)
      const book = await readBook(packed)
      const formats = await readNumberFormats(packed, book.styles)
      const strings = await readSharedStrings(packed, book.sharedStrings)
      return new Workbook(packed, book, { ...book, date, formats, strings })
    } catch (cause) {
      packed.close()
      throw cause
    }
  }

  close(): void {
    this.#packed.close()
  }

  /** Text piece by piece; may be left early. What is known only at its end is answered there. */
  async *lines({ part }: Sheet): AsyncGenerator<string, SheetEnd> {
    const reader = new SheetReader(this.#context)
    const lines = new SheetLines()
    let written = 0
    for await (const _ of readXml(this.#packed.chunks(part), handlersOf(reader))) {
      const text = lines.add(reader.take())
      written += text.length
      this.#packed.boundText(written)
      if (text !== '') yield text
    }
    return { hiddenRows: lines.hiddenRows, merged: new MergedCells(reader.merged) }
  }
}

/** Packed like an .xlsx and something else inside. */
function refuseOthers(packed: Packed, file: string): void {
  const kind = packed.has('xl/workbook.bin') ? '.xlsb' : packed.has('content.xml') ? '.ods' : null
  if (kind !== null) throw new Trouble(problem('file-other-workbook', { file, kind }, { file }))
  if (!packed.has('[Content_Types].xml')) throw new Trouble(problem('file-not-text', { file }, { file }))
}

/** The reader's own methods, bound once. */
const handlersOf = (reader: SheetReader) => ({
  open: (name: string, attributes: Record<string, string>) => reader.open(name, attributes),
  text: (said: string) => reader.text(said),
  close: (name: string) => reader.close(name),
})
