/** Afterwards a file lies in done/ or refused/ below the watched folder, under a name that tells when it was taken; a refused one beside its reason. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Problem, sayProblem } from '../../../shared/problem.ts'
import { codeOf, seenAt } from './list-folder.ts'
import type { Seen } from './settle.ts'

export type Filing = {
  /** The watched folder. */
  folder: string
  name: string
  /** The copy the take was made from; null when the content was known. */
  spool: string | null
  /** Where the original lies and whether it shall leave. */
  original: string
  originals: 'leave' | 'move'
  /** The original as it was taken: one that changed since is not moved. */
  seen: Seen
  takenAt: number
}

export const doneFolder = 'done'
export const refusedFolder = 'refused'

/** Files a taken file; answers where it lies, or null when nothing was to be filed. Throws EACCES, EROFS or EPERM where the folder is read-only. */
export function fileDone(filing: Filing): Promise<string | null> {
  return fileInto(doneFolder, filing)
}

/** Files a refused file with `<name>.reason.txt` beside it. */
export async function fileRefused(filing: Filing, problem: Problem | undefined): Promise<string | null> {
  const filed = await fileInto(refusedFolder, filing)
  if (filed !== null && problem) await writeFile(`${filed}.reason.txt`, `${sayProblem(problem)}\r\n`)
  return filed
}

/**
 * Files a known file that an earlier agent took and did not live to file; answers where, or null when its content lies in done/ already.
 * A copy as old as copies are kept has been swept and is not made again.
 */
export async function fileMissed(filing: Filing, sha256: string, keepMs: number): Promise<string | null> {
  const { name, original, seen, takenAt } = filing
  if (takenAt - seen.mtimeMs > keepMs) return null
  const folder = await realFolder(join(filing.folder, doneFolder))
  if (await isFiled(folder, name, seen, sha256)) return null
  const target = await freeTarget(folder, filing)
  await copyWhole(original, target)
  const now = await seenAt(original)
  if (now !== null && isSameContent(now, seen)) return target
  await rm(target)
  return null
}

/** By its time: filed since it was written; else by its content: the ERP may have written the same again. */
async function isFiled(folder: string, name: string, seen: Seen, sha256: string): Promise<boolean> {
  const stamp = filedName('', seen.mtimeMs).slice(0, -1)
  const filed = (await readdir(folder)).filter((one) => one.endsWith(name) && one.slice(stamp.length).replace(/^(-\d+)?_/, '') === name)
  const last = filed.sort().at(-1)
  if (last === undefined) return false
  return last.slice(0, stamp.length) >= stamp || (await hashOf(join(folder, last))) === sha256
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex')
}

async function fileInto(kind: string, filing: Filing): Promise<string | null> {
  if (filing.originals === 'leave' && filing.spool === null) return null
  const target = await freeTarget(await realFolder(join(filing.folder, kind)), filing)
  if (filing.originals === 'move' && (await moveAsTaken(filing, target))) return target
  if (filing.spool === null) return null
  await linkOrCopy(filing.spool, target)
  return target
}

/** Makes the folder; a link in its place might lead anywhere and is refused like a folder we may not write to. */
async function realFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true })
  if ((await lstat(path)).isDirectory()) return path
  throw Object.assign(new Error(`${path} is a link`), { code: 'EPERM' })
}

async function freeTarget(folder: string, { name, takenAt }: Filing): Promise<string> {
  for (let again = 0; ; again++) {
    const target = join(folder, filedName(name, takenAt, again))
    if ((await seenAt(target)) === null) return target
  }
}

/** Moves the original, if it is still what was taken; the ERP may have written the next one meanwhile, and that one stays. */
async function moveAsTaken({ original, seen }: Filing, target: string): Promise<boolean> {
  const there = await seenAt(original)
  if (there === null || !isSameContent(there, seen)) return false
  await rename(original, target)
  const moved = await seenAt(target)
  if (moved !== null && isSameContent(moved, seen)) return true
  await rename(target, original)
  return false
}

/** Moving changes ctime, so it says nothing here. */
const isSameContent = (a: Seen, b: Seen): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino

/** `2026-11-22_140211_vendors.csv`, in the server's own time; a second one in the same second gets a number. */
export function filedName(name: string, takenAt: number, again = 0): string {
  const at = new Date(takenAt)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const time = two(at.getHours()) + two(at.getMinutes()) + two(at.getSeconds())
  return `${day}_${time}${again === 0 ? '' : `-${again + 1}`}_${name}`
}

/** A hard link costs nothing; on another disk it is a copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') throw error
    await copyWhole(from, to)
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  const part = `${to}.part`
  await copyFile(from, part)
  await rename(part, to)
}
