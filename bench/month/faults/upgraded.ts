import { migrations } from '../../../agent/ledger/migrate.ts'
import { saidBy } from '../said.ts'
import { type Fault, over } from './fault.ts'

const step = '9999-newer'

/** Killed in the middle of a run and started as a newer version, with one more step of the ledger; the older one, started by mistake, says so and changes nothing. */
export const upgraded: Fault = {
  steps: ['sending'],
  says: 'ledger-newer',
  async start({ kill, reopen, told }) {
    const text = 'create table newer ( -- What only the newer version keeps.\n  id integer primary key\n) strict;\n'
    kill()
    migrations[step] = text
    await reopen()
    kill()
    delete migrations[step]
    told(await saidBy(reopen()))
    migrations[step] = text
    await reopen()
    return over
  },
}

/** The month is over; whatever runs after it in this process knows nothing of the newer version. */
export const forgetUpgrade = (): void => void delete migrations[step]
