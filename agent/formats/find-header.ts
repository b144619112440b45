/** Reports put titles above the header (erp-files.md C6). The header is the first row that names the most columns we know. */
import { headerName } from './header-names.ts'

/** Index of the header row among `rows`, or null. */
export function findHeader(rows: readonly (readonly string[])[], known: ReadonlySet<string>): number | null {
  const hits = rows.slice(0, 100).map((cells) => knownIn(cells, known))
  const most = Math.max(0, ...hits)
  if (most >= 2) return hits.indexOf(most)
  return likelyHeader(rows)
}

function knownIn(cells: readonly string[], known: ReadonlySet<string>): number {
  return new Set(cells.map(headerName).filter((name) => known.has(name))).size
}

/** Without a known name: the first row as wide as most, all words; good enough to tell a person what the file offers. */
function likelyHeader(rows: readonly (readonly string[])[]): number | null {
  const widest = Math.max(0, ...rows.map((cells) => cells.length))
  const index = rows.findIndex(
    (cells) => cells.length === widest && widest > 1 && cells.every((cell) => cell === '' || /^\D*[A-Za-z]/.test(cell)),
  )
  return index < 0 ? null : index
}
