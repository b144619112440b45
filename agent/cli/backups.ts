import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { stampOf } from '../ledger/restore.ts'

/** Where backups lie in a data folder, and how they are called: sorted by name they are sorted by time. */
export const backupsIn = (folder: string): string => join(folder, 'backups')

export const backupName = (now: number): string => `ledger-${stampOf(now)}.db`

/** Those the agent makes by itself every day say so: it takes away none that somebody asked for. */
export const dailyName = (now: number): string => `ledger-${stampOf(now)}-daily.db`

/** A backup by its file's name; null for any other file. */
const named = /^ledger-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z(-daily)?\.db$/

/** `at` (ms): what it holds is as of then. */
export type BackupFile = { name: string; at: number; daily: boolean; bytes: number }

/** Backups of a data folder, the newest first. */
export async function backupFiles(folder: string): Promise<BackupFile[]> {
  const found: BackupFile[] = []
  for (const name of await backupNames(folder)) {
    const [, day, hours, minutes, seconds, daily] = named.exec(name) ?? []
    const file = await stat(join(backupsIn(folder), name)).catch(ifGone)
    if (file) found.push({ name, at: Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`), daily: daily !== undefined, bytes: file.size })
  }
  return found
}

/** The newest backup of a data folder, null when there is none. */
export async function newestBackup(folder: string): Promise<string | null> {
  const [newest] = await backupNames(folder)
  return newest === undefined ? null : join(backupsIn(folder), newest)
}

const backupNames = async (folder: string): Promise<string[]> =>
  ((await readdir(backupsIn(folder)).catch(ifGone)) ?? [])
    .filter((name) => named.test(name))
    .sort()
    .reverse()

/** No backup was ever made here, it was taken away meanwhile, or what lies there is no folder. */
function ifGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}
