/** One link: what ties a record and an item, what a person sees of it, and what they may do with it alone. */
import * as z from 'zod/mini'
import { ForecastShape } from '../forecast.ts'
import { UndoShape } from '../undo.ts'
import { WatchShape } from '../watch.ts'
import { WhyAnswer, WhyQuestion } from '../why.ts'
import { OpenProblemShape } from './problems.ts'
import { route } from './route.ts'
import { StatusItem } from './status.ts'
import { Parent, Reason, Time } from './values.ts'

export const FigureShape = z.object({
  field: z.string(),
  type: z.string(),
  procore: z.nullable(z.string()),
  erp: z.nullable(z.string()),
  difference: z.nullable(z.string()),
  agrees: z.nullable(z.boolean()),
  /** False where a field it rests on is unticked in the connection's mapping; its ERP side is then not told. */
  mapped: z.optional(z.boolean()),
})
export type FigureShape = z.infer<typeof FigureShape>

/** Everything the popover shows. */
export const LinkAnswer = z.object({
  status: StatusItem,
  /** What people call the item in Procore. Agents before this one say nothing of it. */
  called: z.optional(z.object({ number: z.nullable(z.string()), name: z.nullable(z.string()) })),
  parent: Parent,
  connection: z.nullable(z.object({ id: z.string(), name: z.string(), erp: z.string(), erpCompany: z.string(), owner: z.string() })),
  figures: z.array(FigureShape),
  /** The exact source line: file, line number, and its mapped columns. */
  row: z.nullable(z.object({ file: z.string(), line: z.number(), columns: z.array(z.tuple([z.string(), z.nullable(z.string())])) })),
  owner: z.string(),
  /** What an unlink would come to now; null where nothing is tied. Agents before this one say nothing of it. */
  unlink: z.optional(z.nullable(ForecastShape)),
  /** Until when its unlink can be taken back; null where there is none. Agents before this one say nothing of it. */
  undo: z.optional(z.nullable(UndoShape)),
  /** It is unlinked by itself once it is gone; null where nobody asked for that. Agents before this one say nothing of it. */
  watch: z.optional(z.nullable(WatchShape)),
  problems: z.array(OpenProblemShape),
  /** Which of them says why what was last asked of the link was not done; null where none does. Agents before this one say nothing of it. */
  reason: z.optional(z.nullable(OpenProblemShape)),
  lastRun: z.nullable(z.object({ id: z.string(), at: Time, state: z.string() })),
  nextRun: Time,
  history: z.array(
    z.object({
      at: z.iso.datetime(),
      from: z.nullable(z.string()),
      to: z.string(),
      /** Both sides differed and had never agreed. */
      neverAgreed: z.optional(z.boolean()),
      /** Unlinked against the forecast, by an admin's word. */
      override: z.optional(z.boolean()),
      person: z.nullable(z.string()),
      code: z.nullable(z.string()),
    }),
  ),
})
export type LinkAnswer = z.infer<typeof LinkAnswer>

export const linkRoutes = {
  link: route({
    method: 'GET',
    path: '/links/{id}',
    role: 'viewer',
    says: 'One link with both sides’ numbers, its source row, problems and history. The id is a link id, or `<item type>:<item id>`.',
    answer: LinkAnswer,
  }),
  why: route({
    method: 'GET',
    path: '/links/{id}/why',
    role: 'viewer',
    says: 'Why an action is not there: every link of the chain it hangs on, each yes, no or unknown, with who can mend it.',
    query: WhyQuestion,
    answer: WhyAnswer,
  }),
  resync: route({
    method: 'POST',
    path: '/links/{id}/resync',
    role: 'accountant',
    says: 'Check both sides of one link now.',
    body: z.object({}),
    answer: z.object({ run: z.string() }),
  }),
  archive: route({
    method: 'POST',
    path: '/links/{id}/archive',
    role: 'accountant',
    says: 'Puts away a record or item nothing is tied to: it asks for nothing and is not matched until it is taken back.',
    body: z.object({ reason: Reason }),
    answer: z.object({ archived: z.boolean() }),
  }),
  takeBack: route({
    method: 'DELETE',
    path: '/links/{id}/archive',
    role: 'accountant',
    says: 'Takes back what was put away.',
    answer: z.object({ archived: z.boolean() }),
  }),
}
