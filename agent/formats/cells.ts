/** One logical line of text becomes its cells. */

/** Cells of a line, and how many quotes stood where RFC 4180 has none (they stay text). */
export type Cells = { cells: string[]; strayQuotes: number }

/** Splits one logical line (no line end) at `delimiter`; quoted cells lose their quotes, doubled quotes become one. */
export function cellsOf(line: string, delimiter: string): Cells {
  return line.includes('"') ? quotedCells(line, delimiter) : { cells: line.split(delimiter), strayQuotes: 0 }
}

function quotedCells(line: string, delimiter: string): Cells {
  const cells: string[] = []
  let strayQuotes = 0
  let at = 0
  for (;;) {
    const cell = line.charCodeAt(at) === 34 ? quotedCell(line, at, delimiter) : plainCell(line, at, delimiter)
    cells.push(cell.text)
    strayQuotes += cell.stray
    if (cell.end >= line.length) return { cells, strayQuotes }
    at = cell.end + 1
  }
}

type Cell = { text: string; stray: number /** Where its delimiter stands, or the length of the line. */; end: number }

function plainCell(line: string, start: number, delimiter: string): Cell {
  const found = line.indexOf(delimiter, start)
  const end = found < 0 ? line.length : found
  const text = line.slice(start, end)
  return { text, stray: quotesIn(text), end }
}

function quotedCell(line: string, start: number, delimiter: string): Cell {
  let text = ''
  let from = start + 1
  for (;;) {
    const quote = line.indexOf('"', from)
    if (quote < 0) return { text: text + line.slice(from), stray: 1, end: line.length }
    text += line.slice(from, quote)
    if (line.charCodeAt(quote + 1) !== 34) return behindQuote(text, plainCell(line, quote + 1, delimiter))
    text += '"'
    from = quote + 2
  }
}

/** What stands between the closing quote and the delimiter is kept as text: the closing quote was a stray one. */
const behindQuote = (text: string, rest: Cell): Cell =>
  rest.text === '' ? { text, stray: 0, end: rest.end } : { text: text + rest.text, stray: rest.stray + 1, end: rest.end }

const quotesIn = (text: string): number => (text.includes('"') ? text.split('"').length - 1 : 0)
