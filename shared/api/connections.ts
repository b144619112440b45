/** How each connection stands at a glance, and what an admin lets it do. */
import * as z from 'zod/mini'
import { entities } from '../item.ts'
import { route } from './route.ts'
import { Time } from './values.ts'

/** Freshness and queue at a glance. */
export const OverviewAnswer = z.object({
  connections: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      erpCompany: z.string(),
      company: z.string(),
      sources: z.array(
        z.object({
          entity: z.string(),
          /** When the ERP data last taken was taken there. */
          asOf: Time,
          file: z.nullable(z.string()),
          writing: z.boolean(),
          creating: z.boolean(),
          /** An admin has said that its exports always hold every record. Agents before this one say nothing of it. */
          always: z.optional(z.boolean()),
          /** When an export of it was expected that did not come; null while its rhythm is kept or not known. */
          missed: z.optional(Time),
        }),
      ),
      /** When Procore was last asked for anything. */
      procoreAsOf: Time,
    }),
  ),
  /** Changes not yet confirmed, by state (outbox); counted up to 100,000. */
  queue: z.record(z.string(), z.number()),
  problems: z.number(),
  event: z.number(),
  /** Admins who are not suspended and have a way in; told to admins. */
  admins: z.optional(z.number()),
})
export type OverviewAnswer = z.infer<typeof OverviewAnswer>

export const connectionRoutes = {
  overview: route({
    method: 'GET',
    path: '/overview',
    role: 'viewer',
    says: 'How fresh each export is, what may be written, and how much waits; for the command line and the popup.',
    answer: OverviewAnswer,
  }),
  setApproverSource: route({
    method: 'PUT',
    path: '/connections/{id}/approvers',
    role: 'admin',
    says: 'Whose list of approvers counts for a connection: Tieback’s own, or Procore’s flag “Can Push to Accounting”.',
    body: z.object({ source: z.enum(['tieback', 'procore']) }),
    answer: z.object({ source: z.string() }),
  }),
  setWriting: route({
    method: 'PUT',
    path: '/connections/{id}/writing',
    role: 'admin',
    says: 'Enables or disables writing to Procore for one entity of a connection, and whether records may be created there.',
    body: z.object({ entity: z.enum(entities), writing: z.boolean(), creating: z.optional(z.boolean()) }),
    answer: z.object({ entity: z.string(), writing: z.boolean(), creating: z.boolean() }),
  }),
  setComplete: route({
    method: 'PUT',
    path: '/connections/{id}/complete',
    role: 'admin',
    says: 'Whether an entity’s exports always hold every record, so that what is missing from two in a row is gone.',
    body: z.object({ entity: z.enum(entities), always: z.boolean() }),
    answer: z.object({ entity: z.string(), always: z.boolean() }),
  }),
}
