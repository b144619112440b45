import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** Random bytes of this ledger, made once: they seed fingerprints and key the hashes of what may not be kept. Call it in a transaction. */
export function ledgerSeed(raw: DatabaseSync): Uint8Array {
  const known = raw.prepare("select value from settings where name = 'seed'").get()
  if (known) return Buffer.from(String(known['value']), 'hex')
  const seed = randomBytes(32)
  raw.prepare("insert into settings (name, value) values ('seed', ?)").run(seed.toString('hex'))
  return seed
}
