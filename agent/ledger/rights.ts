/** What is known of a person's rights, out of the ledger: their own record here, and what Procore last said of them. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import type { Role } from '../../shared/pairing.ts'
import type { ApproverSource } from '../settings/connection.ts'

/** `granted` is null where nobody could be asked yet; `asOf` (ms) is when Procore said so, null where it is Tieback's own list. */
export type Approver = { source: ApproverSource; granted: boolean | null; asOf: number | null }

/** Whether Procore lists a person in a project; null where it was not asked. */
export type Membership = { listed: boolean | null; asOf: number | null }

export type KnownPerson = { name: string; role: Role; scope: ReadonlySet<string> | null; suspended: boolean }

/** Null for somebody nobody knows. */
export function personOf(raw: DatabaseSync, person: number): KnownPerson | null {
  const row = raw.prepare('select name, role, scope, suspended_at from people where id = ?').get(person)
  if (!row) return null
  return { name: String(row['name']), role: row['role'] as Role, scope: givenScope(raw, person), suspended: row['suspended_at'] !== null }
}

/** Whom a connection is open to beside admins, by their ids. */
export type ConnectionScope = { people: number[]; groups: number[] }

/** The connections that are closed to a person, by id, with their names. To an admin none is. */
export function connectionsShut(raw: DatabaseSync, person: number): ReadonlyMap<number, string> {
  const rows = raw
    .prepare(
      `select c.id, c.name from connections c
       where c.scope is not null and not exists (select 1 from people p where p.id = ?1 and p.role = 'admin')
         and not exists (select 1 from json_each(c.scope, '$.people') named where named.value = ?1)
         and not exists (select 1 from json_each(c.scope, '$.groups') named join group_members m on m."group" = named.value where m.person = ?1)`,
    )
    .all(person)
  return new Map(rows.map(({ id, name }) => [Number(id), String(name)]))
}

/**
 * The projects admins opened to a person: their own list and those of their groups add up; where there is no list at all, null: all. Which of them
 * Procore lists the person in is another question.
 */
export function givenScope(raw: DatabaseSync, person: number): ReadonlySet<string> | null {
  const lists = raw
    .prepare(
      `select scope from people where id = ?1 and scope is not null
       union all select g.scope from group_members m join people_groups g on g.id = m."group" where m.person = ?1 and g.scope is not null`,
    )
    .all(person)
  return lists.length === 0 ? null : new Set(lists.flatMap(({ scope }) => JSON.parse(String(scope)) as string[]))
}

const approverSourceOf = (raw: DatabaseSync, connection: number): ApproverSource =>
  raw.prepare("select settings ->> 'approvers' as source from connections where id = ?").get(connection)?.['source'] === 'procore'
    ? 'procore'
    : 'tieback'

/** In Procore's list somebody it lacks has no right; one nobody has asked about yet is not known to have it. */
export function approverOf(raw: DatabaseSync, person: number, connection: number): Approver {
  const source = approverSourceOf(raw, connection)
  if (source === 'tieback') {
    const row = raw.prepare('select approver from people where id = ?').get(person)
    return { source, granted: row?.['approver'] === 1, asOf: null }
  }
  const row = raw.prepare('select seen_at from procore_people where connection = ? and person = ?').get(connection, person)
  return { source, granted: canPushOf(raw, person, connection), asOf: row ? Number(row['seen_at']) : null }
}

/** Procore's flag by itself, whichever list counts; null where it is not known. */
export function canPushOf(raw: DatabaseSync, person: number, connection: number): boolean | null {
  const row = raw.prepare('select id, accountant from procore_people where connection = ? and person = ?').get(connection, person)
  return row === undefined ? null : row['id'] === null ? false : flag(row['accountant'])
}

const flag = (value: unknown): boolean | null => (value === null || value === undefined ? null : value === 1)

/**
 * Somebody whose e-mail Procore's whole directory lacks is listed in no project: to let them go on as "not checked" would keep those in who
 * have left the company.
 */
export function membershipOf(raw: DatabaseSync, person: number, connection: number, project: string): Membership {
  const known = raw.prepare('select id, seen_at from procore_people where connection = ? and person = ?').get(connection, person)
  if (!known) return { listed: null, asOf: null }
  if (known['id'] === null) return { listed: false, asOf: Number(known['seen_at']) }
  const row = raw
    .prepare('select listed, seen_at from procore_members where connection = ? and project = ? and person = ?')
    .get(connection, project, person)
  return row ? { listed: row['listed'] === 1, asOf: Number(row['seen_at']) } : { listed: null, asOf: null }
}

/** Projects of the ledger that Procore lists a person in or was not asked about; null where it bars them from none. */
export function projectsOpenTo(raw: DatabaseSync, person: number, projectType: number): ReadonlySet<string> | null {
  const lacking = raw.prepare('select connection from procore_people where person = ? and id is null').all(person)
  const unlisted = raw.prepare('select connection, project from procore_members where person = ? and listed = 0').all(person)
  if (lacking.length === 0 && unlisted.length === 0) return null
  const out = new Set(lacking.map((row) => row['connection']))
  const barred = new Set(unlisted.map((row) => `${row['connection']} ${row['project']}`))
  const projects = raw
    .prepare('select i.connection, i.id from connections c join items i on i.connection = c.id and i.type = ?')
    .all(projectType)
  const isBarred = (row: Record<string, unknown>): boolean =>
    out.has(row['connection'] as number) || barred.has(`${row['connection']} ${row['id']}`)
  const shut = new Set(projects.filter(isBarred).map(({ id }) => id))
  return new Set(projects.filter(({ id }) => !shut.has(id)).map(({ id }) => String(id)))
}
