/**
 * The table of routes: method, path, who may, what goes in, what comes back. Client, server and openapi.json all derive from it.
 * The wire speaks codes and numbers; words are chosen by the reader's language. Additive changes only within a protocol version.
 */
import * as z from 'zod/mini'
import { Event } from './event.ts'
import { FindAnswer, FindQuestion } from './find.ts'
import { ForecastShape, mostUnlinks } from './forecast.ts'
import { entities, itemTypes } from './item.ts'
import { ListAnswer, ListQuestion } from './lists.ts'
import { leastLikely, matchesAtMost } from './match.ts'
import { PairAnswer, PairRequest, type Role, roles } from './pairing.ts'
import { SnapshotShape, UndoShape } from './undo.ts'
import { WatchShape, watchDays, watchRole } from './watch.ts'
import { WhyAnswer, WhyQuestion } from './why.ts'

const Time = z.nullable(z.iso.datetime())
const Params = z.optional(z.record(z.string(), z.union([z.string(), z.number()])))

const ItemRefShape = z.object({
  type: z.enum(itemTypes),
  id: z.string().check(z.maxLength(40)),
  project: z.optional(z.string().check(z.maxLength(40))),
})

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
const OpenProblemShape = z.extend(ProblemShape, { cause: z.optional(z.string()) })

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

/** What was expected and did not come: an export of an entity, or (`side: 'procore'`) a reading of one of Procore's lists. */
const OldShape = z.object({ expected: Time, entity: z.string(), side: z.optional(z.string()) })

const ActionShape = z.object({
  action: z.string(),
  allowed: z.boolean(),
  reason: z.optional(ProblemShape),
  forecast: z.optional(z.string()),
})

/** What a badge needs about one item; texts that all items of a connection share stand once, in `connections`. */
export const StatusItem = z.object({
  type: z.string(),
  id: z.string(),
  /** Link id for /links/{id}; null when nothing in the ERP is tied to the item. */
  link: z.nullable(z.string()),
  state: z.string(),
  since: Time,
  erpKey: z.nullable(z.string()),
  connection: z.nullable(z.string()),
  /** When the ERP data and the Procore data behind this state were taken. */
  erpAsOf: Time,
  procoreAsOf: Time,
  /** Set once either side is older than it should be: what its state rests on was expected then and did not come. */
  old: z.optional(OldShape),
  /** First open problem, if any. */
  problem: z.optional(ProblemShape),
  /** Fields that differ, for changed-in-*. */
  fields: z.optional(z.array(z.string())),
  /** Both sides differ and never agreed since they were tied: which of them moved is not known. */
  neverAgreed: z.optional(z.boolean()),
  actions: z.optional(z.array(ActionShape)),
})
export type StatusItem = z.infer<typeof StatusItem>

export const StatusAnswer = z.object({
  company: z.string(),
  connections: z.record(
    z.string(),
    z.object({
      name: z.string(),
      erp: z.string(),
      erpCompany: z.string(),
      owner: z.string(),
      nextRun: Time,
      writing: z.array(z.string()),
      /** The first of its exports that was expected and did not come; which items rest on it is said with each of them. */
      old: z.nullable(OldShape),
      /** What this person may do with any linked item of this connection; an item's own `actions`, if there, win. */
      actions: z.optional(z.array(ActionShape)),
    }),
  ),
  items: z.array(StatusItem),
  event: z.number(),
})
export type StatusAnswer = z.infer<typeof StatusAnswer>

export const FigureShape = z.object({
  field: z.string(),
  type: z.string(),
  procore: z.nullable(z.string()),
  erp: z.nullable(z.string()),
  difference: z.nullable(z.string()),
  agrees: z.nullable(z.boolean()),
})
export type FigureShape = z.infer<typeof FigureShape>

