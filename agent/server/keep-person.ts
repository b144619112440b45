import type { Role } from '../../shared/pairing.ts'
import type { WriterTx } from '../ledger/command.ts'
import type { By } from '../ledger/writing.ts'

export type NewPerson = { name: string; email: string; role: Role; scope: readonly string[] | null }

type Said = { name: string; email: string; role: string; scope: string | null }

/**
 * Somebody known by the same e-mail, however it is written, keeps their id, their e-mail as it stands and a suspension; nothing is written where
 * nothing is another. `before` is null for whoever is new.
 */
export async function keepPerson(
  tx: WriterTx,
  { by, scope, ...who }: NewPerson & { by: By },
): Promise<{ id: number; before: Said | null; after: Said }> {
  const known = await tx.db
    .selectFrom('people')
    .select(['id', 'name', 'email', 'role', 'scope'])
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', who.email.toLowerCase()))
    .executeTakeFirst()
  const after: Said = { ...who, email: known?.email ?? who.email, scope: scope === null ? null : JSON.stringify(scope) }
  const { id: knownId, ...before } = known ?? { id: null }
  const id = knownId ?? (await insertPerson(tx, after))
  if (known && JSON.stringify(before) === JSON.stringify(after)) return { id, before: after, after }
  if (known) await tx.db.updateTable('people').set(after).where('id', '=', id).execute()
  tx.audit({ ...by, act: known ? 'person-changed' : 'person-added', subject: `person:${id}`, before: known && before, after })
  tx.emit('people-changed', { person: String(id) })
  return { id, before: known ? (before as Said) : null, after }
}

async function insertPerson(tx: WriterTx, said: Said): Promise<number> {
  const made = await tx.db
    .insertInto('people')
    .values({ ...said, suspended_at: null, suspended_by: null, created_at: tx.now() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return made.id
}
