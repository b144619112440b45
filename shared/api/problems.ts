/** What is wrong and who can put it right, one by one and grouped by cause. */
import * as z from 'zod/mini'
import { route } from './route.ts'

const Params = z.optional(z.record(z.string(), z.union([z.string(), z.number()])))

/** A problem as it crosses the wire: code, parameters, place, and the agent's own English sentence for readers that do not know the code. */
export const ProblemShape = z.object({
  code: z.string(),
  next: z.string(),
  params: Params,
  says: z.string(),
  do: z.string(),
  at: z.optional(z.object({ file: z.optional(z.string()), line: z.optional(z.number()), column: z.optional(z.string()) })),
})
export type ProblemShape = z.infer<typeof ProblemShape>

/** One that is open; `cause` names what stands behind it and perhaps behind others, for /problems/retry. */
export const OpenProblemShape = z.extend(ProblemShape, { cause: z.optional(z.string()) })

/** RFC 9457, with our code and next step. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  /** What to do next, in the agent's own English. */
  do: z.optional(z.string()),
  code: z.string(),
  next: z.string(),
  params: Params,
})

/**
 * One of the records behind a cause: its item where it has one, the line it came from, and what a person may choose from. A row that could not
 * be read has no link.
 */
const ConcernedShape = z.object({
  link: z.nullable(z.string()),
  entity: z.nullable(z.string()),
  key: z.nullable(z.string()),
  item: z.nullable(z.object({ type: z.string(), id: z.string() })),
  project: z.nullable(z.string()),
  at: z.nullable(z.object({ file: z.string(), line: z.number() })),
  candidates: z.optional(z.array(z.string())),
})

export type Concerned = z.infer<typeof ConcernedShape>

export const ProblemGroup = z.object({
  cause: z.string(),
  count: z.number(),
  problem: ProblemShape,
  connection: z.nullable(z.string()),
  /** Since when the cause stands open. */
  since: z.iso.datetime(),
  items: z.array(z.object({ type: z.string(), id: z.string(), key: z.nullable(z.string()) })),
  /** Who can put it right: a role (problemRoles). */
  who: z.optional(z.string()),
  /** How many records of which entity are concerned; empty for trouble of no record. */
  kinds: z.optional(z.array(z.object({ entity: z.string(), count: z.number() }))),
  /** The one project all of it lies in, if there is one. */
  project: z.optional(z.nullable(z.object({ id: z.string(), number: z.nullable(z.string()), name: z.nullable(z.string()) }))),
  /** The first records concerned; `more`: how many there are beyond them. */
  records: z.optional(z.array(ConcernedShape)),
  more: z.optional(z.number()),
  /** Changes that wait behind it, which a retry tries at once; absent for trouble of the way to Procore, which holds up all. */
  waiting: z.optional(z.number()),
})
export type ProblemGroup = z.infer<typeof ProblemGroup>

export const problemRoutes = {
  problems: route({
    method: 'GET',
    path: '/problems',
    role: 'viewer',
    says: 'Open problems, grouped by cause.',
    query: z.object({ connection: z.optional(z.string()) }),
    answer: z.object({
      groups: z.array(ProblemGroup),
      total: z.number(),
      /** Causes beyond those listed. */ moreGroups: z.optional(z.number()),
      /** When this was looked up. */ asOf: z.optional(z.iso.datetime()),
    }),
  }),
  retryProblems: route({
    method: 'POST',
    path: '/problems/retry',
    role: 'accountant',
    says: 'Try everything behind one cause again.',
    body: z.object({ cause: z.string() }),
    answer: z.object({ retried: z.number() }),
  }),
}
