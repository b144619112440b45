/** Who and which projects Procore is asked about next, and what it said: of people known here only. */
import type { DatabaseSync } from 'node:sqlite'
import type { WriterTx } from './command.ts'
import { linkedProjects } from './linked-projects.ts'

export type AskedPerson = { person: number; email: string }

const dayMs = 24 * 3_600_000

/**
 * Those who call from a browser; everyone where Procore says who may approve. Whoever sits at the server with the command line alone needs no
 * account in Procore.
 */
const asked = `select p.id as person, p.email from people p, connections c where c.id = ?1 and p.email <> ''
    and (c.settings ->> 'approvers' = 'procore' or exists (select 1 from keys k where k.person = p.id and k.origin <> 'cli' and k.revoked_at is null))`

/** Everyone to be asked about, where one of them was never asked about or not for a day; else null. */
export function peopleToAsk(raw: DatabaseSync, connection: number, now: number): AskedPerson[] | null {
  const due = raw
    .prepare(
      `select 1 from (${asked}) a left join procore_people s on s.connection = ?1 and s.person = a.person
       where s.seen_at is null or s.seen_at < ?2 limit 1`,
    )
    .get(connection, now - dayMs)
  return due ? everyoneAsked(raw, connection) : null
}

/** Everyone Procore is asked about, due or not. */
export const everyoneAsked = (raw: DatabaseSync, connection: number): AskedPerson[] =>
  raw.prepare(asked).all(connection) as unknown as AskedPerson[]

/** Linked projects somebody of the directory was never asked about in, or not for a day. */
export function projectsToAsk(raw: DatabaseSync, connection: number, now: number): string[] {
  const due = raw.prepare(
    `select 1 from (${asked}) a join procore_people s on s.connection = ?1 and s.person = a.person and s.id is not null
       left join procore_members m on m.connection = ?1 and m.project = ?3 and m.person = a.person
     where m.seen_at is null or m.seen_at < ?2 limit 1`,
  )
  return linkedProjects(raw, connection).filter((project) => due.get(connection, now - dayMs, project) !== undefined)
}

type Said = { person: number; id: string | null; active: boolean | null; accountant: boolean | null }

/** The whole directory was read: this is what it says of the people asked about. Inactive in Procore, a person's browsers are refused here. */
export function directorySeen(tx: WriterTx, { connection, people, at }: { connection: number; people: readonly Said[]; at: number }): void {
  const store = tx.raw.prepare(
    `insert into procore_people (connection, person, id, active, accountant, seen_at) values (?, ?, ?, ?, ?, ?)
     on conflict (connection, person) do update set id = excluded.id, active = excluded.active, accountant = excluded.accountant, seen_at = excluded.seen_at`,
  )
  for (const { person, id, active, accountant } of people) {
    const before = tx.raw
      .prepare('select id, active, accountant from procore_people where connection = ? and person = ?')
      .get(connection, person)
    const now = { id, active: stored(active), accountant: stored(accountant) }
    store.run(connection, person, now.id, now.active, now.accountant, at)
    if (JSON.stringify({ ...before }) !== JSON.stringify(now)) tellChange(tx, person, before, now)
    suspend(tx, person)
  }
}

const stored = (value: boolean | null): number | null => (value === null ? null : Number(value))

/** A right that came or went is an act of Procore's: written down like one of ours. */
function tellChange(tx: WriterTx, person: number, before: unknown, after: unknown): void {
  tx.audit({ person: null, origin: 'procore', act: 'rights-seen', subject: `person:${person}`, before, after })
  tx.emit('people-changed', { person: String(person) })
}

/** Suspended while Procore says inactive somewhere and active nowhere; what an admin here suspended stays so. */
function suspend(tx: WriterTx, person: number): void {
  const row = tx.raw.prepare('select min(active) as least, max(active) as most from procore_people where person = ?').get(person)
  const inactive = row?.['most'] === 0
  const changed = inactive
    ? tx.raw
        .prepare("update people set suspended_at = ?, suspended_by = 'procore' where id = ? and suspended_at is null")
        .run(tx.now(), person)
    : tx.raw.prepare("update people set suspended_at = null, suspended_by = null where id = ? and suspended_by = 'procore'").run(person)
  if (changed.changes === 0) return
  tx.audit({ person: null, origin: 'procore', act: inactive ? 'person-suspended' : 'person-resumed', subject: `person:${person}` })
  tx.emit('people-changed', { person: String(person) })
}

/** A project's whole list of people was read; `ids` are Procore's own. */
export function membersSeen(
  { raw, emit }: WriterTx,
  { connection, project, ids, at }: { connection: number; project: string; ids: readonly string[]; at: number },
): void {
  const listed = new Set(ids)
  const store = raw.prepare(
    `insert into procore_members (connection, project, person, listed, seen_at) values (?, ?, ?, ?, ?)
     on conflict (connection, project, person) do update set listed = excluded.listed, seen_at = excluded.seen_at`,
  )
  const before = raw.prepare('select 1 from procore_members where connection = ? and project = ? and person = ? and listed = ?')
  let moved = false
  for (const { person, id } of raw
    .prepare('select person, id from procore_people where connection = ? and id is not null')
    .all(connection)) {
    const place = [connection, project, Number(person), Number(listed.has(String(id)))] as const
    moved ||= before.get(...place) === undefined
    store.run(...place, at)
  }
  if (moved) emit('people-changed', {})
}
