import type { Cursor, ExportFile } from '../connectors/connector.ts'
import type { WriterTx } from './command.ts'
import { lastTaken, sameAgain } from './files.ts'
import type { Kinds } from './rows.ts'
import { sourceById } from './sources.ts'

export type NothingNew = { connection: number; path: string; asOf: string; cursor: Cursor }

/** Asked again, a connector had nothing new: what was last taken is known as of now. Where nothing was ever taken there is nothing to keep. */
export function nothingNew(tx: WriterTx, kinds: Kinds, { connection, path, asOf, cursor }: NothingNew): void {
  const last = lastTaken(tx.raw, connection, path)
  if (last === null) return
  const [name = path] = path.split(/[\\/]/).slice(-1)
  const same: ExportFile = {
    ...{ path, name, spool: null, size: 0, mtimeMs: Date.parse(asOf), sha256: last.sha256, asOf },
    complete: { proof: 'part' },
    cursor,
  }
  sameAgain(tx, kinds, sourceById(tx.raw, last.source), same)
}
