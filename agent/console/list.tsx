import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { CopyTable } from '../../shared/ui/copy-table.tsx'
import type { Table } from '../../shared/ui/table-text.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'

type Cell = Table['rows'][number][number]

/** One column: what a cell says (to be searched and copied), and how it is shown where that is more than its text. */
export type Column<Row> = { title: string; text: (row: Row) => Cell; show?: (row: Row) => ComponentChildren; class?: string }

type Props<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  words: Words
  /** Said where there is nothing: what the first step is. */
  empty: string
  /** The rows are one page of a longer list that is searched where it lies. */
  searchedElsewhere?: boolean
}

const pageRows = 50
/** So few are searched by looking. */
const searchedFrom = 8

/** Every list of the console: searched, paged, copied for Excel. */
export function List<Row>({ caption, columns, rows, keyOf, words, empty, searchedElsewhere = false }: Props<Row>) {
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(0)
  if (rows.length === 0) return <p class="empty">{empty}</p>
  const found = rows.filter((row) => columns.some(({ text }) => spoken(text(row)).toLowerCase().includes(search.trim().toLowerCase())))
  const last = Math.max(0, Math.ceil(found.length / pageRows) - 1)
  const at = Math.min(page, last)
  const table = (): Table => ({ head: columns.map(({ title }) => title), rows: found.map((row) => columns.map(({ text }) => text(row))) })
  return (
    <div class="list">
      <div class="tools">
        {!searchedElsewhere && rows.length >= searchedFrom && (
          <input
            type="search"
            aria-label={say(words, 'console.search')}
            placeholder={say(words, 'console.search')}
            value={search}
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        )}
        <CopyTable table={table} words={words} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a small window, it is scrolled by keyboard */}
      <section class="scrolls" aria-label={caption} tabIndex={0}>
        <table aria-label={caption}>
          <thead>
            <tr>
              {columns.map(({ title, class: name }) => (
                <th key={title} scope="col" class={name}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(at * pageRows, (at + 1) * pageRows).map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ title, text, show, class: name }) => (
                  <td key={title} class={name} data-title={title}>
                    {show ? show(row) : spoken(text(row))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {found.length === 0 && <p class="empty">{say(words, 'console.search.none', { text: search.trim() })}</p>}
      {last > 0 && <Pages at={at} last={last} turn={setPage} words={words} />}
    </div>
  )
}

const Pages = ({ at, last, turn, words }: { at: number; last: number; turn: (page: number) => void; words: Words }) => (
  <p class="pages">
    <button class="button small" type="button" disabled={at === 0} onClick={() => turn(at - 1)}>
      {say(words, 'console.page.before')}
    </button>
    <span>{say(words, 'console.page', { page: at + 1, pages: last + 1 })}</span>
    <button class="button small" type="button" disabled={at === last} onClick={() => turn(at + 1)}>
      {say(words, 'console.page.after')}
    </button>
  </p>
)

const spoken = (cell: Cell): string => (cell === null ? '' : typeof cell === 'string' ? cell : (cell.number ?? ''))
