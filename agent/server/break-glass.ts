import type { Command } from '../ledger/command.ts'
import type { By } from '../ledger/writing.ts'
import { keepPerson } from './keep-person.ts'

type Glass = { name: string; email: string; code: string; shutOut: boolean; by: By }
type MakeCode = Command<{ person: number; code: string; by: By }, number | null>

/** Whoever may write the agent's folder makes somebody an admin again; it stands in the audit log as what it is. Their projects stay as they are. */
export const breakGlass =
  (makeCode: MakeCode): Command<Glass, { person: number; expiresAt: number; shutOut: number }> =>
  async (tx, { name, email, code, shutOut, by }) => {
    const known = tx.raw.prepare('select id, role, scope from people where lower(email) = lower(?)').get(email)
    const scope = known && known['scope'] !== null ? (JSON.parse(String(known['scope'])) as string[]) : null
    const { id: person } = await keepPerson(tx, { name, email, role: 'admin', scope, by })
    const theirs = tx.raw.prepare("select id from keys where person = ? and origin <> 'cli' and revoked_at is null").all(person)
    const out = shutOut ? theirs.map(({ id }) => Number(id)) : []
    for (const key of out) {
      tx.raw.prepare('update keys set revoked_at = ? where id = ?').run(tx.now(), key)
      tx.audit({ ...by, act: 'key-revoked', subject: `key:${key}` })
    }
    const before = known ? { role: known['role'], browsers: theirs.length } : undefined
    tx.audit({ ...by, act: 'break-glass', subject: `person:${person}`, before, after: { role: 'admin', shutOut: out.length } })
    const expiresAt = await makeCode(tx, { person, code, by })
    if (expiresAt === null) throw new Error(`Person ${person} was kept and is not there.`)
    tx.emit('people-changed', { person: String(person) })
    return { person, expiresAt, shutOut: out.length }
  }
