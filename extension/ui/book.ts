import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Badges, Reply } from '../bridge/calls.ts'
import type { Badge } from './badge-shape.ts'

/** What the page knows about one item: its badge, and whether it is only last known. */
export type Known = { badge: Badge; trouble: ToldProblem | null }

/** What is known about items in this tab; survives moving between pages, so going back asks nothing. */
export type Book = {
  get(key: string): Known | undefined
  /** Asks for those of the items that are not known and not being asked for: one request, or none. */
  want(keys: readonly string[]): void
  /** Told whenever something about these items is new; an unknown item was forgotten. */
  onChange(listen: (keys: ReadonlySet<string>) => void, signal: AbortSignal): void
  forget(keys: readonly string[] | 'all'): void
}

const LIMIT = 500 // items of one request (shared/api/status.ts)

export type AskBadges = (keys: readonly string[]) => Promise<Reply<Badges>>

/** How long a question that was not answered rests before it is asked again: a second, doubling to a minute. */
const restMs = (tries: number): number => Math.min(1_000 * 2 ** tries, 60_000)

/** Opens an empty book; `ask` brings badges from the background. What it does not answer is asked again by itself, for as long as somebody looks. */
export function openBook(ask: AskBadges, later: (act: () => void, ms: number) => unknown = setTimeout): Book {
  let tries = 0
  const known = new Map<string, Known>()
  /** Being asked for; true once an event made the coming answer old. */
  const asked = new Map<string, boolean>()
  const listeners = new Set<(keys: ReadonlySet<string>) => void>()
  const tell = (keys: Iterable<string>): void => {
    const set = new Set(keys)
    if (set.size > 0) for (const listen of listeners) listen(set)
  }

  async function fetchSome(keys: readonly string[]): Promise<void> {
    for (const key of keys) asked.set(key, false)
    const reply = await ask(keys)
    const knownOf = 'problem' in reply ? () => undefined : lookup(reply.value)
    const left: string[] = []
    for (const key of keys) {
      const one = knownOf(key)
      if (!one) left.push(key)
      else if (!asked.get(key)) known.set(key, one)
      asked.delete(key)
    }
    tries = left.length > 0 ? tries + 1 : 0
    if (left.length > 0) later(() => tell(left), restMs(tries - 1))
    tell(left.length === 0 ? keys : keys.filter((key) => !left.includes(key)))
  }

  return {
    get: (key) => known.get(key),
    want(keys) {
      const unknown = keys.filter((key) => !known.has(key) && !asked.has(key))
      for (let at = 0; at < unknown.length; at += LIMIT) void fetchSome(unknown.slice(at, at + LIMIT))
    },
    onChange(listen, signal) {
      listeners.add(listen)
      signal.addEventListener('abort', () => listeners.delete(listen))
    },
    forget(keys) {
      const gone = keys === 'all' ? [...known.keys()] : keys.filter((key) => known.has(key))
      for (const key of gone) known.delete(key)
      for (const key of keys === 'all' ? asked.keys() : keys) if (asked.has(key)) asked.set(key, true)
      tell(gone)
    },
  }
}

/** What an answer says about each item asked for. */
function lookup({ looks, of, trouble }: Badges): (key: string) => Known | undefined {
  const known = looks.map((badge): Known => ({ badge, trouble }))
  return (key) => known[of[key] ?? -1]
}
