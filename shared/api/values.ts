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

/** The contract an item stands on, below which its page is; null where there is none. Agents before this one say nothing of it. */
export const Parent = z.optional(z.nullable(z.object({ type: z.string(), id: z.string() })))

export const Reason = z.optional(z.string().check(z.maxLength(500)))

/** As the list of people shows them, and as Procore's directory has them. */
export const PersonName = z.string().check(z.minLength(1), z.maxLength(120))
export const Email = z.email().check(z.maxLength(254))
