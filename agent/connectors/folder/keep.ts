/** Filed and spooled copies are kept for a while, then swept. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { doneFolder, refusedFolder } from './file-away.ts'
import { codeOf } from './list-folder.ts'

const dayMs = 86_400_000

/** Old enough to go? `bornMs` is when the copy was made. A clock set back makes nothing old. */
export const isExpired = (bornMs: number, now: number, keepDays: number): boolean => now - bornMs > keepDays * dayMs

export type Keep = { folder: string; spoolFolder: string; keepDays: number }

/** Removes expired copies from done/, refused/ and the spool; answers how many. A folder that is not there holds nothing. */
export async function sweep({ folder, spoolFolder, keepDays }: Keep, now: number): Promise<number> {
  let removed = 0
  for (const place of [join(folder, doneFolder), join(folder, refusedFolder), spoolFolder]) {
    for (const name of await readdir(place).catch(ifGone)) removed += await removeIfExpired(join(place, name), now, keepDays)
  }
  return removed
}

/** Removes copies that a killed agent left half, in the spool or where they were to be filed; called before anything is copied. */
export async function dropHalfCopies({ folder, spoolFolder }: Omit<Keep, 'keepDays'>): Promise<void> {
  for (const place of [join(folder, doneFolder), join(folder, refusedFolder), spoolFolder])
    for (const name of await readdir(place).catch(ifGone)) if (name.endsWith('.part')) await rm(join(place, name), { force: true })
}

async function removeIfExpired(path: string, now: number, keepDays: number): Promise<number> {
  const found = await stat(path).catch(() => null) // gone meanwhile, or not ours to look at: the next sweep sees
  // ctime: a hard link keeps the original's mtime, but making it counts as a change.
  if (!found?.isFile() || !isExpired(found.ctimeMs, now, keepDays)) return 0
  await rm(path, { force: true })
  return 1
}

/** No such folder, or not allowed to look: nothing to sweep there. Anything else is told. */
function ifGone(error: unknown): string[] {
  if (['ENOENT', 'EACCES', 'EPERM'].includes(codeOf(error))) return []
  throw error
}
