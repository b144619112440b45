import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where this agent keeps everything: as asked for, else TIEBACK_HOME, else the place the operating system has for it. */
export function dataFolder(asked?: string): string {
  return resolve(asked ?? process.env['TIEBACK_HOME'] ?? usual())
}

const usual = (): string =>
  process.platform === 'win32' ? join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Tieback') : join(homedir(), '.tieback')
