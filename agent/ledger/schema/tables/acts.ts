/** What was done and what is to be done: runs, trouble, changes waiting, unlinks, events and the log. */
import type { Generated } from 'kysely'

/** One pass of a schedule entry or one file. */
export type RunTableRow = {
  id: Generated<number>
  connection: number
  entity: string | null
  /** file · poll · send · check */
  kind: string
  started_at: number
  ended_at: number | null
  /** running · done · waiting · failed */
  state: string
  file: number | null
  started_by: number | null
  /** Counts by name, JSON. */
  counts: string
}

/** Trouble, open until its cause is gone; never removed by itself without an event. */
type ProblemRow = {
  id: Generated<number>
  connection: number | null
  code: string
  params: string
  /** Same cause = same group; counted, not repeated. */
  cause: string
  record: number | null
  item_type: number | null
  item_id: string | null
  file: number | null
  line: number | null
  column_name: string | null
  run: number | null
  /** More rows of one file with this cause than are listed one by one. */
  count: Generated<number>
  opened_at: number
  seen_at: number
  closed_at: number | null
}

/** Changes waiting their turn. Strict order per record by id; a failed one holds back those behind it. */
type OutboxRow = {
  id: Generated<number>
  record: number
  /** Position in outboxOps: create · update · link · unlink · relink */
  op: number
  /** Position in outboxStates: waiting · sending · look · failed · held · done */
  state: number
  attempts: number
  not_before: number
  /** Batch this was last sent with; the request can be found again by it. */
  batch: number | null
  /** Body last sent, JSON; null before the first attempt. The idempotency key is the record's origin_id, fixed before. */
  sent: string | null
  problem: number | null
  /** Who asked for it and on what grounds, JSON; null for what nobody asked for. */
  asked: string | null
  /** The approved plan it is of; null for what goes by itself. */
  plan: number | null
}

/** An unlink Procore confirmed, and what undoing it needs. */
type UnlinkRow = {
  id: Generated<number>
  record: number
  item_type: number
  item_id: string
  project: string | null
  at: number
  person: number | null
  forecast: string | null
  reason: string | null
  carried: string
  snapshot: string
  relinked_at: number | null
  relinked_by: number | null
}

/** Unlinks asked for together. */
type UnlinkBatchRow = {
  id: Generated<number>
  person: number | null
  origin: string
  reason: string | null
  /** Always 0: batches name each of their records. Older ones counted here what was left out. */
  more: number
  asked_at: number
  ended_at: number | null
  key: number | null
}

/** One record of a batch of unlinks. */
export type UnlinkEntryRow = {
  batch: number
  place: number
  link: string
  record: number | null
  forecast: string
  family: number
  rank: number
  state: number
  problem: string | null
  told: string | null
}

/** An unlink asked for in advance. */
type WatchRow = { record: number; person: number; key: number; origin: string; since: number; until: number }

/** What happened, numbered (shared/event.ts). */
type EventRow = {
  n: Generated<number>
  at: number
  kind: string
  connection: number | null
  project: string | null
  run: number | null
  person: number | null
  data: string
}

/** History of one link: every move, in words' codes. */
type HistoryRow = {
  id: Generated<number>
  record: number
  at: number
  from_state: number | null
  to_state: number
  person: number | null
  run: number | null
  code: string | null
  data: string | null
}

/** Who did what, hash-chained; written in the transaction of the act. */
type AuditRow = {
  id: Generated<number>
  at: number
  person: number | null
  origin: string
  act: string
  subject: string
  before: string | null
  after: string | null
  hash: string
  /** Its key and the label it had then, JSON; null where no browser asked. */
  browser: string | null
}

/** A try of the running agent to copy the ledger. */
type BackupRow = {
  id: Generated<number>
  began_at: number
  ended_at: number
  daily: number
  file: string | null
  bytes: number | null
  reason: string | null
}

export type ActTables = {
  runs: RunTableRow
  problems: ProblemRow
  outbox: OutboxRow
  unlinks: UnlinkRow
  unlink_batches: UnlinkBatchRow
  unlink_entries: UnlinkEntryRow
  watches: WatchRow
  events: EventRow
  history: HistoryRow
  audit: AuditRow
  backups: BackupRow
}
