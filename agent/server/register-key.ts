import type { Jwk, Role } from '../../shared/pairing.ts'
import type { WriterTx } from '../ledger/command.ts'

export type NewKey = { jwk: Jwk; thumbprint: string; origin: string; label: string }
export type Joined = { person: number; name: string; role: Role; key: number }

/** The same key may join again, for the same or another person: it then counts for the newest only. */
export async function registerKey(tx: WriterTx, { person, key }: { person: number; key: NewKey }): Promise<Joined> {
  const values = {
    person,
    jwk: JSON.stringify(key.jwk),
    origin: key.origin,
    label: key.label,
    created_at: tx.now(),
    last_seen_at: null,
    revoked_at: null,
  }
  const made = await tx.db
    .insertInto('keys')
    .values({ ...values, thumbprint: key.thumbprint })
    .onConflict((on) => on.column('thumbprint').doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow()
  const who = await tx.db.selectFrom('people').select(['name', 'role']).where('id', '=', person).executeTakeFirstOrThrow()
  tx.audit({
    person,
    origin: key.origin,
    key: made.id,
    act: 'key-added',
    subject: `key:${made.id}`,
    after: { thumbprint: key.thumbprint, label: key.label },
  })
  tx.emit('people-changed', { person: String(person) })
  return { person, name: who.name, role: who.role as Role, key: made.id }
}
