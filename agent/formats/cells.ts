/** One logical line of text becomes its cells. */

/** Cells of a line, and how many quotes stood where RFC 4180 has none (they stay text). */
export type Cells = { cells: string[]; strayQuotes: number }

/** Splits one logical line (no line end) at `delimiter`; quoted cells lose their quotes, doubled quotes become one. */
export function cellsOf(line: string, delimiter: string): Cells {
  return line.includes('"') ? quotedCells(line, delimiter) : { cells: line.split(delimiter), strayQuotes: 0 }
}

function quotedCells(line: string, delimiter: string): Cells {
  const split = new Splitting(line, delimiter)
  do {
    if (line.charCodeAt(split.at) === quote) split.quoted()
    else split.plain('')
  } while (split.at <= line.length)
  return { cells: split.cells, strayQuotes: split.strayQuotes }
}

const quote = 34

/** One walk along a line with quotes in it. */
class Splitting {
  readonly cells: string[] = []
  strayQuotes = 0
  /** Where the next cell starts; beyond the line when there is none. */
  at = 0
  readonly #line: string
  readonly #delimiter: string

  constructor(line: string, delimiter: string) {
    this.#line = line
    this.#delimiter = delimiter
  }

  /** Up to the next delimiter, behind `before`. */
  plain(before: string): void {
    const found = this.#line.indexOf(this.#delimiter, this.at)
    const end = found < 0 ? this.#line.length : found
    const text = this.#line.slice(this.at, end)
    this.strayQuotes += quotesIn(text)
    this.cells.push(before + text)
    this.at = end + 1
  }

  quoted(): void {
    let text = ''
    let from = this.at + 1
    let found = this.#line.indexOf('"', from)
    while (found >= 0 && this.#line.charCodeAt(found + 1) === quote) {
      text += this.#line.slice(from, found + 1)
      from = found + 2
      found = this.#line.indexOf('"', from)
    }
    if (found < 0) this.#unclosed(text + this.#line.slice(from))
    else this.#behind(text + this.#line.slice(from, found), found + 1)
  }

  /** What stands between the closing quote and the delimiter is kept as text: the closing quote was a stray one. */
  #behind(text: string, end: number): void {
    this.at = end
    if (end < this.#line.length && this.#line[end] !== this.#delimiter) this.strayQuotes++
    this.plain(text)
  }

  #unclosed(text: string): void {
    this.strayQuotes++
    this.cells.push(text)
    this.at = this.#line.length + 1
  }
}

const quotesIn = (text: string): number => (text.includes('"') ? text.split('"').length - 1 : 0)
