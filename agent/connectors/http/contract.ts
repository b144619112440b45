/** What a connector answers, operation by operation (docs/connector.md). What else an answer holds is passed over: newer ones say more. */
import * as z from 'zod/mini'
import { entities } from '../../../shared/item.ts'

const short = z.string().check(z.minLength(1), z.maxLength(254))

/** Who it is and what it gives: per kind of record the fields of its rows. */
export const describeAnswer = z.object({
  protocol: z.literal(1),
  name: short,
  entities: z.array(z.object({ entity: z.enum(entities), fields: z.array(short).check(z.minLength(1)) })).check(z.minLength(1)),
})
export type Described = z.infer<typeof describeAnswer>
export type DescribedEntity = Described['entities'][number]

/** Whether it reaches the ERP; `says` is its own word, shown as it is. */
export const testAnswer = z.object({ ok: z.boolean(), says: z.optional(z.string().check(z.maxLength(1000))) })

/** One page. The last has no `page`; it alone says how far was read, and whether that is all there is. */
export const readAnswer = z.object({
  rows: z.array(z.record(z.string(), z.nullable(z.string()))).check(z.maxLength(10_000)),
  page: z.optional(z.nullable(short)),
  /** When it was taken from the ERP. */
  asOf: z.optional(z.iso.datetime({ offset: true })),
  cursor: z.optional(z.nullable(short)),
  complete: z.optional(z.boolean()),
  /** Rows of all pages; wanted where it is complete. */
  total: z.optional(z.int().check(z.gte(0))),
})
export type ReadAnswer = z.infer<typeof readAnswer>
