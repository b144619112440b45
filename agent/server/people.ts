import type { PersonShape } from '../../shared/api/people.ts'
import { kinds } from '../items/index.ts'
import { mayBeGone } from '../ledger/may-be-gone.ts'
import type { Agent } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { newCode } from './codes.ts'
import { maySee } from './guard.ts'
import { knownProjects } from './known-projects.ts'
import { requireAnAdmin } from './last-admin.ts'
import { refuse } from './refusal.ts'
import { iso, isoOrNull } from './says.ts'

/** Who may use this agent: list, add, hand out a code, revoke a browser; and what may be written to Procore. */
export function peopleHandlers({
  reader,
  write,
  lookAtPeople,
  lookUpPeople,
}: Agent): Pick<
  Handlers,
  | 'people'
  | 'lookAtPeople'
  | 'lookUpPerson'
  | 'projects'
  | 'addPerson'
  | 'makeCode'
  | 'revokeKey'
  | 'setComplete'
  | 'setWriting'
  | 'setApprover'
  | 'setApproverSource'
> {
  return {
    async people() {
      const db = await reader.db()
      const [people, keys, said] = await Promise.all([
        db.selectFrom('people').selectAll().orderBy('name').execute(),
        db.selectFrom('keys').selectAll().where('revoked_at', 'is', null).orderBy('id').execute(),
        db.selectFrom('procore_people').selectAll().orderBy('connection').execute(),
      ])
      return {
        people: people.map(
          (person): PersonShape => ({
            id: String(person.id),
            name: person.name,
            email: person.email,
            role: person.role,
            scope: person.scope === null ? null : (JSON.parse(person.scope) as string[]),
            suspended: person.suspended_at !== null,
            approver: person.approver === 1,
            procore: said.filter((one) => one.person === person.id).map((one) => saidOf(one)),
            keys: keys
              .filter((key) => key.person === person.id)
              .map(({ id, label, origin, created_at, last_seen_at }) => ({
                id: String(id),
                label,
                origin,
                createdAt: iso(created_at),
                lastSeenAt: isoOrNull(last_seen_at),
              })),
          }),
        ),
      }
    },
    async lookAtPeople() {
      const all = reader.raw.prepare('SELECT id, name FROM connections WHERE active = 1 ORDER BY id').all()
      const looks = all.map(async ({ id, name }) => ({ id: String(id), name: String(name), seen: await lookAtPeople(Number(id)) }))
      return { connections: await Promise.all(looks) }
    },
    projects: ({ caller }) => ({ projects: knownProjects(reader).filter(({ id }) => maySee(caller, id)) }),
    lookUpPerson: ({ query }) => lookUpPeople(query.search),
    async addPerson({ body: { name, email, role, scope = null }, caller }) {
      requireAnAdmin(reader, { email, role })
      return { id: String(await write('addPerson', { name, email, role, scope, by: byOf(caller) })) }
    },
    async makeCode({ params, caller }) {
      const code = newCode()
      const expiresAt = await write('makeCode', { person: Number(params['id']), code, by: byOf(caller) })
      if (expiresAt === null) throw refuse(404, 'no-person')
      return { code, expiresAt: iso(expiresAt) }
    },
    async revokeKey({ params, caller }) {
      return { revoked: await write('revokeKey', { key: Number(params['id']), by: byOf(caller) }) }
    },
    async setApprover({ params, body, caller }) {
      const set = await write('setApprover', { person: Number(params['id']), granted: body.granted, by: byOf(caller) })
      if (!set) throw refuse(404, 'no-person')
      return set
    },
    async setApproverSource({ params, body, caller }) {
      const set = await write('setApproverSource', { connection: Number(params['id']), source: body.source, by: byOf(caller) })
      if (!set) throw refuse(404, 'no-connection')
      return set
    },
    async setComplete({ params, body: { entity, always }, caller }) {
      const connection = Number(params['id'])
      if (!mayBeGone(kinds[entity])) throw refuse(400, 'part-by-nature', { entity })
      if (!reader.raw.prepare('SELECT 1 FROM connections WHERE id = ?').get(connection)) throw refuse(404, 'no-connection')
      await write('setAlwaysComplete', { connection, entity, always, by: byOf(caller) })
      return { entity, always }
    },
    async setWriting({ params, body, caller }) {
      const set = await write('setWriting', { connection: Number(params['id']), ...body, by: byOf(caller) })
      if (!set) throw refuse(404, 'no-connection')
      return set
    },
  }
}

type Said = { connection: number; id: string | null; active: number | null; accountant: number | null; seen_at: number }

const saidOf = ({ connection, id, active, accountant, seen_at }: Said): NonNullable<PersonShape['procore']>[number] => ({
  ...{ connection: String(connection), found: id !== null, asOf: iso(seen_at) },
  ...{ active: active === null ? null : active === 1, accountant: accountant === null ? null : accountant === 1 },
})
