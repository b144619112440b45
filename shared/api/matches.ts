/** Which record and which item are the same thing: what speaks for it, and a person's word that they are. */
import * as z from 'zod/mini'
import { entities, itemTypes } from '../item.ts'
import { leastLikely, matchesAtMost } from '../match.ts'
import { route } from './route.ts'
import { StatusItem } from './status.ts'
import { Id, ItemRefShape } from './values.ts'

/** One thing that speaks for a pair, against it, or stands in the way, by its code; words are the reader's (`match.<code>`). */
const EvidenceShape = z.object({
  code: z.string(),
  /** Both sides' values and the figure's name, where they can be shown. */
  erp: z.optional(z.string()),
  procore: z.optional(z.string()),
  field: z.optional(z.string()),
})

/** A record and an item that may be the same thing; `link` and `item` are what confirming takes. */
export const CandidateShape = z.object({
  link: z.string(),
  entity: z.string(),
  erpKey: z.string(),
  erpName: z.nullable(z.string()),
  item: z.object({ type: z.string(), id: z.string(), project: z.nullable(z.string()) }),
  number: z.string(),
  name: z.nullable(z.string()),
  /** 0 to 1; never without a reason. */
  score: z.number(),
  reasons: z.array(EvidenceShape),
  against: z.array(EvidenceShape),
  /** item-linked (`key`), item-unlinked (`key`: confirming takes it over), record-linked (`number`), foreign (`origin`), item-archived, record-archived. */
  conflicts: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string()) })),
})
export type CandidateShape = z.infer<typeof CandidateShape>

/** What was tied, or would be, and what is left to a person. */
const MatchesAnswer = z.object({
  tied: z.array(CandidateShape),
  /** `because`: nothing, below, ambiguous, conflict, or moved (it is no longer as it was when it was looked at). */
  left: z.array(z.object({ link: z.string(), erpKey: z.string(), because: z.string(), best: z.nullable(CandidateShape) })),
  /** Beyond those listed; ask again to tie the rest. */
  more: z.object({ tied: z.number(), left: z.number() }),
  /** All that are left by `because`, listed or not. */
  counts: z.optional(z.record(z.string(), z.number())),
})

/** Which records are held against items: of an entity, or of the types of items a list shows, and perhaps in one project alone. */
const Matched = {
  company: z.nullable(Id),
  /** One of the three. */
  entity: z.optional(z.enum(entities)),
  type: z.optional(z.enum(itemTypes)),
  types: z.optional(z.array(z.enum(itemTypes)).check(z.minLength(1), z.maxLength(itemTypes.length))),
  project: z.optional(Id),
  atLeast: z.number().check(z.gte(leastLikely), z.lte(1)),
}

/** At most so many candidates at once; `more` counts the rest. */
export const candidatesAtMost = 20

export const matchRoutes = {
  confirmMatch: route({
    method: 'POST',
    path: '/links/{id}/confirm',
    role: 'accountant',
    says: 'A person says that this record and this item are the same thing.',
    body: z.object({ item: ItemRefShape }),
    answer: StatusItem,
  }),
  candidates: route({
    method: 'GET',
    path: '/links/{id}/candidates',
    role: 'viewer',
    says: 'Partners for a record or item nothing is tied to, at most 20, best first, with what speaks for each. The id is a link id, `<item type>:<item id>` or `<entity>/<key>`.',
    answer: z.object({ candidates: z.array(CandidateShape), more: z.number() }),
  }),
  matches: route({
    method: 'POST',
    path: '/matches',
    role: 'accountant',
    says: 'Ties every record of an entity whose best candidate is likely enough and clearly better than any other; with `look` it only says which.',
    body: z.object({ ...Matched, look: z.optional(z.boolean()) }),
    answer: MatchesAnswer,
  }),
  tieMatches: route({
    method: 'POST',
    path: '/matches/chosen',
    role: 'accountant',
    says: 'Ties those of the pairs a person saw and chose that are still as certain; the others are left, each with its reason.',
    body: z.object({
      ...Matched,
      pairs: z
        .array(z.object({ link: Id, item: z.omit(ItemRefShape, { project: true }) }))
        .check(z.minLength(1), z.maxLength(matchesAtMost)),
    }),
    answer: MatchesAnswer,
  }),
}
