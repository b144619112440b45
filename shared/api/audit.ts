/** The log of acts: who did what, from where, to which record, and the proof that nobody changed it. */
import * as z from 'zod/mini'
import { route } from './route.ts'

const ActShape = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** Null for the agent itself and for whoever used the command line in nobody's name. */
  person: z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()), email: z.nullable(z.string()) })),
  /** From where: a browser's origin, `cli`, `agent` or `procore`. */
  origin: z.string(),
  /** The browser's key and its name then, JSON; null where no browser asked. */
  browser: z.nullable(z.string()),
  /** Words by `act.<act>`. */
  act: z.string(),
  /** As it is stored and hashed: `link:17`, `item:<type>:<id>`, `person:4` … */
  subject: z.string(),
  /**
   * What the subject is called now. `of` and `kind` have words together (`entity.commitments`, `item.vendor`, `about.person`); `name` is null where
   * nobody knows it any more.
   */
  about: z.object({ of: z.enum(['entity', 'item', 'about']), kind: z.string(), name: z.nullable(z.string()) }),
  /** JSON, as it is stored and hashed. */
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
  hash: z.string(),
})
export type ActShape = z.infer<typeof ActShape>

export const auditRoutes = {
  audit: route({
    method: 'GET',
    path: '/audit',
    role: 'admin',
    says: 'Acts, newest first; `before` goes on where an earlier answer ended. By `person`, `act` or what they contain; only what lies in the caller’s projects.',
    query: z.object({
      limit: z.optional(z.coerce.number().check(z.int())),
      before: z.optional(z.coerce.number().check(z.int())),
      /** A person's id, `agent` for the agent itself, `cli` for the command line in nobody's name. */
      person: z.optional(z.string().check(z.regex(/^(\d{1,15}|agent|cli)$/))),
      /** A code of an act; `refused` for every refusal. */
      act: z.optional(z.string().check(z.maxLength(80))),
      search: z.optional(z.string().check(z.maxLength(100))),
    }),
    answer: z.object({ acts: z.array(ActShape), before: z.nullable(z.string()) }),
  }),
  auditChain: route({
    method: 'GET',
    path: '/audit/chain',
    role: 'admin',
    says: 'Walks the whole log: whether every act follows from the one before it, and whether a last hash kept earlier is still in it.',
    query: z.object({ kept: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))) }),
    answer: z.object({
      acts: z.number(),
      head: z.string(),
      /** The first that does not follow; its act is told to those who may see it. */
      broken: z.nullable(z.object({ id: z.string(), at: z.iso.datetime(), act: z.nullable(z.string()) })),
      holds: z.nullable(z.boolean()),
    }),
  }),
  auditAct: route({
    method: 'GET',
    path: '/audit/{id}',
    role: 'admin',
    says: 'One act, and whether it follows from the one before it.',
    answer: z.object({ act: ActShape, follows: z.boolean() }),
  }),
}
