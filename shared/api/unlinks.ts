/** Taking links off in Procore, one or many, and taking that back. */
import * as z from 'zod/mini'
import { ForecastShape, mostUnlinks } from '../forecast.ts'
import type { Role } from '../pairing.ts'
import { UndoShape } from '../undo.ts'
import { ProblemShape } from './problems.ts'
import { route } from './route.ts'
import { Id, Parent, Reason, Time } from './values.ts'

/** One record of several that are unlinked together. */
export const UnlinkEntryShape = z.object({
  /** As it was named. */
  link: z.string(),
  /** The item; null where there is no such link, or it is not theirs to see (then `problem` says what is missing). */
  type: z.nullable(z.string()),
  id: z.nullable(z.string()),
  project: z.nullable(z.string()),
  key: z.nullable(z.string()),
  parent: Parent,
  /** waiting, under-way, unlinked, changed, refused or stopped (unlinkStates). */
  state: z.string(),
  /** Why it is not unlinked; null where `forecast` says it. */
  problem: z.nullable(ProblemShape),
  /** What it was refused with, or what held instead of what was seen. */
  forecast: z.nullable(ForecastShape),
})
export type UnlinkEntryShape = z.infer<typeof UnlinkEntryShape>

export const UnlinkBatchAnswer = z.object({
  id: z.string(),
  askedAt: z.iso.datetime(),
  /** Set once nothing is waiting or under way any more. */
  endedAt: Time,
  person: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  /** Entries by state. */
  counts: z.record(z.string(), z.number()),
  /** In the order in which they were asked for. */
  entries: z.array(UnlinkEntryShape),
})
export type UnlinkBatchAnswer = z.infer<typeof UnlinkBatchAnswer>

/** What could be unlinked now. */
const ReadyUnlinksAnswer = z.object({
  links: z.array(
    z.object({
      link: z.string(),
      type: z.string(),
      id: z.string(),
      key: z.string(),
      project: z.nullable(z.string()),
      forecast: ForecastShape,
    }),
  ),
  /** How many there are beyond these. */
  more: z.number(),
})

/** Who may unlink, one or many, if they are approvers too (docs/security.md). */
const unlinks: Role = 'accountant'

export const unlinkRoutes = {
  readFirst: route({
    method: 'GET',
    path: '/links/{id}/forecast',
    role: unlinks,
    says: 'What an unlink would come to once exports that wait have been read. Takes nothing off.',
    answer: z.object({
      /** Reading them takes longer than an answer may: it goes on, and this is asked again. */
      reading: z.boolean(),
      forecast: z.nullable(ForecastShape),
    }),
  }),
  unlink: route({
    method: 'POST',
    path: '/links/{id}/unlink',
    role: unlinks,
    says: 'An approver takes the link off in Procore while the forecast a person saw still holds. Answers how it ended, or that it is under way.',
    body: z.object({
      forecast: Id,
      reason: Reason,
      /** With all that is linked under it, before it; where one of them is not ready nothing is done. */
      children: z.optional(z.boolean()),
      /** Although the ERP still has the record, or nobody knows; wants a reason of ten characters at least. */
      override: z.optional(z.boolean()),
    }),
    answer: z.object({
      /** unlinked, under-way, reading (a newer export first; nothing was written), changed (other facts hold now, also since it was asked for; Procore was not written to) or refused. */
      outcome: z.string(),
      /** As it is now. */
      forecast: z.nullable(ForecastShape),
      /** Why Procore keeps the link, or what under it stands in the way. */
      problem: z.nullable(ProblemShape),
      /** With `children`: what became of each, itself the last; its id is for GET /unlinks/{id}. */
      batch: z.optional(z.nullable(UnlinkBatchAnswer)),
    }),
  }),
  readyUnlinks: route({
    method: 'GET',
    path: '/unlinks',
    role: unlinks,
    says: 'What is ready to be unlinked, at most 500, and how many more there are. `types` are item types, parted by commas.',
    query: z.object({
      company: z.optional(z.string()),
      project: z.optional(Id),
      types: z.string().check(z.maxLength(500)),
      /** Without what need not be gone first: where a page's kind names the types, and no person. */
      gone: z.optional(z.literal('only')),
    }),
    answer: ReadyUnlinksAnswer,
  }),
  askUnlinks: route({
    method: 'POST',
    path: '/unlinks',
    role: unlinks,
    says: 'Unlinks up to 500 records, each while the forecast seen holds. One that does not go stops no other.',
    body: z.object({
      entries: z.array(z.object({ link: z.string().check(z.maxLength(80)), forecast: Id })).check(z.minLength(1), z.maxLength(mostUnlinks)),
      reason: Reason,
    }),
    answer: UnlinkBatchAnswer,
  }),
  unlinkBatch: route({
    method: 'GET',
    path: '/unlinks/{id}',
    role: unlinks,
    says: 'How far such unlinks are: counts, and each with its state.',
    answer: UnlinkBatchAnswer,
  }),
  relink: route({
    method: 'POST',
    path: '/links/{id}/relink',
    role: 'accountant',
    says: 'Takes an unlink back: header and lines carry their link again, exactly as before. Answers how it ended, or that it is under way.',
    body: z.object({}),
    answer: z.object({
      /** relinked, under-way or refused. */
      outcome: z.string(),
      /** Why nothing was asked of Procore (UndoRefusal); null where it was. */
      why: z.nullable(z.string()),
      /** Why Procore did not take it back. */
      problem: z.nullable(ProblemShape),
      undo: z.nullable(UndoShape),
    }),
  }),
}
