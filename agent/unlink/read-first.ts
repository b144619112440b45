import { inTime } from '../server/deadline.ts'

/** A person waits for the answer: longer than a file takes to be read as a rule, shorter than any answer of the server may take. */
const readWaitMs = 5_000

/** An export that waits says more than those that were read. False when reading it takes longer than a person waits: it goes on meanwhile. */
export const readFirst = (
  connections: Iterable<number>,
  readWaiting: (connection: number) => Promise<void>,
  ms = readWaitMs,
): Promise<boolean> =>
  inTime(
    Promise.all([...connections].map(readWaiting)).then(() => true),
    ms,
    false,
  )
