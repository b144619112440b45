/**
 * The table of routes: method, path, who may, what goes in, what comes back. Client, server and openapi.json all derive from it.
 * The wire speaks codes and numbers; words are chosen by the reader's language. Additive changes only within a protocol version.
 */
import * as z from 'zod/mini'
import { Event } from './event.ts'
import { FindAnswer, FindQuestion } from './find.ts'
import { ForecastShape } from './forecast.ts'
import { entities, itemTypes } from './item.ts'
import { ListAnswer, ListQuestion } from './lists.ts'
import { PairAnswer, PairRequest, type Role, roles } from './pairing.ts'
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
  connection: z.nullable(z.object({ id: z.string(), name: z.string(), erp: z.string(), erpCompany: z.string(), owner: z.string() })),
  figures: z.array(FigureShape),
  /** The exact source line: file, line number, and its mapped columns. */
  row: z.nullable(z.object({ file: z.string(), line: z.number(), columns: z.array(z.tuple([z.string(), z.nullable(z.string())])) })),
  owner: z.string(),
  /** What an unlink would come to now; null where nothing is tied. Agents before this one say nothing of it. */
  unlink: z.optional(z.nullable(ForecastShape)),
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
      person: z.nullable(z.string()),
      code: z.nullable(z.string()),
    }),
  ),
})
export type LinkAnswer = z.infer<typeof LinkAnswer>

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
  unlink: route({
    method: 'POST',
    path: '/links/{id}/unlink',
    role: 'accountant',
    says: 'An approver takes the link off in Procore while the forecast a person saw still holds. Answers how it ended, or that it is under way.',
    body: z.object({ forecast: z.string().check(z.maxLength(40)), reason: z.optional(z.string().check(z.maxLength(500))) }),
    answer: z.object({
      /** unlinked, under-way, changed (other facts hold now; nothing was written) or refused. */
      outcome: z.string(),
      /** As it is now. */
      forecast: z.nullable(ForecastShape),
      /** Why Procore keeps the link. */
      problem: z.nullable(ProblemShape),
    }),
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
