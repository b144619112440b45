import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import type { Transact } from '../../../agent/ledger/command.ts'
import { openWriting } from '../../../agent/ledger/open.ts'
import { turns } from '../../../agent/ledger/turns.ts'
import { advanceUnlinks } from '../../../agent/unlink/advance.ts'
import type { Event } from '../../../shared/event.ts'

export type TestLedger = { path: string; raw: DatabaseSync; transact: Transact; events: Event[]; clock: { now: number } }

/** A real ledger in a folder of its own, written to in this thread, with the test's clock. */
export async function openLedger(): Promise<TestLedger> {
  const folder = mkdtempSync(join(tmpdir(), 'tieback-ledger-'))
  const path = join(folder, 'ledger.db')
  const raw = await openWriting(path)
  onTestFinished(() => {
    if (raw.isOpen) raw.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const events: Event[] = []
  const clock = { now: Date.parse('2026-11-02T06:00:00Z') }
  const onEvents = (more: Event[]) => void events.push(...more)
  const transact = turns({ raw, now: () => clock.now, onEvents, follow: (tx) => advanceUnlinks(tx, kinds) })
  return { path, raw, events, clock, transact }
}
