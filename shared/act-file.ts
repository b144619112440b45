/** Acts as they are handed to an auditor, as CSV or JSON: the same from the command line and from the console. Pure. */
import { csvLine } from './csv.ts'

/** `at` is ISO. `browser`, `before` and `after` are JSON as the ledger has it: the hash is over these very texts. */
export type FiledAct = {
  id: number
  at: string
  person: { id: string; name: string | null; email: string | null } | null
  origin: string
  browser: string | null
  act: string
  subject: string
  before: string | null
  after: string | null
  hash: string
}

/** What the chain of all acts proved when the file was made; `broken.at` is ms since 1970. */
export type FiledChain = {
  acts: number
  head: string
  broken: { id: number; at: number; act: string | null } | null
  holds: boolean | null
}

export const csvHead = csvLine(['number', 'at', 'person', 'email', 'from', 'browser', 'act', 'subject', 'before', 'after', 'hash'])

/** One line, of which no cell runs as a formula. */
export const csvOf = ({ id, at, person, origin, browser, act, subject, before, after, hash }: FiledAct): string =>
  csvLine([
    ...[String(id), at, person?.name ?? null, person?.email ?? null, origin, browserSaid(browser)],
    ...[act, subject, before, after, hash],
  ])

/** The beginning of the file; the acts follow with `jsonBetween` between them, then `jsonEnd`. `made` is ISO. */
export const jsonHead = (made: string, chain: FiledChain): string =>
  `{"made":${JSON.stringify(made)},"chain":${JSON.stringify(chain)},"acts":[\n`
export const jsonBetween = ',\n'
export const jsonEnd = '\n]}\n'

export const jsonOf = ({ id, at, person, origin, browser, act, subject, before, after, hash }: FiledAct): string =>
  JSON.stringify({
    ...{ id, at, person, from: origin, browser: dataOf(browser), act, subject },
    ...{ before: dataOf(before), after: dataOf(after), hash },
  })

/** The browser as the list of browsers named it then; what another program made unreadable is told as the text it is now. */
export function browserSaid(stored: unknown): string | null {
  if (typeof stored !== 'string') return null
  const { key, label } = browserOf(stored)
  return label === undefined ? stored : `${label} (${key})`
}

function browserOf(stored: string): { key?: string; label?: string } {
  const data = dataOf(stored)
  return typeof data === 'object' && data !== null ? data : {}
}

/** Data as it was stored; what another program made unreadable stays the text it is now, beside the broken chain. */
export function dataOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
