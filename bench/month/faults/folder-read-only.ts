import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportsIn } from '../office.ts'
import type { Fault } from './fault.ts'

/** Nothing can be filed in done/: a right cannot be taken from an administrator, so a file of somebody's lies in its place. */
export const folderReadOnly: Fault = {
  steps: ['file'],
  says: 'folder-read-only',
  start({ folder }) {
    const done = join(exportsIn(folder), 'done')
    const aside = join(folder, 'done.aside')
    if (existsSync(done)) renameSync(done, aside)
    writeFileSync(done, 'a note of somebody’s')
    return () => {
      rmSync(done)
      if (existsSync(aside)) renameSync(aside, done)
    }
  },
}
