/** The texts of a workbook, each once; cells name them by number (ECMA-376 part 1, 18.4). */
import { TextStore } from './text-store.ts'
import type { Packed } from './unpack.ts'
import { readWholeXml } from './xml.ts'

export async function readSharedStrings(packed: Packed, part: string | null): Promise<TextStore> {
  const strings = new TextStore()
  const text = new RichText()
  if (part !== null)
    await readWholeXml(packed.chunks(part), {
      open: (name) => text.open(name),
      text: (said) => text.add(said),
      close(name) {
        text.close(name)
        if (name === 'si') strings.add(text.take())
      },
    })
  return strings
}

/** Text in runs of different looks is one text; how it is pronounced (`rPh`) is not part of it. */
export class RichText {
  #text = ''
  #inText = false
  #spoken = false

  open(name: string): void {
    if (name === 't') this.#inText = true
    else if (name === 'rPh') this.#spoken = true
  }

  add(said: string): void {
    if (this.#inText && !this.#spoken) this.#text += said
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#spoken = false
  }

  take(): string {
    const text = unescaped(this.#text)
    this.#text = ''
    return text
  }
}

/** What XML cannot hold is written _x000D_ (18.18.88). Control characters beyond tab and line ends stay written like that: nobody means them. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (whole, hex: string) => {
        const code = Number.parseInt(hex, 16)
        return code >= 32 || [9, 10, 13].includes(code) ? String.fromCharCode(code) : whole
      })
    : text