/** Everything the popover shows. */
export const LinkAnswer = z.object({
  status: StatusItem,
  /** What people call the item in Procore. Agents before this one say nothing of it. */
  called: z.optional(z.object({ number: z.nullable(z.string()), name: z.nullable(z.string()) })),
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

/** One record of several that are unlinked together. */
export const UnlinkEntryShape = z.object({
  /** As it was named. */
  link: z.string(),
  /** The item; null where there is no such link. */
  type: z.nullable(z.string()),
  id: z.nullable(z.string()),
  project: z.nullable(z.string()),
  key: z.nullable(z.string()),
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
  /** Ready ones that were left out, because so many at once are the most. */
  more: z.number(),
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
  company: z.nullable(z.string().check(z.maxLength(40))),
  /** One of the three. */
  entity: z.optional(z.enum(entities)),
  type: z.optional(z.enum(itemTypes)),
  types: z.optional(z.array(z.enum(itemTypes)).check(z.minLength(1), z.maxLength(itemTypes.length))),
  project: z.optional(z.string().check(z.maxLength(40))),
  atLeast: z.number().check(z.gte(leastLikely), z.lte(1)),
}

/** At most so many candidates at once; `more` counts the rest. */
export const candidatesAtMost = 20

export const RunShape = z.object({
  id: z.string(),
  connection: z.string(),
  entity: z.nullable(z.string()),
  kind: z.string(),
  state: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: Time,
  file: z.nullable(z.string()),
  counts: z.record(z.string(), z.union([z.number(), z.string()])),
})
export type RunShape = z.infer<typeof RunShape>

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

export const ScheduleEntryShape = z.object({
  id: z.string(),
  connection: z.string(),
  entity: z.nullable(z.string()),
  name: z.string(),
  /** 'on-export', a number of minutes, or a cron text. */
  when: z.string(),
  last: Time,
  lastState: z.nullable(z.string()),
  next: Time,
  running: z.boolean(),
})
export type ScheduleEntryShape = z.infer<typeof ScheduleEntryShape>

export const MeAnswer = z.object({
  agent: z.string(),
  version: z.string(),
  protocol: z.object({ min: z.number(), max: z.number() }),
  capabilities: z.array(z.string()),
  person: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }),
  /** Procore companies served here, with the hosts' company ids pages show. */
  companies: z.array(z.object({ id: z.string(), name: z.string() })),
  connections: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      company: z.string(),
      erp: z.string(),
      erpCompany: z.string(),
      owner: z.string(),
      active: z.boolean(),
      /** production, sandbox, monthly or custom: which Procore it reaches. Agents before this one say nothing of it. */
      environment: z.optional(z.string()),
      writing: z.array(z.string()),
      /** Whether I may unlink there, and who says so; `granted` is null while nobody could be asked. */
      approver: z.optional(z.object({ source: z.string(), granted: z.nullable(z.boolean()), asOf: Time })),
    }),
  ),
})
export type MeAnswer = z.infer<typeof MeAnswer>

/** A person who may use this agent, and the browsers they use. */
export const PersonShape = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  /** Procore project ids they may see; null is all. */
  scope: z.nullable(z.array(z.string())),
  suspended: z.boolean(),
  /** Granted by an admin here; counts for connections that keep Tieback's own list. */
  approver: z.optional(z.boolean()),
  /** What Procore last said of them, by connection; none where it was not asked. `found`: its directory has their e-mail. */
  procore: z.optional(
    z.array(
      z.object({
        ...{ connection: z.string(), found: z.boolean(), asOf: z.iso.datetime() },
        ...{ active: z.nullable(z.boolean()), accountant: z.nullable(z.boolean()) },
      }),
    ),
  ),
  keys: z.array(z.object({ id: z.string(), label: z.string(), origin: z.string(), createdAt: z.iso.datetime(), lastSeenAt: Time })),
})
export type PersonShape = z.infer<typeof PersonShape>

