import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stampOf } from '../ledger/restore.ts'

/** Where backups lie in a data folder, and how they are called: sorted by name they are sorted by time. */
export const backupsIn = (folder: string): string => join(folder, 'backups')

export const backupName = (now: number): string => `ledger-${stampOf(now)}.db`

/** The newest backup of a data folder, null when there is none. */
export async function newestBackup(folder: string): Promise<string | null> {
  const names = await readdir(backupsIn(folder)).catch(ifGone)
  const newest = names
    .filter((name) => /^ledger-.*Z\.db$/.test(name))
    .sort()
    .at(-1)
  return newest === undefined ? null : join(backupsIn(folder), newest)
}

/** No backup was ever made here. */
function ifGone(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
