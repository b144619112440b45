/** Who may use this agent, from which browsers, and who may unlink. */
import * as z from 'zod/mini'
import { roles } from '../pairing.ts'
import { route } from './route.ts'
import { Email, Id, PersonName, Time } from './values.ts'

/** A person who may use this agent, and the browsers they use. */
export const PersonShape = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  /** Procore project ids they may see; null is all. */
  scope: z.nullable(z.array(z.string())),
  suspended: z.boolean(),
  /** Granted by an admin here; counts for connections that keep Tieback's own list. */
  approver: z.optional(z.boolean()),
  /** What Procore last said of them, by connection; none where it was not asked. `found`: its directory has their e-mail. */
  procore: z.optional(
    z.array(
      z.object({
        ...{ connection: z.string(), found: z.boolean(), asOf: z.iso.datetime() },
        ...{ active: z.nullable(z.boolean()), accountant: z.nullable(z.boolean()) },
      }),
    ),
  ),
  keys: z.array(z.object({ id: z.string(), label: z.string(), origin: z.string(), createdAt: z.iso.datetime(), lastSeenAt: Time })),
})
export type PersonShape = z.infer<typeof PersonShape>

/** Somebody of Procore's directory; null where it does not say. */
export const DirectoryPerson = z.object({
  name: z.string(),
  email: z.string(),
  active: z.nullable(z.boolean()),
  accountant: z.nullable(z.boolean()),
})
export type DirectoryPerson = z.infer<typeof DirectoryPerson>

export const peopleRoutes = {
  people: route({
    method: 'GET',
    path: '/people',
    role: 'admin',
    says: 'Everyone who may use this agent, with their browsers.',
    answer: z.object({ people: z.array(PersonShape) }),
  }),
  addPerson: route({
    method: 'POST',
    path: '/people',
    role: 'admin',
    says: 'A person joins; somebody known by the same e-mail keeps their id and gets this name, role and scope.',
    body: z.object({
      name: PersonName,
      email: Email,
      role: z.enum(roles),
      scope: z.optional(z.nullable(z.array(Id).check(z.maxLength(5000)))),
    }),
    answer: z.object({ id: z.string() }),
  }),
  lookAtPeople: route({
    method: 'POST',
    path: '/people/look',
    role: 'admin',
    says: 'Asks Procore now what it says of the people known here and of every linked project; else that is done once a day.',
    body: z.object({}),
    answer: z.object({ connections: z.array(z.object({ id: z.string(), name: z.string(), seen: z.boolean() })) }),
  }),
  lookUpPerson: route({
    method: 'GET',
    path: '/people/procore',
    role: 'admin',
    says: 'People of Procore’s directory whose name or e-mail holds a text, asked now: at most 20. seen is false where it could not be asked in time.',
    query: z.object({ search: z.string().check(z.minLength(2), z.maxLength(254)) }),
    answer: z.object({ people: z.array(DirectoryPerson), more: z.boolean(), seen: z.boolean() }),
  }),
  projects: route({
    method: 'GET',
    path: '/projects',
    role: 'admin',
    says: 'Projects of Procore a job of the ERP is linked to: those a person may be bound to.',
    answer: z.object({ projects: z.array(z.object({ id: z.string(), number: z.nullable(z.string()), name: z.nullable(z.string()) })) }),
  }),
  makeCode: route({
    method: 'POST',
    path: '/people/{id}/code',
    role: 'admin',
    says: 'A code with which one browser of this person may join: two minutes, five tries; an earlier one ends.',
    body: z.object({}),
    answer: z.object({ code: z.string(), expiresAt: z.iso.datetime() }),
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/keys/{id}',
    role: 'admin',
    says: 'A browser may no longer call. It takes effect with its next call.',
    answer: z.object({ revoked: z.boolean() }),
  }),
  setApprover: route({
    method: 'PUT',
    path: '/people/{id}/approver',
    role: 'admin',
    says: 'Grants or revokes a person the right to unlink, for connections that keep Tieback’s own list of approvers.',
    body: z.object({ granted: z.boolean() }),
    answer: z.object({ approver: z.boolean() }),
  }),
}
