import { setTimeout as after } from 'node:timers/promises'

/** A person waits for the answer: longer than a file takes to be read as a rule, shorter than any answer of the server may take. */
const readWaitMs = 5_000

/** An export that waits says more than those that were read. False when reading it takes longer than a person waits: it goes on meanwhile. */
export async function readFirst(connections: Iterable<number>, readWaiting: (connection: number) => Promise<void>): Promise<boolean> {
  const read = Promise.all([...connections].map(readWaiting)).then(() => true)
  const late = new AbortController()
  const tooLong = after(readWaitMs, false, { signal: late.signal }).catch(() => false)
  return Promise.race([read, tooLong]).finally(() => late.abort())
}
