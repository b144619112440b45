/** What has happened to a link or item, what it was before, and all of it on a page to print. */
import * as z from 'zod/mini'
import { SnapshotShape } from '../undo.ts'
import { ProblemShape } from './problems.ts'
import { route } from './route.ts'

/** One thing that happened; words by `story.<code>`, `why.<why>` and `act.<act>`. */
const HistoryShape = z.object({
  at: z.iso.datetime(),
  /** moved, act, record-first, record-changed, record-missing, record-gone, agreed, item-changed, item-deleted, problem-opened, problem-closed. */
  code: z.string(),
  person: z.nullable(z.string()),
  run: z.nullable(z.object({ id: z.string(), kind: z.string() })),
  /** The export it came by; the line where it is still known. */
  file: z.nullable(z.object({ name: z.string(), sha256: z.string(), line: z.nullable(z.number()) })),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** Fields that came to differ, with both sides as they were then; without values where they were not kept. */
  fields: z.array(
    z.object({
      ...{ field: z.string(), procore: z.optional(z.nullable(z.string())), erp: z.optional(z.nullable(z.string())) },
      /** What the side that moved said before; absent where that is not known. */
      ...{ procoreWas: z.optional(z.nullable(z.string())), erpWas: z.optional(z.nullable(z.string())) },
    }),
  ),
  /** why, act, reason, forecast, override, asOf, origin, browser … */
  params: z.record(z.string(), z.string()),
  problem: z.optional(ProblemShape),
})

export const historyRoutes = {
  history: route({
    method: 'GET',
    path: '/links/{id}/history',
    role: 'viewer',
    says: 'All that is known to have happened to a link or item, newest first, 50 at a time; `before` goes on. The id as with candidates.',
    query: z.object({ before: z.optional(z.string().check(z.maxLength(60))) }),
    answer: z.object({
      entries: z.array(HistoryShape),
      before: z.nullable(z.string()),
      /** Said with the newest: what the record was before an unlink is kept (GET /links/{id}/snapshot). */
      snapshot: z.optional(z.boolean()),
    }),
  }),
  snapshot: route({
    method: 'GET',
    path: '/links/{id}/snapshot',
    role: 'accountant',
    says: 'The record as Procore held it before its newest unlink: who carried the link, and all that was read of header and lines.',
    answer: SnapshotShape,
  }),
  evidence: route({
    method: 'GET',
    path: '/evidence',
    role: 'viewer',
    says: 'One page ready to print, as HTML text: of a link, or for an admin of a run or of the acts of some days, in the reader’s language.',
    query: z.object({
      link: z.optional(z.string().check(z.maxLength(200))),
      run: z.optional(z.coerce.number()),
      from: z.optional(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))),
      to: z.optional(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))),
      lang: z.optional(z.string().check(z.maxLength(20))),
    }),
    answer: z.object({ html: z.string() }),
  }),
}
