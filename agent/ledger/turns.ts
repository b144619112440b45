import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextRound } from 'node:timers/promises'
import type { Event } from '../../shared/event.ts'
import { storeAct } from './audit.ts'
import type { Transact, WriterTx } from './command.ts'
import { ledgerDb } from './dialect.ts'
import { storeEvent } from './events.ts'
import { isBusy, ledgerTrouble } from './trouble.ts'

export type TurnParts = {
  raw: DatabaseSync
  now: () => number
  /** Told after the commit, never of something rolled back. */
  onEvents: (events: Event[]) => void
  /** What follows from the work of any transaction, done in it, after the work. */
  follow?: (tx: WriterTx) => void
}

/** Another program (a backup, a scanner) may hold the ledger; after so many waits of open.ts each, the command is given up and says so. */
const waitsForOthers = 6

/** Waits while another process writes, with room for messages in between. */
async function begin(raw: DatabaseSync): Promise<void> {
  for (let waits = 1; ; waits++) {
    try {
      raw.exec('begin immediate')
      return
    } catch (cause) {
      if (!isBusy(cause) || waits >= waitsForOthers) throw cause
      await nextRound()
    }
  }
}

/** Gives the one writing connection to one piece of work at a time, each in a transaction of its own, in the order they came. */
export function turns({ raw, now, onEvents, follow }: TurnParts): Transact {
  const db = ledgerDb(raw)
  let last: Promise<unknown> = Promise.resolve()

  async function run<T>(work: (tx: WriterTx) => T | Promise<T>): Promise<T> {
    const events: Event[] = []
    const tx: WriterTx = {
      db,
      raw,
      now,
      emit: (kind, event) => void events.push(storeEvent(raw, now(), kind, event)),
      audit: (act) => storeAct(raw, now(), act),
    }
    try {
      await begin(raw)
      const result = await work(tx)
      follow?.(tx)
      raw.exec('commit')
      if (events.length > 0) onEvents(events)
      return result
    } catch (cause) {
      if (raw.isTransaction) raw.exec('rollback')
      throw ledgerTrouble(cause, raw.location() ?? '') ?? cause
    }
  }

  return (work) => {
    const turn = last.then(() => run(work))
    last = turn.catch(() => undefined) // whoever asked is told; the next one's turn comes all the same
    return turn
  }
}
