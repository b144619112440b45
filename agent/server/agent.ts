/** What the server may ask of the agent: named questions and commands, nothing of its steps. agent/agent.ts answers them. */

import type { FigureShape } from '../../shared/api/links.ts'
import type { CandidateShape } from '../../shared/api/matches.ts'
import type { DirectoryPerson } from '../../shared/api/people.ts'
import type { PlanShape } from '../../shared/api/plans.ts'
import type { RecoveryAnswer } from '../../shared/api/recovery.ts'
import type { ScheduleEntryShape } from '../../shared/api/runs.ts'
import type { AskedDraft, TestStepShape } from '../../shared/api/set-up.ts'
import type { AnswerOf, BodyOf } from '../../shared/api.ts'
import type { Event } from '../../shared/event.ts'
import type { ForecastShape, UnlinkOutcome } from '../../shared/forecast.ts'
import type { Entity, ItemRef, ItemType } from '../../shared/item.ts'
import type { Role } from '../../shared/pairing.ts'
import type { PlanGroup, PlanRowState } from '../../shared/plan.ts'
import type { Problem } from '../../shared/problem.ts'
import type { RelinkOutcome, SnapshotShape, UndoRefusal, UndoShape } from '../../shared/undo.ts'
import type { WatchShape } from '../../shared/watch.ts'
import type { WhyAction, WhyAnswer } from '../../shared/why.ts'
import type { Archived } from '../ledger/archive.ts'
import type { ledgerCommands } from '../ledger/commands.ts'
import type { Reader as LedgerReader } from '../ledger/reader.ts'
import type { By } from '../ledger/writing.ts'
import type { serverCommands } from './commands.ts'
import type { Deadline } from './deadline.ts'
import type { Upkeep } from './upkeep.ts'

/** A read-only connection to the ledger: portable builders, and prepared statements for the one question that must be fast. */
export type Reader = Pick<LedgerReader, 'db' | 'raw'>

/**
 * Who calls: a person, with which key, from which origin (`cli` for the command line), the projects they may see (null is all), and the connections
 * that are closed to them, by id, with their names. `environment`: of which Procore the page is they call from, if it is one and says so.
 */
export type Caller = {
  person: number
  name: string
  email: string
  role: Role
  scope: ReadonlySet<string> | null
  shut: ReadonlyMap<number, string>
  key: number
  origin: string
  environment?: string | undefined
}

/** What was asked for, or why not. */
export type Outcome<T> = { ok: T } | { refused: Problem }

/** What the server has written: its own commands, the ledger's switch, and what people put away. */
type Commands = typeof serverCommands & Pick<ReturnType<typeof ledgerCommands>, 'setWriting' | 'setAlwaysComplete' | 'archive' | 'takeBack'>
type CommandName = keyof Commands
type In<N extends CommandName> = Parameters<Commands[N]>[1]
type Out<N extends CommandName> = Awaited<ReturnType<Commands[N]>>

/** One change as it would be sent. */
type WouldWrite = { key: string; op: string; body: Record<string, unknown> }

/** `project` null: of the whole company. `sees`: whether whoever asks may see items of a project; null stands for the company. */
export type AskReady = {
  connections: readonly number[]
  types: readonly ItemType[]
  /** Also what need not be gone from the ERP first. */
  freely: boolean
  project: string | null
  sees: (project: string | null) => boolean
  most: number
}
export type ReadyLink = { record: number; type: ItemType; id: string; key: string; project: string | null; forecast: ForecastShape }
/** A lone record or item; the same as what may be put away. */
export type Side = Archived

/** Whether a caller may know of what lies there: a project, null for the company, undefined where nobody knows. */
export type MaySee = (place: string | null | undefined) => boolean

/**
 * Many at once: what is sure enough, and what is left with the reason. `atMost` are tied in one call. `types` and `project`: of such items, and there,
 * alone. `only`: of the records of these pairs (`<item type>:<item id>` by record), and to those items. `call`: what one call of several such shares.
 */
