/** Lists page by page. The only stop rule is a missing rel="next" (procore-api.md 4.1); the number of pages is bounded all the same. */
import { problem } from '../../shared/problem.ts'
import type { Answer, Ask, Client } from './client.ts'
import { ProcoreTrouble } from './errors.ts'
import { isRaw } from './reading.ts'

const mostPages = 5_000

/** The rows of each page. v1 answers a bare array, v2 `{data}`. */
export async function* pages(client: Client, ask: Ask): AsyncGenerator<unknown[]> {
  let next: Ask | null = ask
  for (let page = 0; next; page++) {
    if (page >= mostPages) throw new ProcoreTrouble(problem('procore-answer', { what: 'many-pages', most: mostPages, path: ask.path }))
    const answer: Answer = await client.read(next)
    yield rowsOf(answer.body, ask.path)
    const link = nextLink(answer.headers.get('link'))
    next = link === null ? null : { ...ask, path: moved(client.apiBase, link), query: {} }
  }
}

function rowsOf(body: unknown, path: string): unknown[] {
  const rows = isRaw(body) ? body['data'] : body
  if (!Array.isArray(rows)) throw new ProcoreTrouble(problem('procore-answer', { what: 'no-list', path }))
  return rows
}

/** The address of rel="next", or null. */
function nextLink(header: string | null): string | null {
  for (const part of header?.match(/<[^>]*>[^<]*/g) ?? []) {
    const [, address = '', rest = ''] = /^<([^>]*)>(.*)$/.exec(part) ?? []
    if (/;\s*rel="?(?:[\w ]* )?next(?: [\w ]*)?"?/i.test(rest)) return address
  }
  return null
}

/** A link may name Procore's outer host while we came through another base: its path and query count, on our base only. */
function moved(apiBase: string, link: string): string {
  const { pathname, search } = new URL(link, apiBase)
  return pathname.startsWith('/rest/') ? `${apiBase}${pathname}${search}` : link
}
