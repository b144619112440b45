import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backUp } from '../../../agent/ledger/backup.ts'
import { restore } from '../../../agent/ledger/restore.ts'
import { ledgerIn } from '../office.ts'
import { saidBy } from '../said.ts'
import type { Fault } from './fault.ts'

/** A backup in the morning; at night the disk writes other bytes into the ledger. Put back, all of that day is known to Procore and the folder alone. */
export const ledgerDamaged: Fault = {
  steps: ['dawn'],
  never: 'last',
  says: 'ledger-damaged',
  async start({ folder, clock, reopen, told, settled }) {
    const [ledger, backup] = [ledgerIn(folder), join(folder, 'backup.db')]
    await backUp(ledger, backup)
    return async () => {
      writeFileSync(ledger, readFileSync(ledger).fill(0xa5, 8_192, 120_000))
      told(await saidBy(reopen()))
      const { aside } = await restore({ ledger, backup, now: clock.now() })
      await settled()
      for (const gone of [aside, backup]) if (gone !== null) rmSync(gone)
    }
  },
}
