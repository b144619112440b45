/** When what the agent does for itself is due. Pure. */
import type { AgentSettings } from '../ledger/agent-settings.ts'
import type { BackupTry } from '../ledger/backups-made.ts'
import { nextDaily } from '../schedule/daily.ts'
import { here, type Zone } from '../schedule/wall-clock.ts'

/** A daily backup that failed is tried again after so long. */
const backupAgainMs = 3_600_000

/** When the next daily backup is due, ms: a moment that is past, where the agent did not run then; null where none is wanted. */
export function backupDue(set: AgentSettings['backups'] | null, last: BackupTry | null, zone: Zone = here): number | null {
  if (!set?.daily) return null
  const tried = last && last.endedAt > set.since ? last : null
  if (tried && tried.reason !== null) return tried.endedAt + backupAgainMs
  return nextDaily(set.daily.at, Math.max(set.since, tried?.beganAt ?? 0), zone)
}
