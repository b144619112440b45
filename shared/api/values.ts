/** Values that routes of several nouns carry. */
import * as z from 'zod/mini'
import { itemTypes } from '../item.ts'

export const Time = z.nullable(z.iso.datetime())

export const ItemRefShape = z.object({
  type: z.enum(itemTypes),
  id: z.string().check(z.maxLength(40)),
  project: z.optional(z.string().check(z.maxLength(40))),
})

export const Reason = z.optional(z.string().check(z.maxLength(500)))
