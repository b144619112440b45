/** Values that routes of several nouns carry. */
import * as z from 'zod/mini'
import { itemTypes } from '../item.ts'

/** Null: never, or not known. */
export const Time = z.nullable(z.iso.datetime())

/** Procore's ids and ours. */
export const Id = z.string().check(z.maxLength(40))

export const ItemRefShape = z.object({
  type: z.enum(itemTypes),
  id: Id,
  project: z.optional(Id),
})

export const Reason = z.optional(z.string().check(z.maxLength(500)))
