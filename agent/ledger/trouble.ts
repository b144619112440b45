import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { problem, Trouble } from '../../shared/problem.ts'

/** SQLite's primary result codes (sqlite.org/rescode.html); the higher bytes say where exactly. */
const codes = { busy: 5, locked: 6, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const

/** Less than the few pages that any write needs. */
const noRoomBytes = 256 * 1024

const codeOf = (cause: unknown): number | null => {
  const { errcode } = cause as { errcode?: unknown }
  return typeof errcode === 'number' ? errcode & 0xff : null
}

/** Another process holds what was asked for, for now. */
export const isBusy = (cause: unknown): boolean => codeOf(cause) === codes.busy || codeOf(cause) === codes.locked

/** What an error of SQLite means for a person; null where it is none of theirs. */
export function ledgerTrouble(cause: unknown, path: string): Trouble | null {
  if (cause instanceof Trouble) return cause
  const code = codeOf(cause)
  if (isBusy(cause)) return new Trouble(problem('ledger-busy', { path }), cause)
  if (code === codes.full || isOutOfRoom(code, path)) return new Trouble(problem('disk-full'), cause)
  return code === codes.corrupt || code === codes.notADatabase ? damaged(path, cause) : null
}

/** Only a write to the database itself is said to lack room; its index in shared memory fails as any other error of the disk. */
function isOutOfRoom(code: number | null, path: string): boolean {
  if (code !== codes.ioError && code !== codes.cannotOpen) return false
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize < noRoomBytes
}

export function damaged(path: string, cause: unknown): Trouble {
  return new Trouble(problem('ledger-damaged', { path, reason: cause instanceof Error ? cause.message : String(cause) }), cause)
}