export type AskMatches = {
  connection: number
  entity: Entity
  atLeast: number
  look: boolean
  atMost: number
  types?: readonly ItemType[] | undefined
  project?: string | undefined
  only?: ReadonlyMap<number, string>
  call?: MatchCall
}
/** By when all of it has ended. What is looked at within the same one is not looked at twice. */
export type MatchCall = { by: Deadline }

/** What a page of evidence is about; a time from `from` up to and without `to`, ms. */
export type AskEvidence = { link: Side } | { run: number } | { from: number; to: number }

/** Connections set up while the agent runs (set-up/set-up.ts). */
export type SetUp = {
  connectors(): AnswerOf<'connectors'>['connectors']
  connections(): AnswerOf<'connections'>['connections']
  /** Tries a draft; with the id of a known connection one without a secret is tried with the one that is kept. */
  test(draft: AskedDraft, id?: number): Promise<Outcome<TestStepShape[]>>
  /** Not active, and watching only. */
  add(draft: AskedDraft, by: By): Promise<Outcome<{ id: string }>>
  /** Null where there is no such connection. */
  change(id: number, draft: AskedDraft, by: By): Promise<Outcome<{ id: string }> | null>
  /** What would be kept, and what would wait, were it deleted now; null where there is no such connection. */
  deletion(id: number): AnswerOf<'deletion'> | null
  /** False where it was so, or there is none. */
  remove(id: number, by: By): Promise<boolean>
  restore(id: number, by: By): Promise<boolean>
  /** What it would run on this machine; null inside where it runs nothing. */
  program(id: number): Promise<Outcome<AnswerOf<'program'>['program']> | null>
  /** Agrees to that, by its hash. */
  agree(id: number, sha256: string, by: By): Promise<Outcome<{ agreed: boolean }> | null>
  /** Starts it once its test passes, or stops it; null where there is no such connection. */
  setActive(id: number, active: boolean, by: By): Promise<Outcome<AnswerOf<'setActive'>> | null>
}

/** Sheets by which a Procore admin brings id and secret (set-up/hand-overs.ts). `from`: where a call comes from that nobody here is known by. */
export type HandOvers = {
  list(): AnswerOf<'handOvers'>['handOvers']
  /** Null where there is no such connection. */
  make(ask: BodyOf<'makeHandOver'>, by: By): Promise<Outcome<AnswerOf<'makeHandOver'>> | null>
  /** False where it had ended, or there is none. */
  withdraw(id: number, by: By): Promise<boolean>
  look(id: number, code: string, from: { address: string | null; origin: string }): Promise<Outcome<AnswerOf<'lookHandOver'>>>
  handIn(id: number, given: BodyOf<'handIn'>, from: { address: string | null; origin: string }): Promise<Outcome<AnswerOf<'handIn'>>>
}

/** What is ticked in a connection's mapping (mapping/mappings.ts). Null where there is no such connection. */
export type Mappings = {
  of(connection: number): AnswerOf<'mappings'> | null
  version(connection: number, version: number): AnswerOf<'mappingVersion'> | null
  save(connection: number, ask: BodyOf<'saveMapping'>, by: By): Promise<Outcome<{ version: number }> | null>
  back(connection: number, ask: BodyOf<'mappingBack'>, by: By): Promise<Outcome<{ version: number }> | null>
}

/** Columns of files that are no known export (mapping/columns.ts). Null where there is no such connection. */
export type Columns = {
  propose(connection: number, ask: BodyOf<'proposeColumns'>): Outcome<AnswerOf<'proposeColumns'>> | null
  keep(connection: number, ask: BodyOf<'saveColumns'>, by: By): Promise<Outcome<AnswerOf<'saveColumns'>> | null>
}

/** Rows of one group of a plan after one of them (0: from the first). */
export type PlanRowsAsk = { connection: number; entity: string; what: PlanGroup; state: PlanRowState | null; after: number }

