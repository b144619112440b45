/** What may be wrong with a day's file, and the good one that follows it. */
import type { SyncOutcome } from '../../agent/sync.ts'

export type Delivered = { bytes: Buffer; rows: number | null; older: boolean; becomes: SyncOutcome['filed'] }

const good = (bytes: Buffer, rows: number | null): Delivered => ({ bytes, rows, older: false, becomes: 'done' })
const same = (bytes: Buffer, rows: number): Delivered => ({ ...good(bytes, rows), becomes: 'unchanged' })
const refused = (bytes: Buffer, rows: number | null): Delivered => ({ ...good(bytes, rows), becomes: 'refused' })

/** Files that do not change from day to day are known from the second day on. */
const still = ['JCM_MASTER__JOB.csv', 'JCM_MASTER__COMMITMENT.csv', 'JCM_MASTER__COMMITMENT_ITEM.csv', 'JCM_MASTER__COMMITMENT_CO.csv']

/** The files at one path on one day, in the order they come. */
export function damaged(name: string, day: number, bytes: Buffer, rows: number): Delivered[] {
  if (still.includes(name) && day > 0) return [same(bytes, rows)]
  if (name !== 'JCT_CURRENT__TRANSACTION.csv') return [good(bytes, rows)]
  // Cut off in the middle of a line; its manifest counts rows it does not hold; a day older than what is known.
  if (day === 3) return [refused(bytes.subarray(0, bytes.length - 40), null), good(bytes, rows)]
  if (day === 6) return [refused(bytes, rows + 1), good(bytes, rows)]
  if (day === 8) return [good(bytes, rows), { ...good(Buffer.concat([bytes, Buffer.from('\r\n')]), rows), older: true, becomes: 'waiting' }]
  // One amount nobody can read: its row waits, the others go; the next day it is right again.
  if (day === 5) return [good(spoiled(bytes), rows), good(bytes, rows)]
  return [good(bytes, rows)]
}

/** The first amount of the file with a letter in it. */
function spoiled(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const at = text.indexOf('.', text.indexOf('\n')) + 1
  return Buffer.from(`${text.slice(0, at)}O${text.slice(at + 1)}`, 'latin1')
}
