/** The least anyone can do who must know a file's content: read it and hash it; with `copy`, also write what was read. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'

export function readAndHash(path: string, copy: string | null): string {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafeSlow(1 << 20)
  const from = openSync(path, 'r')
  const to = copy === null ? null : openSync(copy, 'w')
  for (let count = readSync(from, buffer); count > 0; count = readSync(from, buffer)) {
    const piece = buffer.subarray(0, count)
    hash.update(piece)
    if (to !== null) writeSync(to, piece)
  }
  closeSync(from)
  if (to !== null) closeSync(to)
  return hash.digest('hex')
}
