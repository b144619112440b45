import type { ExportFile } from '../connectors/connector.ts'
import type { Kind } from '../items/kind.ts'
import type { WriterTx } from './command.ts'
import type { IdSet } from './id-set.ts'
import { mayBeGone } from './may-be-gone.ts'
import { heldIn } from './missing.ts'
import { filesBeside, takenFiles } from './other-files.ts'
import type { Source } from './sources.ts'

/**
 * As of when all of a source is known (ms), once this export is: where another export beside it (another division's) alone holds some of the
 * records, the older of the two. Of what only adds up, such as costs, the newest export says it.
 */
export function sourceAsOf({ raw }: WriterTx, kind: Kind, { id, always_complete }: Source, { path, asOf }: ExportFile): number {
  const at = Date.parse(asOf)
  if (always_complete === 1 || !mayBeGone(kind)) return at
  const older = filesBeside(takenFiles(raw, id), { path, asOf: at }).filter((beside) => beside.asOf < at)
  if (older.length === 0) return at
  const here = heldIn(raw, id, [{ path }])
  const alone = older.filter((beside) => holdsMore(heldIn(raw, id, [beside]), here))
  return Math.min(at, ...alone.map((beside) => beside.asOf))
}

function holdsMore(these: IdSet, those: IdSet): boolean {
  for (const record of these.ids()) if (!those.has(record)) return true
  return false
}
