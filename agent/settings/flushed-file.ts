/** This agent's own start-up settings; nothing two agents would share. Writing never leaves half a file: temp, flush, rename, flush the folder. */
import { copyFile, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Replaces a file's text whole, or not at all. `mode` is for new files; the one before stays as `<path>.bak` when `keep` is set. */
export async function writeFlushed(path: string, text: string | Uint8Array, { mode = 0o600, keep = false } = {}): Promise<void> {
  const temp = `${path}.${process.pid}.tmp`
  const file = await open(temp, 'w', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  if (keep) await copyFile(path, `${path}.bak`).catch(ignoreMissing)
  await rename(temp, path)
  await flushFolder(dirname(path))
}

/** A file's text, or null when there is none. */
export const readIfThere = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(ignoreMissing)

/** Windows flushes a folder with its files and refuses to open one. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/** There was nothing before: that is how every file starts. */
function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
