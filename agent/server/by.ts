import type { By } from '../ledger/writing.ts'
import type { Caller } from './agent.ts'

/** Who acts, from where, and with which key, as it is written down. Nobody is known before the first person is. */
export const byOf = ({ person, origin, key }: Pick<Caller, 'person' | 'origin' | 'key'>): By => ({
  ...{ person: person || null, origin, key: key || null },
})
