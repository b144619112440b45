/** Backups the running agent makes: one at a time, written down however it ends; of the daily ones so many are kept. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { backupFiles, backupName, backupsIn, dailyName } from '../cli/backups.ts'
import type { BackupTry } from '../ledger/backups-made.ts'
import { copyLedger } from './copy-ledger.ts'

/** How far a backup is: so many bytes of so many copied, then it is read back. `beganAt` in ms. */
export type BackupStep = { beganAt: number; step: 'copying' | 'checking'; bytes: number; of: number }

export type BackupParts = {
  /** The data folder, and the ledger's file. */
  folder: string
  ledger: string
  now: () => number
  /** How many daily ones are kept; null while none is made by itself. */
  keep: () => number | null
  /** Writes down how one ended. */
  ended: (made: BackupTry) => Promise<void>
  /** Cut short by it, nothing is left behind and nothing written down: the next start finds it due. */
  signal: AbortSignal
}

export type Backups = ReturnType<typeof createBackups>

export function createBackups({ folder, ledger, now, keep, ended, signal }: BackupParts) {
  let under: { beganAt: number; to: string; step: BackupStep['step']; of: number } | null = null
  let last: Promise<void> = Promise.resolve()

  async function make(daily: boolean, beganAt: number, to: string): Promise<void> {
    const reason = await copied(to).finally(() => {
      under = null
    })
    const bytes = reason === null ? (await stat(to)).size : null
    await ended({ beganAt, endedAt: now(), daily, file: reason === null ? to : null, bytes, reason })
    if (reason === null && daily) await dropOld()
  }

  /** What the file system says is a reason like any other. */
  async function copied(to: string): Promise<string | null> {
    try {
      await mkdir(backupsIn(folder), { recursive: true, mode: 0o700 })
      await dropHalf()
      const { size } = await stat(ledger)
      if (under) under.of = size
      return await copyLedger({ ledger, to }, checking, signal)
    } catch (cause) {
      if (signal.aborted) throw cause
      return cause instanceof Error ? cause.message : String(cause)
    } finally {
      await rm(`${to}.part`, { force: true }).catch(() => undefined) // the folder is none: that was told
    }
  }

  const checking = (): void => {
    if (under) under.step = 'checking'
  }

  /** A killed agent left one half; nobody else makes daily ones. */
  async function dropHalf(): Promise<void> {
    for (const name of await readdir(backupsIn(folder)))
      if (name.endsWith('-daily.db.part')) await rm(join(backupsIn(folder), name), { force: true })
  }

  async function dropOld(): Promise<void> {
    const most = keep()
    const daily = (await backupFiles(folder)).filter((one) => one.daily)
    for (const { name } of most === null ? [] : daily.slice(most)) await rm(join(backupsIn(folder), name), { force: true })
  }

  /** Makes one, or goes on with the one that is being made; a daily one comes after that. Resolves once it has ended. */
  function run(daily: boolean): Promise<void> {
    const again = (): Promise<void> => run(daily)
    if (under) return daily ? last.then(again, again) : last
    const beganAt = now()
    const to = join(backupsIn(folder), daily ? dailyName(beganAt) : backupName(beganAt))
    under = { beganAt, to, step: 'copying', of: 0 }
    last = make(daily, beganAt, to)
    return last
  }

  return {
    run,
    /** When none is being made any more. */
    over: (): Promise<void> => last.catch(() => undefined), // whoever asked for it is told
    /** Null while none is made. */
    async progress(): Promise<BackupStep | null> {
      if (!under) return null
      const { beganAt, step, of, to } = under
      const part = await stat(`${to}.part`).catch(() => null) // not begun, or there already
      return { beganAt, step, bytes: step === 'checking' ? of : Math.min(part?.size ?? 0, of), of }
    },
  }
}
