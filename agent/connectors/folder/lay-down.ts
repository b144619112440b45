import { rename, rm, writeFile } from 'node:fs/promises'
import { manifestSuffix } from './manifest.ts'

/**
 * A file written under another name becomes an export with its manifest. For a moment it has none: it would rest much longer before it is taken
 * without one, and so it never lies beside that of another.
 */
export async function layDown(part: string, path: string, manifest: string): Promise<void> {
  const to = `${path}${manifestSuffix}`
  await rm(to, { force: true })
  await rename(part, path)
  await writeFile(`${to}.part`, manifest)
  await rename(`${to}.part`, to)
}
