import type { Reader } from './agent.ts'

/** Keeps what was read until anything is committed to the ledger: SQLite counts commits by others as `data_version`. */
export function whileUnchanged<T>({ raw }: Reader, read: () => T): () => T {
  const version = raw.prepare('PRAGMA data_version')
  let known: { version: unknown; value: T } | null = null
  return () => {
    const now = version.get()?.['data_version']
    const value = known?.version === now && known ? known.value : read()
    known = { version: now, value }
    return value
  }
}
