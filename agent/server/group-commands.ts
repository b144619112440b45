/** Groups of people, written down: each change audited with what was before. */
import type { Command, WriterTx } from '../ledger/command.ts'
import type { ConnectionScope } from '../ledger/rights.ts'
import type { By } from '../ledger/writing.ts'

type Said = { name: string; scope: readonly string[] | null; members: readonly number[] }

/** Makes a group (`id` null) or changes one. `taken`: another has the name, however it is written; null where there is no such group, or no such person. */
export const setGroup: Command<Said & { id: number | null; by: By }, number | 'taken' | null> = async (tx, { id: known, by, ...said }) => {
  const before = known === null ? null : groupOf(tx, known)
  if ((known !== null && before === null) || !said.members.every((person) => isPerson(tx, person))) return null
  if (tx.raw.prepare('select 1 from people_groups where lower(name) = lower(?) and id is not ?').get(said.name, known)) return 'taken'
  const scope = said.scope === null ? null : JSON.stringify(said.scope)
  const id = known ?? (await made(tx, said.name, scope))
  tx.raw.prepare('update people_groups set name = ?, scope = ? where id = ?').run(said.name, scope, id)
  tx.raw.prepare('delete from group_members where "group" = ?').run(id)
  for (const person of new Set(said.members)) join(tx, id, person)
  tx.audit({ ...by, act: before ? 'group-changed' : 'group-added', subject: `group:${id}`, before, after: groupOf(tx, id) })
  tx.emit('people-changed', {})
  return id
}

/** Its members stay as they are otherwise. Answers false where there is no such group. */
export const removeGroup: Command<{ id: number; by: By }, boolean> = (tx, { id, by }) => {
  const before = groupOf(tx, id)
  if (before === null) return false
  tx.raw.prepare('delete from group_members where "group" = ?').run(id)
  tx.raw.prepare('delete from people_groups where id = ?').run(id)
  leaveScopes(tx, id, by)
  tx.audit({ ...by, act: 'group-removed', subject: `group:${id}`, before })
  tx.emit('people-changed', {})
  return true
}

/** Somebody joins groups beside those they are in; one that is gone meanwhile is left out. */
export function joinGroups(tx: WriterTx, { person, groups, by }: { person: number; groups: readonly number[]; by: By }): void {
  for (const id of groups) {
    const before = groupOf(tx, id)
    if (before === null || before.members.includes(person)) continue
    join(tx, id, person)
    tx.audit({ ...by, act: 'group-changed', subject: `group:${id}`, before, after: groupOf(tx, id) })
  }
}

const made = async (tx: WriterTx, name: string, scope: string | null): Promise<number> =>
  (await tx.db.insertInto('people_groups').values({ name, scope, created_at: tx.now() }).returning('id').executeTakeFirstOrThrow()).id

const join = ({ raw }: WriterTx, group: number, person: number): unknown =>
  raw.prepare('insert into group_members ("group", person) values (?, ?)').run(group, person)

const isPerson = ({ raw }: WriterTx, id: number): boolean => raw.prepare('select 1 from people where id = ?').get(id) !== undefined

function groupOf({ raw }: WriterTx, id: number): { name: string; scope: string[] | null; members: number[] } | null {
  const row = raw.prepare('select name, scope from people_groups where id = ?').get(id)
  if (!row) return null
  const members = raw.prepare('select person from group_members where "group" = ? order by person').all(id)
  const scope = row['scope'] === null ? null : (JSON.parse(String(row['scope'])) as string[])
  return { name: String(row['name']), scope, members: members.map(({ person }) => Number(person)) }
}

type SetScope = { connection: number; scope: ConnectionScope | null; by: By }

/** Says whom a connection is open to; null: everyone. Answers false where it, somebody named, or a group is not there. */
export const setConnectionScope: Command<SetScope, boolean> = (tx, { connection, scope, by }) => {
  const row = tx.raw.prepare('select 1 from connections where id = ? and deleted_at is null').get(connection)
  const isKnown =
    scope === null || (scope.people.every((one) => isPerson(tx, one)) && scope.groups.every((one) => groupOf(tx, one) !== null))
  if (!row || !isKnown) return false
  setScope(tx, { connection, scope, by })
  return true
}

/** A number is given again: whoever gets it next must not find a connection open to them. */
function leaveScopes(tx: WriterTx, group: number, by: By): void {
  for (const row of tx.raw.prepare('select id, scope from connections where scope is not null').all()) {
    const { people, groups } = JSON.parse(String(row['scope'])) as ConnectionScope
    if (groups.includes(group))
      setScope(tx, { connection: Number(row['id']), scope: { people, groups: groups.filter((one) => one !== group) }, by })
  }
}

function setScope(tx: WriterTx, { connection, scope, by }: SetScope): void {
  const before = tx.raw.prepare('select scope from connections where id = ?').get(connection)?.['scope'] ?? null
  const after = scope && { people: [...new Set(scope.people)], groups: [...new Set(scope.groups)] }
  const text = after && JSON.stringify(after)
  if (text === before) return
  tx.raw.prepare('update connections set scope = ? where id = ?').run(text, connection)
  const was = before === null ? null : JSON.parse(String(before))
  tx.audit({ ...by, act: 'connection-scope-set', subject: `connection:${connection}`, before: was, after })
  tx.emit('people-changed', {})
}
