import type { DatabaseSync } from 'node:sqlite'
import type { SnapshotShape } from '../../shared/undo.ts'
import { lastUnlink, snapshotOf } from '../ledger/unlinks.ts'
import { undoUntil } from './undo.ts'

/** A record as it was before its newest unlink, for whoever wants to keep it; null where there was none. */
export function snapshotSaid(raw: DatabaseSync, record: number): SnapshotShape | null {
  const unlink = lastUnlink(raw, record)
  if (unlink === null) return null
  const { type, item: id, project, at, by, forecast, reason, carried, relinkedAt } = unlink
  const { header, lines } = snapshotOf(raw, unlink.id)
  return {
    item: { type, id, project },
    ...{ unlinkedAt: iso(at), person: by, forecast, reason, undoUntil: iso(undoUntil(unlink)) },
    relinkedAt: relinkedAt === null ? null : iso(relinkedAt),
    carried: { header: carried.header, lines: [...carried.lines] },
    ...{ header, lines: [...lines] },
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
