/** Exports that belong together: the manifest of each names them all, and none is taken before all are there. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { doneFolder, filedName } from './file-away.ts'
import { codeOf, pathIn } from './list-folder.ts'
import { manifestSuffix } from './manifest.ts'

/** The first file of a set that is not there with its own manifest yet, nor was filed since `since` (ms); undefined when the set is whole. */
export async function missingOfSet(folder: string, files: readonly string[], since: number): Promise<string | undefined> {
  for (const name of files) if (!(await isThere(folder, name)) && !(await wasFiled(folder, name, since))) return name
  return undefined
}

const isThere = async (folder: string, name: string): Promise<boolean> =>
  (await sizeOf(pathIn(folder, name))) > 0 && (await sizeOf(pathIn(folder, name + manifestSuffix))) > 0

async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(ifGone)
  return found?.isFile() ? found.size : 0
}

/** Where originals leave the folder, the first of a set has left when the second is looked at. */
async function wasFiled(folder: string, name: string, since: number): Promise<boolean> {
  const filed = (await readdir(join(folder, doneFolder)).catch(ifGone)) ?? []
  return filed.some((one) => one.endsWith(`_${name}`) && one >= filedName('', since).slice(0, -1))
}

function ifGone(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}
