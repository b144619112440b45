/** What finding a number or a name answers. */
import * as z from 'zod/mini'
import { Id } from './api/values.ts'

/** At most so many hits; `more` says that there are others. */
export const foundAtMost = 20

/** How well a hit fits what was typed, best first. */
export const fits = ['exact', 'begins', 'contains'] as const
export type Fits = (typeof fits)[number]

export const FindQuestion = z.object({
  /** All companies served where absent. */
  company: z.optional(Id),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
})

const FindHit = z.object({
  fits: z.enum(fits),
  /** The item in Procore; null where nothing there is tied to the ERP's record. */
  type: z.nullable(z.string()),
  id: z.nullable(z.string()),
  project: z.nullable(z.string()),
  /** What holds the item, where its page stands below that one's. */
  parent: z.optional(z.object({ type: z.string(), id: z.string() })),
  number: z.nullable(z.string()),
  name: z.nullable(z.string()),
  /** The record in the ERP; null where nothing there is tied to the item. */
  erpKey: z.nullable(z.string()),
  entity: z.nullable(z.string()),
  state: z.string(),
  connection: z.string(),
  /** Where the record was read, for one that has no item to open. */
  row: z.nullable(z.object({ file: z.string(), line: z.number() })),
})
export type FindHit = z.infer<typeof FindHit>

export const FindAnswer = z.object({
  hits: z.array(FindHit),
  more: z.boolean(),
  connections: z.record(z.string(), z.object({ name: z.string(), erp: z.string(), erpCompany: z.string(), company: z.string() })),
})
export type FindAnswer = z.infer<typeof FindAnswer>
