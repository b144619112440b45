import { assumptions } from '../../assumptions.ts'
import type { Json } from '../../items.ts'
import type { Answer, Call } from '../endpoint.ts'

/** How an endpoint pages; `none` for the few that do not (facts 4.1). */
export type Paging = { readonly usual: number; readonly most: number } | 'none'

/** Default and maximum of the general v1 lists: see assumption per-page-v1. */
export const generalPaging: Paging = assumptions['per-page-v1'].chosen

/**
 * One page of a list with Procore's headers Link, Total and Per-Page (facts 4.1). The first page has next and last, the second
 * first, next and last, those between all four, the last no next. Only the items of the page are drawn.
 */
export function page<T>(call: Call, items: readonly T[], paging: Paging, view: (item: T) => Json): Answer {
  if (paging === 'none') return { body: items.map(view) }
  const perPage = clamp(whole(call.query.get('per_page')) ?? paging.usual, 1, paging.most)
  const at = Math.max(1, whole(call.query.get('page')) ?? 1)
  const last = Math.max(1, Math.ceil(items.length / perPage))
  const link = links(call.url, at, last, perPage)
  return {
    body: items.slice((at - 1) * perPage, at * perPage).map(view),
    headers: { Total: String(items.length), 'Per-Page': String(perPage), ...(link ? { Link: link } : {}) },
  }
}

function links(url: URL, at: number, last: number, perPage: number): string {
  const wanted: [string, number, boolean][] = [
    ['first', 1, at > 1],
    ['prev', at - 1, at > 2],
    ['next', at + 1, at < last],
    ['last', last, at < last],
  ]
  return wanted.flatMap(([rel, to, there]) => (there ? [`<${addressOf(url, to, perPage)}>; rel="${rel}"`] : [])).join(', ')
}

function addressOf(url: URL, to: number, perPage: number): string {
  const next = new URL(url)
  next.searchParams.set('page', String(to))
  next.searchParams.set('per_page', String(perPage))
  return next.href
}

function whole(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
