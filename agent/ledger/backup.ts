/** Copies of the ledger that can be put back: made while the agent works, each looked through to its last page before it counts. */
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'
import { problem, Trouble } from '../../shared/problem.ts'
import { migrations, stepsTaken } from './migrate.ts'
import { openReading } from './open.ts'
import { ledgerTrouble } from './trouble.ts'

/** All pages in one go: what is committed meanwhile lies in the write-ahead log and disturbs nothing. */
const allPages = 0x7fff_ffff

/**
 * Copies the ledger as it is now. The copy stands whole under its name, or not at all; throws `ledger-damaged` when the ledger is not. `copied` is
 * called once it is there and is about to be read back.
 */
export async function backUp(ledger: string, to: string, copied: () => void = () => {}): Promise<void> {
  const part = `${to}.part`
  try {
    const raw = openReading(ledger)
    await backup(raw, part, { rate: allPages }).finally(() => raw.close())
    copied()
    const wrong = await wrongWith(part)
    if (wrong !== null) throw new Trouble(problem('ledger-damaged', { path: ledger, ...wrong }))
    await flushed(part)
    await rename(part, to)
  } catch (cause) {
    throw ledgerTrouble(cause, to) ?? cause
  } finally {
    await rm(part, { force: true })
  }
}

/** Copies a backup to `part`; throws `backup-unusable` unless it is a ledger, whole, and one that this Tieback understands. */
export async function copyUsable(file: string, part: string): Promise<void> {
  const wrong = (await copyFile(file, part).catch(reasonOf)) ?? (await wrongWith(part))
  if (wrong !== null) throw new Trouble(problem('backup-unusable', { file, ...wrong }))
  await flushed(part)
}

type Wrong = { reason: string; step?: string }

/** What does not hold about a copy, null when all does. It is one file afterwards, without a log beside it. */
async function wrongWith(file: string): Promise<Wrong | null> {
  try {
    const raw = new DatabaseSync(file)
    try {
      raw.exec('pragma journal_mode = delete')
      const answer = String(raw.prepare('pragma integrity_check(1)').get()?.['integrity_check'])
      return answer === 'ok' ? wrongSteps(stepsTaken(raw)) : { reason: answer }
    } finally {
      raw.close()
    }
  } catch (cause) {
    return reasonOf(cause)
  }
}

const reasonOf = (cause: unknown): Wrong => ({ reason: cause instanceof Error ? cause.message : String(cause) })

function wrongSteps(taken: readonly string[]): Wrong | null {
  if (taken.length === 0) return { reason: 'no-ledger' }
  const later = taken.find((step) => !(step in migrations))
  return later === undefined ? null : { reason: 'newer', step: later }
}

async function flushed(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync().finally(() => file.close())
}
