/** What the server may ask of the agent: named questions and commands, nothing of its steps. agent/agent.ts answers them. */
import type { FigureShape, ScheduleEntryShape } from '../../shared/api.ts'
import type { Event } from '../../shared/event.ts'
import type { ForecastShape, UnlinkOutcome } from '../../shared/forecast.ts'
import type { ItemRef, ItemType } from '../../shared/item.ts'
import type { Role } from '../../shared/pairing.ts'
import type { Problem } from '../../shared/problem.ts'
import type { WhyAction, WhyAnswer } from '../../shared/why.ts'
import type { ledgerCommands } from '../ledger/commands.ts'
import type { Reader as LedgerReader } from '../ledger/reader.ts'
import type { serverCommands } from './commands.ts'

/** A read-only connection to the ledger: portable builders, and prepared statements for the one question that must be fast. */
export type Reader = Pick<LedgerReader, 'db' | 'raw'>

/** Who calls: a person, with which key, from which origin (`cli` for the command line), and the projects they may see (null is all). */
export type Caller = {
  person: number
  name: string
  email: string
  role: Role
  scope: ReadonlySet<string> | null
  key: number
  origin: string
}

/** What was asked for, or why not. */
export type Outcome<T> = { ok: T } | { refused: Problem }

/** What the server has written: its own commands, and the ledger's switch. */
type Commands = typeof serverCommands & Pick<ReturnType<typeof ledgerCommands>, 'setWriting'>
type CommandName = keyof Commands
type In<N extends CommandName> = Parameters<Commands[N]>[1]
type Out<N extends CommandName> = Awaited<ReturnType<Commands[N]>>

/** One change as it would be sent. */
type WouldWrite = { key: string; op: string; body: Record<string, unknown> }

export type Agent = {
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
  /** What one run's records would have written, were writing on; at most 500. Reads only. */
  wouldWrite(run: number): readonly WouldWrite[]
  /** Asks where in Procore a record without an item would lie: a project, null for the company, undefined where nobody knows. Make one per answer. */
  places(): (record: number) => string | null | undefined
  /** Both sides of one link, side by side; empty while one side is unknown. */
  figures(record: number): Promise<FigureShape[]>
  /**
   * Takes the link off in Procore while the forecast holds; resolves once that has ended, or after a while. `missing`: what of the caller's right
   * is, so that nothing was done (already written down).
   */
  unlink(
    record: number,
    ask: { forecast: string; reason: string | null },
    caller: Caller,
  ): Promise<{ asked: UnlinkOutcome; forecast: ForecastShape | null; missing?: Problem }>
  /** What an unlink of this link would come to; null for a link nobody knows. */
  forecast(record: number): Promise<ForecastShape | null>
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
