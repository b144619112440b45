import { DatabaseSync } from 'node:sqlite'
import { ledgerIn } from '../office.ts'
import type { Fault } from './fault.ts'

/** Another program, a copy or a scanner, holds the ledger. What waits ten seconds for it in a thread of its own waits a moment here. */
export const ledgerLocked: Fault = {
  steps: ['file'],
  says: 'ledger-busy',
  start({ folder, office }) {
    const { raw } = office()
    raw.exec('pragma busy_timeout = 20')
    const other = new DatabaseSync(ledgerIn(folder))
    other.exec('begin immediate')
    return () => {
      other.exec('rollback')
      other.close()
      raw.exec('pragma busy_timeout = 10000')
    }
  },
}
