import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** Where this agent keeps everything: as asked for, else TIEBACK_HOME, else the place the operating system has for it. */
export function dataFolder(asked?: string): string {
  return resolve(asked ?? process.env['TIEBACK_HOME'] ?? usual())
}

const usual = (): string =>
  process.platform === 'win32' ? join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Tieback') : join(homedir(), '.tieback')

/** A path of the settings: inside the data folder unless it is absolute. */
export const inFolder = (folder: string, path: string): string => (isAbsolute(path) ? path : join(folder, path))
