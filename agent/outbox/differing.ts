/** Which fields of a body Procore does not hold yet. Pure; amounts by value, empty and missing alike. */
import { money, sameMoney } from '../../shared/money.ts'
import type { ProcoreItem } from '../items/kind.ts'

type Content = ProcoreItem['content']

/** The fields whose value differs, or cannot be compared with what was read. */
export const differing = (body: Record<string, unknown>, content: Content): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).filter(([field, value]) => !same(value, Object.hasOwn(content, field) ? content[field] : undefined)),
  )

/** Whether two values say the same; what was not read (undefined) is never the same. */
function same(mine: unknown, theirs: unknown): boolean {
  if (theirs === undefined) return false
  if (empty(mine) || empty(theirs)) return empty(mine) && empty(theirs)
  if (mine === theirs) return true
  const [a, b] = [money(String(mine)), money(String(theirs))]
  return a !== null && b !== null && sameMoney(a, b)
}

const empty = (value: unknown): boolean => value === null || value === undefined || value === ''

/** Whether Procore's side of these fields moved since we knew it, other than to what we want. */
export const movedSince = (body: Record<string, unknown>, known: Content, now: Content): boolean =>
  Object.entries(body).some(
    ([field, wanted]) => field in known && field in now && !same(known[field], now[field]) && !same(wanted, now[field]),
  )
