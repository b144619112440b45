import { rename, rm } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { storeAct } from './audit.ts'
import { copyUsable } from './backup.ts'
import { holdLedger } from './hold.ts'
import { openWriting } from './open.ts'

export type Restore = { ledger: string; backup: string; now: number }

/** The log and its index belong to the very file they lie beside: under another one they would be read into it. */
const companions = ['-wal', '-shm', '']

/**
 * Puts a backup in the ledger's place; answers where the ledger that was there lies now (null: there was none). Nothing is touched while an
 * agent works with it (`ledger-in-use`) or when the backup is not whole (`backup-unusable`).
 */
export async function restore({ ledger, backup, now }: Restore): Promise<{ aside: string | null }> {
  const letGo = holdLedger(ledger, 0)
  try {
    const part = `${ledger}.part`
    await copyUsable(backup, part)
    const aside = await moveAside(ledger, now)
    await rename(part, ledger)
    await beginAnew(ledger, backup, now)
    return { aside }
  } finally {
    await rm(`${ledger}.part`, { force: true })
    letGo()
  }
}

async function moveAside(ledger: string, now: number): Promise<string | null> {
  const aside = `${ledger}.aside-${stampOf(now)}`
  const moved = await Promise.all(companions.map((end) => rename(ledger + end, aside + end).then(() => true, ifGone)))
  return moved.includes(true) ? aside : null
}

function ifGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}

/** `2026-11-22T181500Z`: may stand in a file's name everywhere. */
export const stampOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19).replaceAll(':', '')}Z`

/** Numbers given since the backup was made are unknown; readers that know higher ones must notice. */
const eventsSkipped = 1_000_000

async function beginAnew(ledger: string, backup: string, now: number): Promise<void> {
  const raw = await openWriting(ledger)
  try {
    raw.exec('begin immediate')
    distrust(raw)
    storeAct(raw, now, { person: null, origin: 'cli', act: 'ledger-restored', subject: 'ledger', after: { backup } })
    skipEvents(raw, now)
    raw.exec('commit')
  } finally {
    raw.close()
  }
}

/** Procore went on after the backup: every list is read whole before anything is judged by it, and exports are read however they look. */
function distrust(raw: DatabaseSync): void {
  raw.exec('delete from polls')
  raw.exec('update fingerprint_heads set met = null')
}

function skipEvents(raw: DatabaseSync, now: number): void {
  const last = Number(raw.prepare('select coalesce(max(n), 0) as n from events').get()?.['n'])
  raw.exec('delete from events')
  raw.prepare("insert into events (n, at, kind, data) values (?, ?, 'agent-started', '{}')").run(last + eventsSkipped, now)
}