/** Freshness and queue at a glance. */
export const OverviewAnswer = z.object({
  connections: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      erpCompany: z.string(),
      company: z.string(),
      sources: z.array(
        z.object({
          entity: z.string(),
          /** When the ERP data last taken was taken there. */
          asOf: Time,
          file: z.nullable(z.string()),
          writing: z.boolean(),
          creating: z.boolean(),
          /** An admin has said that its exports always hold every record. Agents before this one say nothing of it. */
          always: z.optional(z.boolean()),
          /** When an export of it was expected that did not come; null while its rhythm is kept or not known. */
          missed: z.optional(Time),
        }),
      ),
      /** When Procore was last asked for anything. */
      procoreAsOf: Time,
    }),
  ),
  /** Changes not yet confirmed, by state (outbox); counted up to 100,000. */
  queue: z.record(z.string(), z.number()),
  problems: z.number(),
  event: z.number(),
})
export type OverviewAnswer = z.infer<typeof OverviewAnswer>

type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  /** Least role; `anyone` needs a live code instead of a key, `machine` is for monitoring on loopback. */
  role: Role | 'anyone' | 'machine'
  says: string
  query?: z.ZodMiniType
  body?: z.ZodMiniType
  answer: z.ZodMiniType
}

const route = <const T extends Route>(of: T): T => of

/** Who may unlink, one or many, if they are approvers too (docs/security.md). */
const unlinks: Role = 'accountant'
const Reason = z.optional(z.string().check(z.maxLength(500)))

