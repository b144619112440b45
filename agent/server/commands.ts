/** What the server itself writes: people, their browsers' keys and codes. Each act is audited in its own transaction. */
import { randomBytes } from 'node:crypto'
import type { Problem } from '../../shared/problem.ts'
import type { Command } from '../ledger/command.ts'
import type { By } from '../ledger/writing.ts'
import type { ApproverSource } from '../settings/connection.ts'
import { approveAsk, askToJoin, refuseAsk, showAsk } from './ask-commands.ts'
import { breakGlass } from './break-glass.ts'
import { codeLifeMs, codeTries, hashCode, isCode } from './codes.ts'
import { removeGroup, setConnectionScope, setGroup } from './group-commands.ts'
import { keepPerson, type NewPerson } from './keep-person.ts'
import { type Joined, type NewKey, registerKey } from './register-key.ts'

/** Answers the person's id. */
const addPerson: Command<NewPerson & { by: By }, number> = async (tx, input) => (await keepPerson(tx, input)).id

/** Keeps the hash of a new code; the person's earlier ones end. Answers when it ends (ms), or null when there is no such person. */
const makeCode: Command<{ person: number; code: string; by: By }, number | null> = async (tx, { person, code, by }) => {
  const who = await tx.db.selectFrom('people').select('id').where('id', '=', person).executeTakeFirst()
  if (!who) return null
  const expires_at = tx.now() + codeLifeMs
  await tx.db.deleteFrom('codes').where('person', '=', person).execute()
  const hash = hashCode(code, randomBytes(9).toString('base64url'))
  await tx.db.insertInto('codes').values({ person, hash, made_at: tx.now(), expires_at, tries: 0, used_at: null }).execute()
  tx.audit({ ...by, act: 'code-made', subject: `person:${person}` })
  return expires_at
}

/** Takes a code and keeps the key it came with. A wrong code counts against every live one, since nobody knows which was meant. */
const join: Command<{ code: string; key: NewKey }, Joined | null> = async (tx, { code, key }) => {
  const live = await tx.db
    .selectFrom('codes')
    .selectAll()
    .where('expires_at', '>', tx.now())
    .where('used_at', 'is', null)
    .where('tries', '<', codeTries)
    .execute()
  const found = live.find(({ hash }) => isCode(code, hash))
  if (!found) {
    const ids = live.map(({ id }) => id)
    if (ids.length > 0)
      await tx.db
        .updateTable('codes')
        .set((eb) => ({ tries: eb('tries', '+', 1) }))
        .where('id', 'in', ids)
        .execute()
    return null
  }
  await tx.db.updateTable('codes').set({ used_at: tx.now() }).where('id', '=', found.id).execute()
  return registerKey(tx, { person: found.person, key })
}

/** Keeps a key for a person without a code: the command line's own, made by whoever may write the agent's folder. */
const addKey: Command<{ person: number; key: NewKey }, Joined> = (tx, input) => registerKey(tx, input)

/** Answers false when there is no such key, or it was revoked before. */
const revokeKey: Command<{ key: number; by: By }, boolean> = async (tx, { key, by }) => {
  const { numUpdatedRows } = await tx.db
    .updateTable('keys')
    .set({ revoked_at: tx.now() })
    .where('id', '=', key)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  tx.audit({ ...by, act: 'key-revoked', subject: `key:${key}` })
  tx.emit('people-changed', {})
  return true
}

/** An admin grants or revokes Tieback's own approver right. Null when there is no such person. */
const setApprover: Command<{ person: number; granted: boolean; by: By }, { approver: boolean } | null> = async (
  tx,
  { person, granted, by },
) => {
  const known = await tx.db.selectFrom('people').select('approver').where('id', '=', person).executeTakeFirst()
  if (!known) return null
  await tx.db
    .updateTable('people')
    .set({ approver: Number(granted) })
    .where('id', '=', person)
    .execute()
  tx.audit({
    ...by,
    act: granted ? 'approver-granted' : 'approver-revoked',
    subject: `person:${person}`,
    before: known.approver === 1,
    after: granted,
  })
  tx.emit('people-changed', { person: String(person) })
  return { approver: granted }
}

/** An admin says whose list of approvers counts for a connection; nothing is read anew for that. Null when there is no such connection. */
const setApproverSource: Command<{ connection: number; source: ApproverSource; by: By }, { source: ApproverSource } | null> = async (
  tx,
  { connection, source, by },
) => {
  const before = tx.raw.prepare("select settings ->> 'approvers' as source from connections where id = ?").get(connection)
  if (!before) return null
  tx.raw.prepare("update connections set settings = json_set(settings, '$.approvers', ?) where id = ?").run(source, connection)
  tx.audit({ ...by, act: 'approvers-set', subject: `connection:${connection}`, before: before['source'] ?? 'tieback', after: source })
  tx.emit('connection-changed', { connection: String(connection), data: { approvers: source } })
  return { source }
}

/** An act that was refused for want of a right: who, from where, what, and what was missing. */
const refused: Command<{ by: By; act: string; subject: string; missing: Problem }, void> = (tx, { by, act, subject, missing }) =>
  tx.audit({ ...by, act: `${act}-refused`, subject, after: { missing: missing.code, ...missing.params } })

/** When a key was last used; not an act, so not audited. */
const keySeen: Command<{ key: number }, void> = async (tx, { key }) => {
  await tx.db.updateTable('keys').set({ last_seen_at: tx.now() }).where('id', '=', key).execute()
}

export const serverCommands = {
  ...{ addPerson, makeCode, join, addKey, revokeKey, keySeen, setApprover, setApproverSource, refused },
  ...{ askToJoin, showAsk, approveAsk, refuseAsk, setGroup, removeGroup, setConnectionScope },
  breakGlass: breakGlass(makeCode),
}
