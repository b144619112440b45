/** One look at a folder: its files with what tells them apart. Sub-folders are not looked into, links not followed. */
import { lstatSync, readdirSync, type Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { sep } from 'node:path'
import type { Seen } from './settle.ts'

export type Listing = { files: Map<string, Seen>; links: string[] }

/** Where a file of a folder is. Both are clean, and a folder of thousands is looked at every half minute: what join() does beyond this is dear. */
export const pathIn = (folder: string, name: string): string => (folder.endsWith(sep) ? folder + name : folder + sep + name)

/** Cheap on a local disk: no detour through the thread pool. Throws when the folder cannot be listed. */
export function listLocal(folder: string): Listing {
  const listing: Listing = { files: new Map(), links: [] }
  for (const name of readdirSync(folder))
    add(
      listing,
      name,
      statOrGone(() => lstatSync(pathIn(folder, name))),
    )
  return listing
}

/** On a share, where each call may hang: never on the main thread. */
export async function listShare(folder: string): Promise<Listing> {
  const listing: Listing = { files: new Map(), links: [] }
  for (const name of await readdir(folder)) add(listing, name, await lstat(pathIn(folder, name)).catch(ifGone))
  return listing
}

function add(listing: Listing, name: string, stat: Stats | null): void {
  if (stat?.isSymbolicLink()) listing.links.push(name)
  else if (stat?.isFile()) listing.files.set(name, seenOf(stat))
}

export const seenOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): Seen => ({ size, mtimeMs, ctimeMs, ino })

/** How one file looks now; null when it, or the folder, is not there. */
export async function seenAt(path: string): Promise<Seen | null> {
  try {
    return seenOf(await lstat(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function statOrGone(stat: () => Stats): Stats | null {
  try {
    return stat()
  } catch (error) {
    return ifGone(error)
  }
}

/** A file may leave between listing and look (ENOENT), or be held for a moment by a scanner (EBUSY, EPERM, EACCES): the next look will see it. */
function ifGone(error: unknown): null {
  if (['ENOENT', 'EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error))) return null
  throw error
}

/** The system's code of an error ('ENOENT'), or its text. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? String(error)