/** Plans (plan/plans.ts), for a caller who sees these projects and the company (null: everything). Null where there is no such plan. */
export type Plans = {
  all(): AnswerOf<'plans'>
  one(plan: number, scope: Caller['scope']): PlanShape | null
  rows(plan: number, ask: PlanRowsAsk, may: MaySee): AnswerOf<'planRows'> | null
  ask(what: BodyOf<'askPlan'>, by: By): Promise<Outcome<number>>
  /** Answers how many rows go: of the groups, those the caller sees. */
  approve(plan: number, groups: BodyOf<'approvePlan'>['groups'], scope: Caller['scope'], by: By): Promise<Outcome<number> | null>
  move(plan: number, to: BodyOf<'movePlan'>['to'], by: By): Promise<Outcome<number> | null>
}

export type Agent = {
  /** Loaded when somebody first looks at plans. Refuses while the agent does not run. */
  plans(): Promise<Plans>
  /** Loaded when somebody first names columns. */
  columns(): Promise<Columns>
  /** Loaded when somebody first looks at a mapping. */
  mappings(): Promise<Mappings>
  /** What the agent does for itself, and how it is set. Refuses while it does not run. */
  upkeep(): Promise<Upkeep>
  /** Connections set up while the agent runs. Refuses while it does not. */
  setUp(): Promise<SetUp>
  /** Loaded when the first sheet for a Procore admin is asked for. */
  handOvers(): Promise<HandOvers>
  /** Name people see when they pair, usually the computer's. */
  name: string
  version: string
  /** ms since 1970. */
  now(): number
  reader: Reader
  /** One short write, in a transaction of the writer. */
  write<N extends CommandName>(name: N, input: In<N>): Promise<Out<N>>
  /** Calls back with each committed event, in order; answers how to stop. */
  onEvents(listener: (events: readonly Event[]) => void): () => void
  /** Names of an entity's stored values, in their order. */
  fieldsOf(entity: string): readonly string[]
  /** Name of the list of Procore an item of this type stands in (ledger: polls.list); null where none is read. */
  listOf(type: ItemType): string | null
  /** Since when a list of Procore should have been read again and was not, ms; null while it is read as planned. */
  lateSince(place: { project: string | null; readAt: number | null; touchedAt: number | null }): number | null
  /** What one run's records would have written, were writing on, of those that may be seen; at most 500. Reads only. */
  wouldWrite(run: number, may: MaySee): readonly WouldWrite[]
  /** Asks where in Procore a record without an item would lie: a project, null for the company, undefined where nobody knows. Make one per answer. */
  places(): (record: number) => string | null | undefined
  /** Both sides of one link, side by side; empty while one side is unknown. */
  figures(record: number): Promise<FigureShape[]>
  /**
   * Takes the link off in Procore while the forecast holds, with `children` what is linked under it before it; resolves once that has ended, or
   * after a while. `reading`: an export that waits is still being read, and nothing was asked. `batch` tells of all of them; `child` is what is not ready under it; `missing`: what of the caller's right is (already written down);
   * `tried`: it was begun, so the forecast does not say how it ended.
   */
  unlink(
    record: number,
    ask: { forecast: string; reason: string | null; children: boolean; override: boolean; by: Deadline },
    caller: Caller,
  ): Promise<{
    asked: UnlinkOutcome | 'reading'
    forecast: ForecastShape | null
    batch?: number | null
    child?: string
    missing?: Problem
    tried?: boolean
  }>
  /** Asks for many unlinks at once; answers the batch, or null while an export that waits is still being read. */
  unlinks(
    ask: { wanted: readonly { link: string; record: number | null; forecast: string }[]; reason: string | null },
    caller: Caller,
  ): Promise<number | null>
  /** What could be unlinked now, in these connections. */
  readyUnlinks(ask: AskReady): { links: ReadyLink[]; more: number }
  /** What an unlink of this link would come to; null for a link nobody knows. */
  forecast(record: number): Promise<ForecastShape | null>
  /** The same, once exports that wait have been read; `reading`: that takes longer than a person waits, and goes on. */
  readFirst(record: number): Promise<{ reading: boolean; forecast: ForecastShape | null }>
  /** Puts the link back that an unlink took off; resolves once that has ended, or after a while. */
  relink(record: number, caller: Caller, by: Deadline): Promise<{ asked: RelinkOutcome; why: UndoRefusal | null; missing?: Problem }>
  /** Until when an unlink can be taken back; null where there is none, or no longer. */
  undo(record: number): UndoShape | null
  /** Unlinks it in this person's name once it is gone, unless so many days pass first; `watch` is null where waiting cannot help, as the forecast says. */
  watch(
    record: number,
    ask: { days: number; reason: string | null },
    caller: Caller,
  ): Promise<{ watch: WatchShape | null; forecast: ForecastShape | null; missing?: Problem }>
  /** Ends what a watch waits for; `cancelled` is false where there was none, `missing` is what of the caller's right is (already written down). */
  unwatch(record: number, caller: Caller): Promise<{ cancelled: boolean; missing?: Problem }>
  /** The unlink this link waits for; null where none was asked for in advance. */
  watchOn(record: number): WatchShape | null
  /** A record as it was before its newest unlink; null where there was none. */
  snapshot(record: number): SnapshotShape | null
  /** Asks Procore about everybody of a connection, and every linked project, now; whether all of it was told in time. */
  lookAtPeople(connection: number): Promise<boolean>
  /** People of Procore's directories whose name or e-mail holds the text, asked now: at most 20. `seen`: whether all of them could be asked in time. */
  lookUpPeople(text: string): Promise<{ people: DirectoryPerson[]; more: boolean; seen: boolean }>
  /** Where this agent keeps everything, and how it is reached. Refuses while it does not run. */
  recovery(): Promise<Omit<RecoveryAnswer, 'admins' | 'at'>>
  /** Asks Procore again where it, as last heard, stands in a person's way to one of these links: it may have been mended there since. */
  hearAgain(records: readonly number[], person: number): Promise<void>
  /** Every link an action on an item hangs on, whether it is tied (`record`) or not. Reads only. */
  why(asked: {
    connection: number
    item: Pick<ItemRef, 'type' | 'id'>
    record: number | null
    person: number
    action: WhyAction
  }): Promise<WhyAnswer>
  /** Pages that show these items are open: they are asked of Procore more often. Writes nothing. */
  onScreen(items: readonly ItemRef[]): void
  /** Checks both sides of one link now; answers the run. */
  resync(record: number, caller: Caller): Promise<Outcome<{ run: string }>>
  /** A person says that record and item are the same thing. */
  confirmMatch(record: number, item: ItemRef, caller: Caller): Promise<Outcome<null>>
  /** Partners for a record or item nothing is tied to, best first. */
  candidates(of: Side, may: MaySee): Promise<CandidateShape[]>
  /** Ties all that is sure enough, or says what would be. Refused where they are too many to look at in the time of one call. */
  matches(ask: AskMatches, may: MaySee, caller: Caller): Promise<Outcome<Required<AnswerOf<'matches'>>>>
  /** One page for an auditor, as HTML; null for a run nobody knows. */
  evidence(ask: AskEvidence, language: string, caller: Caller): Promise<string | null>
  /** Tries everything behind one cause again that is theirs to see; answers how many. A file that waits for a person needs an admin. */
  retry(cause: string, caller: Caller): Promise<Outcome<number>>
  /** Entries of all connections, with last and next run. */
  scheduleEntries(): Promise<ScheduleEntryShape[]>
  /** Runs one entry now, or answers the run that is going; `null` when there is no such entry. */
  runNow(entry: string, caller: Caller): Promise<Outcome<{ run: string }> | null>
  /** Next run of each connection by its id, ms; null when nothing is planned. */
  nextRun(connection: number): number | null
  /** What the agent still waits for before it is ready, in words; empty when it is. */
  waiting(): readonly string[]
}