export const routes = {
  pair: route({
    method: 'POST',
    path: '/pair',
    role: 'anyone',
    says: 'A browser joins with a code and registers its key.',
    body: PairRequest,
    answer: PairAnswer,
  }),
  me: route({ method: 'GET', path: '/me', role: 'viewer', says: 'Who I am to this agent, and what it can do.', answer: MeAnswer }),
  status: route({
    method: 'POST',
    path: '/status',
    role: 'viewer',
    says: 'State of up to 500 items of one Procore company.',
    body: z.object({ company: z.nullable(z.string()), items: z.array(ItemRefShape).check(z.maxLength(500)) }),
    answer: StatusAnswer,
  }),
  lists: route({
    method: 'POST',
    path: '/lists',
    role: 'viewer',
    says: 'How a whole list of Procore stands, counted by group, with up to 500 items of one group.',
    body: ListQuestion,
    answer: ListAnswer,
  }),
  find: route({
    method: 'GET',
    path: '/find',
    role: 'viewer',
    says: 'Items and records by number or name, at most 20: exact first, then beginning, then containing.',
    query: FindQuestion,
    answer: FindAnswer,
  }),
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
        .array(z.object({ link: z.string().check(z.maxLength(40)), item: z.omit(ItemRefShape, { project: true }) }))
        .check(z.minLength(1), z.maxLength(matchesAtMost)),
    }),
    answer: MatchesAnswer,
  }),
  archive: route({
    method: 'POST',
    path: '/links/{id}/archive',
    role: 'accountant',
    says: 'Puts away a record or item nothing is tied to: it asks for nothing and is not matched until it is taken back.',
    body: z.object({ reason: z.optional(z.string().check(z.maxLength(500))) }),
    answer: z.object({ archived: z.boolean() }),
  }),
  takeBack: route({
    method: 'DELETE',
    path: '/links/{id}/archive',
    role: 'accountant',
    says: 'Takes back what was put away.',
    answer: z.object({ archived: z.boolean() }),
  }),
  unlink: route({
    method: 'POST',
    path: '/links/{id}/unlink',
    role: unlinks,
    says: 'An approver takes the link off in Procore while the forecast a person saw still holds. Answers how it ended, or that it is under way.',
    body: z.object({
      forecast: z.string().check(z.maxLength(40)),
      reason: Reason,
      /** With all that is linked under it, before it; where one of them is not ready nothing is done. */
      children: z.optional(z.boolean()),
      /** Although the ERP still has the record, or nobody knows; wants a reason of ten characters at least. */
      override: z.optional(z.boolean()),
    }),
    answer: z.object({
      /** unlinked, under-way, reading (a newer export first; nothing was written), changed (other facts hold now; neither) or refused. */
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
      project: z.optional(z.string().check(z.maxLength(40))),
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
    says: 'Unlinks up to 500 records, each while the forecast seen holds; or all that are ready. One that does not go stops no other.',
    body: z.union([
      z.object({
        entries: z
          .array(z.object({ link: z.string().check(z.maxLength(80)), forecast: z.string().check(z.maxLength(40)) }))
          .check(z.minLength(1), z.maxLength(mostUnlinks)),
        reason: Reason,
      }),
      z.object({
        all: z.literal('ready'),
        reason: Reason,
        company: z.nullable(z.string()),
        project: z.optional(z.string().check(z.maxLength(40))),
        types: z.array(z.enum(itemTypes)).check(z.minLength(1)),
      }),
    ]),
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
  watch: route({
    method: 'POST',
    path: '/links/{id}/watch',
    role: watchRole,
    says: 'Unlinks it in this person’s name once it is provably gone from the ERP; where Procore’s connector owns the links, only tells.',
    body: z.object({ days: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(watchDays.most))), reason: Reason }),
    answer: z.object({
      /** Null where waiting cannot help or a reason is missing (as the forecast says), or where it was gone already and has just fired. */
      watch: z.nullable(WatchShape),
      forecast: z.nullable(ForecastShape),
    }),
  }),
  unwatch: route({
    method: 'DELETE',
    path: '/links/{id}/watch',
    role: watchRole,
    says: 'Ends a watch, whoever set it.',
    answer: z.object({ /** False where there was none. */ cancelled: z.boolean() }),
  }),
  snapshot: route({
    method: 'GET',
    path: '/links/{id}/snapshot',
    role: 'accountant',
    says: 'The record as Procore held it before its newest unlink: who carried the link, and all that was read of header and lines.',
    answer: SnapshotShape,
  }),
  events: route({
    method: 'GET',
    path: '/events',
    role: 'viewer',
    says: 'Events after a number, oldest first, at most 500.',
    query: z.object({ since: z.coerce.number() }),
    answer: z.object({
      events: z.array(Event),
      last: z.number(),
      /** True when events before the first one here have been forgotten: reload. */ gap: z.boolean(),
    }),
  }),
  eventTicket: route({
    method: 'POST',
    path: '/events/ticket',
    role: 'viewer',
    says: 'A one-time ticket, 30 s, to open the WebSocket at /events/live?ticket=….',
    body: z.object({}),
    answer: z.object({ ticket: z.string() }),
  }),
  runs: route({
    method: 'GET',
    path: '/runs',
    role: 'viewer',
    says: 'Latest runs, newest first.',
    query: z.object({ limit: z.optional(z.coerce.number()), connection: z.optional(z.string()) }),
    answer: z.object({ runs: z.array(RunShape) }),
  }),
  run: route({
    method: 'GET',
    path: '/runs/{id}',
    role: 'viewer',
    says: 'One run, with what it would have written while watching only.',
    answer: z.object({
      run: RunShape,
      problems: z.array(ProblemShape),
      wouldWrite: z.array(z.object({ key: z.string(), op: z.string(), body: z.record(z.string(), z.unknown()) })),
    }),
  }),
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
  schedule: route({
    method: 'GET',
    path: '/schedule',
    role: 'viewer',
    says: 'Entries with last and next run.',
    answer: z.object({ entries: z.array(ScheduleEntryShape) }),
  }),
  runNow: route({
    method: 'POST',
    path: '/schedule/{id}/run',
    role: 'accountant',
    says: 'Run one entry now; answers the run that is already going if there is one.',
    body: z.object({}),
    answer: z.object({ run: z.string() }),
  }),
  overview: route({
    method: 'GET',
    path: '/overview',
    role: 'viewer',
    says: 'How fresh each export is, what may be written, and how much waits; for the command line and the popup.',
    answer: OverviewAnswer,
  }),
  people: route({
    method: 'GET',
    path: '/people',
    role: 'admin',
    says: 'Everyone who may use this agent, with their browsers.',
    answer: z.object({ people: z.array(PersonShape) }),
  }),
  addPerson: route({
    method: 'POST',
    path: '/people',
    role: 'admin',
    says: 'A person joins; somebody known by the same e-mail keeps their id and gets this name, role and scope.',
    body: z.object({
      name: z.string().check(z.minLength(1), z.maxLength(120)),
      email: z.email().check(z.maxLength(254)),
      role: z.enum(roles),
      scope: z.optional(z.nullable(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(5000)))),
    }),
    answer: z.object({ id: z.string() }),
  }),
  lookAtPeople: route({
    method: 'POST',
    path: '/people/look',
    role: 'admin',
    says: 'Asks Procore now what it says of the people known here and of every linked project; else that is done once a day.',
    body: z.object({}),
    answer: z.object({ connections: z.array(z.object({ id: z.string(), name: z.string(), seen: z.boolean() })) }),
  }),
  makeCode: route({
    method: 'POST',
    path: '/people/{id}/code',
    role: 'admin',
    says: 'A code with which one browser of this person may join: two minutes, five tries; an earlier one ends.',
    body: z.object({}),
    answer: z.object({ code: z.string(), expiresAt: z.iso.datetime() }),
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/keys/{id}',
    role: 'admin',
    says: 'A browser may no longer call. It takes effect with its next call.',
    answer: z.object({ revoked: z.boolean() }),
  }),
  setApprover: route({
    method: 'PUT',
    path: '/people/{id}/approver',
    role: 'admin',
    says: 'Grants or revokes a person the right to unlink, for connections that keep Tieback’s own list of approvers.',
    body: z.object({ granted: z.boolean() }),
    answer: z.object({ approver: z.boolean() }),
  }),
  setApproverSource: route({
    method: 'PUT',
    path: '/connections/{id}/approvers',
    role: 'admin',
    says: 'Whose list of approvers counts for a connection: Tieback’s own, or Procore’s flag “Can Push to Accounting”.',
    body: z.object({ source: z.enum(['tieback', 'procore']) }),
    answer: z.object({ source: z.string() }),
  }),
  setWriting: route({
    method: 'PUT',
    path: '/connections/{id}/writing',
    role: 'admin',
    says: 'Enables or disables writing to Procore for one entity of a connection, and whether records may be created there.',
    body: z.object({ entity: z.enum(entities), writing: z.boolean(), creating: z.optional(z.boolean()) }),
    answer: z.object({ entity: z.string(), writing: z.boolean(), creating: z.boolean() }),
  }),
  setComplete: route({
    method: 'PUT',
    path: '/connections/{id}/complete',
    role: 'admin',
    says: 'Whether an entity’s exports always hold every record, so that what is missing from two in a row is gone.',
    body: z.object({ entity: z.enum(entities), always: z.boolean() }),
    answer: z.object({ entity: z.string(), always: z.boolean() }),
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
  health: route({
    method: 'GET',
    path: '/health',
    role: 'machine',
    says: 'The process answers.',
    answer: z.object({ ok: z.literal(true), version: z.string() }),
  }),
  ready: route({
    method: 'GET',
    path: '/ready',
    role: 'machine',
    says: 'Ledger open, settings loaded, first listing done.',
    answer: z.object({ ready: z.boolean(), waiting: z.array(z.string()) }),
  }),
  metrics: route({ method: 'GET', path: '/metrics', role: 'machine', says: 'Prometheus text.', answer: z.string() }),
  openapi: route({ method: 'GET', path: '/openapi.json', role: 'machine', says: 'This table as OpenAPI 3.1.', answer: z.unknown() }),
} as const

export type RouteName = keyof typeof routes
export type BodyOf<N extends RouteName> = (typeof routes)[N] extends { body: infer B extends z.ZodMiniType } ? z.infer<B> : undefined
export type QueryOf<N extends RouteName> = (typeof routes)[N] extends { query: infer Q extends z.ZodMiniType } ? z.infer<Q> : undefined
export type AnswerOf<N extends RouteName> = z.infer<(typeof routes)[N]['answer']>
