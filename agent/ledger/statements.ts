import type { DatabaseSync, StatementSync } from 'node:sqlite'

const atMost = 500

/**
 * Lets a connection prepare each text once. A statement's memory is SQLite's own and unknown to the garbage collector: prepared anew for
 * every row and file, thousands of them lay about until it came by (2026-11: 15 MB after a folder of a thousand files).
 * A statement that is walked through row by row, or told to answer in another way, belongs to its caller alone from then on.
 */
export function rememberStatements(raw: DatabaseSync): DatabaseSync {
  const known = new Map<string, StatementSync>()
  const prepare = raw.prepare.bind(raw)
  raw.prepare = (text) => {
    const there = known.get(text)
    if (there) return there
    const made = prepare(text)
    if (known.size >= atMost) known.clear()
    known.set(
      text,
      ownWhen(made, ['iterate', 'setReturnArrays', 'setReadBigInts'], () => known.delete(text)),
    )
    return made
  }
  return raw
}

/** Forgets a statement before any of these is called on it. */
function ownWhen(statement: StatementSync, names: readonly ('iterate' | 'setReturnArrays' | 'setReadBigInts')[], forget: () => void) {
  for (const name of names) {
    const call = statement[name].bind(statement) as (...args: unknown[]) => unknown
    Object.defineProperty(statement, name, {
      value: (...args: unknown[]) => {
        forget()
        return call(...args)
      },
    })
  }
  return statement
}
