/** How items stand: some by their ids, a whole list counted, or those found by a number or name. */
import * as z from 'zod/mini'
import { FindAnswer, FindQuestion } from '../find.ts'
import { ListAnswer, ListQuestion } from '../lists.ts'
import { ProblemShape } from './problems.ts'
import { route } from './route.ts'
import { ItemRefShape, Time } from './values.ts'

/** What was expected and did not come: an export of an entity, or (`side: 'procore'`) a reading of one of Procore's lists. */
const OldShape = z.object({ expected: Time, entity: z.string(), side: z.optional(z.string()) })

const ActionShape = z.object({
  action: z.string(),
  allowed: z.boolean(),
  reason: z.optional(ProblemShape),
  forecast: z.optional(z.string()),
})

/** What a badge needs about one item; texts that all items of a connection share stand once, in `connections`. */
export const StatusItem = z.object({
  type: z.string(),
  id: z.string(),
  /** Link id for /links/{id}; null when nothing in the ERP is tied to the item. */
  link: z.nullable(z.string()),
  state: z.string(),
  since: Time,
  erpKey: z.nullable(z.string()),
  connection: z.nullable(z.string()),
  /** When the ERP data and the Procore data behind this state were taken. */
  erpAsOf: Time,
  procoreAsOf: Time,
  /** Set once either side is older than it should be: what its state rests on was expected then and did not come. */
  old: z.optional(OldShape),
  /** First open problem, if any. */
  problem: z.optional(ProblemShape),
  /** Fields that differ, for changed-in-*. */
  fields: z.optional(z.array(z.string())),
  /** Both sides differ and never agreed since they were tied: which of them moved is not known. */
  neverAgreed: z.optional(z.boolean()),
  actions: z.optional(z.array(ActionShape)),
})
export type StatusItem = z.infer<typeof StatusItem>

export const StatusAnswer = z.object({
  company: z.string(),
  connections: z.record(
    z.string(),
    z.object({
      name: z.string(),
      erp: z.string(),
      erpCompany: z.string(),
      owner: z.string(),
      nextRun: Time,
      writing: z.array(z.string()),
      /** The first of its exports that was expected and did not come; which items rest on it is said with each of them. */
      old: z.nullable(OldShape),
      /** What this person may do with any linked item of this connection; an item's own `actions`, if there, win. */
      actions: z.optional(z.array(ActionShape)),
    }),
  ),
  items: z.array(StatusItem),
  event: z.number(),
})
export type StatusAnswer = z.infer<typeof StatusAnswer>

export const statusRoutes = {
  status: route({
    method: 'POST',
    path: '/status',
    role: 'viewer',
    says: 'State of up to 500 items of one Procore company.',
    body: z.object({ company: z.nullable(z.string()), items: z.array(ItemRefShape).check(z.maxLength(500)) }),
    answer: StatusAnswer,
  }),
  lists: route({
    method: 'POST',
    path: '/lists',
    role: 'viewer',
    says: 'How a whole list of Procore stands, counted by group, with up to 500 items of one group.',
    body: ListQuestion,
    answer: ListAnswer,
  }),
  find: route({
    method: 'GET',
    path: '/find',
    role: 'viewer',
    says: 'Items and records by number or name, at most 20: exact first, then beginning, then containing.',
    query: FindQuestion,
    answer: FindAnswer,
  }),
}
