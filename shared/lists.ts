/** What the line above a list says: how a whole list of Procore stands, counted by what a person would do next. */
import * as z from 'zod/mini'
import { Id, Time } from './api/values.ts'
import { itemTypes } from './item.ts'
import { listGroups } from './list-group.ts'

/** At most so many items of one group at once; the rest is counted in `more`. */
export const listedAtMost = 500

export const ListQuestion = z.object({
  company: z.nullable(z.string()),
  /** Null for lists of the company. */
  project: z.nullable(Id),
  /** Of every project the caller sees, and of the company: what Procore's ERP tool lists. Agents before this one count the company's alone. */
  everywhere: z.optional(z.boolean()),
  /** Item types that stand in this list. */
  types: z.array(z.enum(itemTypes)).check(z.minLength(1), z.maxLength(itemTypes.length)),
  /** Items of this group come along. */
  group: z.optional(z.enum(listGroups)),
})

const ListedItem = z.object({
  type: z.string(),
  id: z.string(),
  project: z.nullable(z.string()),
  /** As Procore shows them; null where the item has none. */
  number: z.nullable(z.string()),
  name: z.nullable(z.string()),
  erpKey: z.nullable(z.string()),
  connection: z.nullable(z.string()),
  state: z.string(),
  since: Time,
  /** Fields that differ, for changed-in-*. */
  fields: z.array(z.string()),
  neverAgreed: z.optional(z.boolean()),
})
export type ListedItem = z.infer<typeof ListedItem>

export const ListAnswer = z.object({
  company: z.string(),
  /** Items by group; groups without any are left out. Null while the list was never read whole: unknown is not zero. */
  counts: z.nullable(z.record(z.string(), z.number())),
  /** The older of each side, where several exports or lists stand behind the counts. */
  erpAsOf: Time,
  procoreAsOf: Time,
  /** Connections the list is read by. */
  connections: z.record(z.string(), z.object({ name: z.string(), erp: z.string(), erpCompany: z.string() })),
  items: z.array(ListedItem),
  /** Items of the group beyond those listed. */
  more: z.number(),
})
export type ListAnswer = z.infer<typeof ListAnswer>
