/** What a connection would run on this machine, whole: shown to an admin before it ever does, and held against what they agreed to each time. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { win32 } from 'node:path'
import { problem, Trouble } from '../../../shared/problem.ts'
import type { Program } from '../connector.ts'
import { codeOf } from '../folder/list-folder.ts'
import type { Extract } from './settings.ts'

/** PowerShell takes a script by its own word; any other program by its first. */
export const wordsBefore = (command: string, script: string): string[] =>
  /^powershell(\.exe)?$/i.test(win32.basename(command)) ? ['-NoProfile', '-NonInteractive', '-File', script] : [script]

export async function programOf({ command, script, job }: Extract): Promise<Program> {
  const texts = [await textOf(script), await textOf(job)]
  const line = [command, ...wordsBefore(command, script), '-Job', job, '-Query', '…', '-Out', '…']
  const [scriptText = '', jobText = ''] = texts
  const sha256 = createHash('sha256')
    .update(JSON.stringify([command, script, job, ...texts]))
    .digest('hex')
  return {
    line,
    files: [
      { path: script, text: scriptText },
      { path: job, text: jobText },
    ],
    sha256,
  }
}

/** Longer than any script a person would read. */
const mostBytes = 1 << 20

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    if (bytes.length <= mostBytes) return bytes.toString('utf8')
  } catch (error) {
    throw new Trouble(problem('file-unreadable', { file: path, reason: codeOf(error) }), error)
  }
  throw new Trouble(problem('file-unreadable', { file: path, reason: 'too-long' }))
}
