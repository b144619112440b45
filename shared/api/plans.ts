/** A sync as a plan: asked for, listed as a diff by groups, approved, run as it was approved. */
import * as z from 'zod/mini'
import { entities } from '../item.ts'
import { planDepths, planGroups, planRowStates } from '../plan.ts'
import { ProblemShape } from './problems.ts'
import { route } from './route.ts'
import { Id, Time } from './values.ts'

/** A day, by the books' own calendar. */
const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const Entity = z.enum(entities)

/** Every record looked at stands in one of the groups or in one of these counts. */
const PlanKindShape = z.object({
  connection: z.string(),
  entity: z.string(),
  /** When the ERP's data were taken there; null where no export was. */
  erpAsOf: Time,
  /** When the list read longest ago was read; null where one was never read. */
  procoreAsOf: Time,
  /** Lists of Procore that could not be read anew. */
  unread: z.number(),
  looked: z.number(),
  agree: z.number(),
  before: z.number(),
  alone: z.number(),
})

const PlanGroupShape = z.object({
  connection: z.string(),
  entity: z.string(),
  /** planGroups of shared/plan.ts. */
  what: z.string(),
  mayApprove: z.boolean(),
  approved: z.boolean(),
  rows: z.number(),
  /** Of these, in projects that are not the caller’s: approving leaves them out. */
  others: z.number(),
  waiting: z.number(),
  written: z.number(),
  leftOut: z.number(),
  failed: z.number(),
})
export type PlanGroupShape = z.infer<typeof PlanGroupShape>

/** `of`: lists while Procore is read, records while they are compared, changes while they are written. Rate and time left are null while they are not known. */
const PlanProgress = z.object({
  of: z.string(),
  done: z.number(),
  all: z.number(),
  perMinute: z.nullable(z.number()),
  etaMs: z.nullable(z.number()),
})
export type PlanProgress = z.infer<typeof PlanProgress>

export const PlanShape = z.object({
  id: z.string(),
  depth: z.enum(planDepths),
  /** First day; null is the beginning of time. */
  since: z.nullable(z.string()),
  /** planStates of shared/plan.ts. */
  state: z.string(),
  scope: z.array(z.object({ connection: z.string(), entities: z.array(z.string()) })),
  askedAt: z.iso.datetime(),
  askedBy: z.nullable(z.string()),
  madeAt: Time,
  approvedAt: Time,
  approvedBy: z.nullable(z.string()),
  endedAt: Time,
  problem: z.nullable(ProblemShape),
  kinds: z.array(PlanKindShape),
  groups: z.array(PlanGroupShape),
  progress: z.nullable(PlanProgress),
})
export type PlanShape = z.infer<typeof PlanShape>

const Values = z.nullable(z.record(z.string(), z.unknown()))

const PlanRowShape = z.object({
  /** Id of the link. */
  link: z.string(),
  entity: z.string(),
  key: z.string(),
  name: z.nullable(z.string()),
  /** What its item is called in Procore. */
  partner: z.nullable(z.string()),
  op: z.nullable(z.string()),
  /** Procore's values before, of the fields that would be sent. */
  was: Values,
  body: Values,
  /** The origin_id it is created or linked with, the item's id where it is changed: chosen with the plan. */
  idempotency: z.nullable(z.string()),
  linkState: z.string(),
  problem: z.nullable(ProblemShape),
  /** planRowStates of shared/plan.ts. */
  state: z.string(),
  /** Why an approved row was not written. */
  leftOut: z.nullable(z.string()),
  settledAt: Time,
})
export type PlanRowShape = z.infer<typeof PlanRowShape>

const GroupRef = z.object({ connection: Id, entity: Entity, what: z.enum(planGroups) })
const Plan = z.object({ plan: z.string() })

export const planRoutes = {
  plans: route({
    method: 'GET',
    path: '/plans',
    role: 'admin',
    says: 'Plans, newest first, at most twenty, without their groups; and what one may be made of: each connection with its kinds of records.',
    answer: z.object({
      plans: z.array(PlanShape),
      connections: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** Why no plan can be made of it now. */
          problem: z.nullable(ProblemShape),
          kinds: z.array(z.object({ entity: z.string(), erpAsOf: Time, /** Whether a first day means anything. */ dated: z.boolean() })),
        }),
      ),
    }),
  }),
  plan: route({
    method: 'GET',
    path: '/plans/{id}',
    role: 'admin',
    says: 'One plan: its groups and where their rows stand, how old each side is, how fast it goes.',
    answer: z.object({ plan: PlanShape }),
  }),
  planRows: route({
    method: 'GET',
    path: '/plans/{id}/rows',
    role: 'admin',
    says: 'Rows of one group, a hundred at a time; `after` goes on where an earlier answer ended. `hidden`: rows of projects that are not the caller’s.',
    query: z.object({
      ...{ connection: Id, entity: Entity, what: z.enum(planGroups) },
      state: z.optional(z.enum(planRowStates)),
      after: z.optional(z.coerce.number().check(z.int(), z.minimum(0))),
    }),
    answer: z.object({ rows: z.array(PlanRowShape), next: z.nullable(z.string()), hidden: z.number() }),
  }),
  askPlan: route({
    method: 'POST',
    path: '/plans',
    role: 'admin',
    says: 'Reads both sides and lists what a sync would do; nothing is written. `since` null is the beginning of time.',
    body: z.object({
      depth: z.enum(planDepths),
      since: z.nullable(Day),
      scope: z
        .array(z.object({ connection: Id, entities: z.array(Entity).check(z.minLength(1), z.maxLength(60)) }))
        .check(z.minLength(1), z.maxLength(50)),
    }),
    answer: Plan,
  }),
  approvePlan: route({
    method: 'POST',
    path: '/plans/{id}/approve',
    role: 'admin',
    says: 'Approves groups of a plan and runs them: exactly these rows, as they were listed. A record that changed since is left out.',
    body: z.object({ groups: z.array(GroupRef).check(z.minLength(1), z.maxLength(1_000)) }),
    answer: z.object({ rows: z.number() }),
  }),
  movePlan: route({
    method: 'POST',
    path: '/plans/{id}/move',
    role: 'admin',
    says: 'Pauses a plan, lets it go on, or stops it: what is on its way is finished, the rest of a stopped one is left out.',
    body: z.object({ to: z.enum(['paused', 'running', 'stopped']) }),
    answer: Plan,
  }),
}
