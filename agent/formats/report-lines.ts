/** What stands between the records of a report and is none: headers and titles of further pages, totals, blanks. Whatever else is there is read or refused. */
import type { Column } from './format.ts'
import { isSeen } from './seen.ts'

export type Skip = 'header' | 'title' | 'total' | 'blank'

/** A column and where it stands in the header. */
export type Placed = Column & { at: number; name: string }

export class ReportLines {
  readonly #header: readonly string[]
  /** Columns every record fills, but amounts: a total has those. */
  readonly #needed: readonly Placed[]
  readonly #columns: readonly Placed[]
  readonly #titles: ReadonlySet<string>

  /** `above`: the cells of the lines above the header. */
  constructor(header: readonly string[], columns: readonly Placed[], above: readonly (readonly string[])[]) {
    this.#header = header
    this.#columns = columns
    this.#needed = columns.filter((column) => column.required && !isAmount(column))
    this.#titles = new Set(above.map(withoutNumbers).filter((text) => text !== ''))
  }

  /** Why a line is no record, or null when it has to be read; the column that leaves it open whether it is a record or a total. */
  look(cells: readonly string[]): Skip | { lacks: Placed } | null {
    const first = firstFilled(cells)
    if (first < 0) return 'blank'
    if (this.#isHeader(cells)) return 'header'
    if (this.#titles.size === 0 && isFigure(cells[first] as string)) return null
    if (this.#isTotal(cells, first)) return 'total'
    if (this.#isTitle(cells, first)) return 'title'
    const lacks = endsAsTotal.test((cells[first] as string).trim()) && this.#isWhole(cells) ? this.#lacks(cells, first) : undefined
    return lacks ? { lacks } : null
  }

  /** Reports repeat the header on every page. */
  #isHeader(cells: readonly string[]): boolean {
    return (
      cells.length === this.#header.length &&
      this.#header[0] === (cells[0] as string).trim() &&
      cells.every((cell, at) => cell.trim() === this.#header[at])
    )
  }

  /** A line that says it is a total and cannot be a record: another column every record fills is empty, or it has another width and else only figures. */
  #isTotal(cells: readonly string[], said: number): boolean {
    const text = (cells[said] as string).trim()
    const begins = saysTotal.test(text)
    if (!begins && !endsAsTotal.test(text)) return false
    if (!this.#isWhole(cells)) return cells.every((cell, at) => at === said || !hasLetters.test(cell))
    return this.#lacks(cells, said) !== undefined && (begins || this.#onlyAmounts(cells, said))
  }

  /** A line like one above the header but for its numbers (dates, pages), or a page number alone, that cannot be a record. */
  #isTitle(cells: readonly string[], said: number): boolean {
    const isPage = saysPage.test((cells[said] as string).trim()) && !cells.some((cell, at) => at !== said && hasText(cell))
    if (!isPage && !(this.#titles.size > 0 && this.#titles.has(withoutNumbers(cells)))) return false
    return !this.#isWhole(cells) || this.#lacks(cells, said) !== undefined
  }

  #isWhole(cells: readonly string[]): boolean {
    return cells.length === this.#header.length
  }

  #lacks(cells: readonly string[], said: number): Placed | undefined {
    return this.#needed.find(({ at }) => at !== said && !hasText(cells[at] ?? ''))
  }

  #onlyAmounts(cells: readonly string[], said: number): boolean {
    return this.#columns.every((column) => column.at === said || isAmount(column) || !hasText(cells[column.at] ?? ''))
  }
}

/** In the languages the product speaks. Words alone decide nothing: see #isTotal. */
const saysTotal =
  /^(?:(?:grand|report|sub|job|vendor|page)[\s-]*)?totals?\b|^(?:sous[\s-]?total|total g[eé]n[eé]ra[l]|summe|zwischensumme|gesamt(?:summe)?)\b/i
/** As the subtotals of a spreadsheet say it: “24-1001 Total”, “24-1001 Ergebnis”. */
const endsAsTotal = /\S (?:totals?|ergebnis|résultat|somme)$/i
const saysPage = /^(?:page|seite|p[áa]gina)\s*:?\s*\d+(?:\s*(?:of|von|de|sur|\/)\s*\d+)?$/i
const hasLetters = /\p{L}/u

const hasText = (cell: string): boolean => isSeen(cell.charCodeAt(0)) || /\S/.test(cell)

function firstFilled(cells: readonly string[]): number {
  for (let at = 0; at < cells.length; at++) if (hasText(cells[at] as string)) return at
  return -1
}

/** Begins and ends with a digit: no word a title or a total is told by does, in any language. */
const isFigure = (text: string): boolean => isDigit(text.charCodeAt(0)) && isDigit(text.charCodeAt(text.length - 1))
const isDigit = (code: number): boolean => code >= 48 && code <= 57

const isAmount = ({ type }: Column): boolean => type === 'money' || type === 'quantity'

/** What a title says on every page; its date and page number move on. */
const withoutNumbers = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim().replace(/\d+/g, '#'))
    .filter((cell) => cell !== '')
    .join('\t')
