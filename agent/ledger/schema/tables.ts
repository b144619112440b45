/**
 * The agent's memory, table by table; migrations create exactly this. Times are ms since 1970 (UTC), small codes are positions
 * in the append-only lists named beside them, so that a million records stay under 350 bytes each, links and outbox included.
 */
import type { Generated } from 'kysely'

/** A connector set up for one ERP company and one Procore company. */
export type ConnectionRow = {
  id: Generated<number>
  /** Random, made once, never typed: the first part of every origin_id we set. */
  key: string
  name: string
  connector: string
  /** The ERP company's name as badges show it. */
  erp_company: string
  procore_company: string
  /** Who owns the links: 'tieback' or 'procore'. */
  owner: string
  /** Connector, reading and matching settings, JSON, checked by schema on the way in and out. */
  settings: string
  /** Rises with every change of `settings`; part of every fingerprint. */
  settings_version: number
  /** 1 while it runs. */
  active: number
}

/** One entity of one connection: what may be written, and what rhythm its exports keep. */
export type SourceRow = {
  id: Generated<number>
  connection: number
  entity: string
  /** 0 watch only (how every connection starts), 1 writes. */
  writing: number
  /** 1 when records may be created in Procore. */
  creating: number
  /** 1 when an admin has said that this entity's file always holds every record. */
  always_complete: number
  /** When the ERP data last taken was taken there; null before the first take. */
  as_of: number | null
  /** Export file last sealed. */
  file: number | null
}

/** Every file that came to rest, and what became of it. */
type ExportFileRow = {
  id: Generated<number>
  connection: number
  /** Null while no format has claimed it. */
  source: number | null
  path: string
  name: string
  /** Our copy, kept 14 days; null when the file was hashed in place. */
  spool: string | null
  size: number
  mtime: number
  sha256: string
  as_of: number
  /** Completeness as JSON (connectors/connector.ts). */
  complete: string
  format: string | null
  /** reading · taken · refused · unchanged · waiting (for a person) · dropped */
  state: string
  /** Counts and control totals, JSON: rows, fresh, vanished, problems, total, sent, leftOut by reason. */
  counts: string | null
  seen_at: number
}

/** One pass over one file; its rows are invisible until `sealed_at` is set by its last transaction. */
type TakeRow = { id: Generated<number>; run: number; file: number; source: number; started_at: number; sealed_at: number | null }

/** The lines of a source file as of its last sealed take: packed fingerprints (formats/rescan.ts), in pieces of 1 MiB. */
type FingerprintRow = { source: number; path: string; piece: number; bytes: Uint8Array }

/** What else must hold for stored fingerprints to count: format and settings they were made with; the header's mark is in the pack. */
type FingerprintHeadRow = {
  source: number
  path: string
  format: string
  settings_version: string
  sha256: string
  pieces: number
  /** How the file looked when it was taken and filed, in its connector's words; null until then. */
  met: string | null
}

/**
 * Something in the ERP, known by its key. The id is also the link's id. A changed record keeps its id; while its take is open
 * the new content stands in record_changes only.
 */
type RecordRow = {
  id: Generated<number>
  source: number
  key: string
  /** Values in the kind's field order, JSON array. Only mapped fields. */
  content: string
  /** Amount in ten-thousandths for control totals; null where the entity has none. */
  amount: number | null
  /** Position in leftOutReasons + 1, 0 when it goes. */
  left_out: number
  /** Take that brought it; invisible until that take is sealed. */
  take: number
  /** Line in that take's file. */
  line: number
  /** Take that brought the present content, null while it is the first. */
  changed: number | null
  /** First complete export it was missing from, and the second that agreed (design, “Gone from the ERP”). */
  absent_since: number | null
  vanished_at: number | null
}

/** Which sum a summed row (a wage) went into; `sum` is the record that holds it. */
type PartRow = { record: number; sum: number }

/** New content of known records in a take not yet sealed. */
type RecordChangeRow = {
  take: number
  record: number
  content: string
  amount: number | null
  left_out: number
  line: number
}

/** Natural keys of records that may be matched, so that an item seen later finds them. */
type RecordKeyRow = { connection: number; key: string; record: number }

/** Something in Procore as it last said. */
type ItemRow = {
  /** Position in itemTypes (shared/item.ts). */
  type: number
  id: string
  connection: number
  project: string | null
  origin_id: string | null
  origin_code: string | null
  content: string
  updated_at: string | null
  deleted_at: string | null
  seen_at: number
}

/** Natural keys of items, for matching and for “nothing is created while an unlinked item shares its key”. */
type ItemKeyRow = { connection: number; key: string; type: number; id: string }

/** A record and an item that are the same thing; one per record at most. `record` is the link's id. */
type LinkRow = {
  record: number
  /** Position in linkStates (shared/link-state.ts). */
  state: number
  since: number
  item_type: number | null
  item_id: string | null
  /** 1 once Procore confirmed that the item carries our origin_id; 0 while the match stands in the ledger alone. */
  tied: Generated<number>
  /** Hash of the ERP side's figures when both sides last agreed, hex; null before. */
  confirmed_record: string | null
  /** Hash of Procore's side at that time. */
  confirmed_item: string | null
  confirmed_at: number | null
  /** Open problem behind the state, if any. */
  problem: number | null
  /** Person who said that this pair is the same, if one had to. */
  confirmed_by: number | null
  /** What differs while both sides do, JSON (reconcile.ts, Difference); null while they agree. */
  differs: string | null
}

/** What a badge shows of a linked item; kept by triggers on links, never written otherwise. */
type BadgeRow = {
  item_type: number
  item_id: string
  /** The link's id. */
  record: number
  state: number
  since: number
  problem: number | null
  source: number
  key: string
}

/** Records a person has put away, with what they typed. */
type ArchivedRecordRow = { record: number; at: number; person: number | null; reason: string | null }

/** Items nothing is tied to that a person has put away. */
type ArchivedItemRow = { connection: number; type: number; id: string; at: number; person: number | null; reason: string | null }

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

type PersonRow = {
  id: Generated<number>
  name: string
  email: string
  role: string /** Projects they may see, JSON array; null is all. */
  scope: string | null
  suspended_at: number | null
  created_at: number
  /** 1 once an admin granted Tieback's own approver right. */
  approver: Generated<number>
  /** 'procore' while Procore says that they are inactive; null otherwise. */
  suspended_by: string | null
}

/** A person known here as Procore's directory last said, by e-mail. */
type ProcorePersonRow = {
  connection: number
  person: number
  /** Procore's id; null where the whole list lacks their e-mail. */
  id: string | null
  active: number | null
  /** 'Can Push to Accounting'. */
  accountant: number | null
  seen_at: number
}

/** Whether Procore lists a person known here in a project. */
type ProcoreMemberRow = { connection: number; project: string; person: number; listed: number; seen_at: number }

/** A paired browser (or the CLI): its public key, and the origin it paired from. */
type KeyRow = {
  id: Generated<number>
  person: number
  thumbprint: string
  jwk: string
  origin: string
  label: string
  created_at: number
  last_seen_at: number | null
  revoked_at: number | null
}

/** Codes that let a browser join: hashed, two minutes, five tries. */
type CodeRow = {
  id: Generated<number>
  person: number
  hash: string
  made_at: number
  expires_at: number
  tries: number
  used_at: number | null
}

/** How far each list of Procore has been read. */
type PollRow = {
  connection: number
  list: string
  project: string
  read_to: string | null
  full_at: number | null
  read_at: number | null
  touched_at: number | null
}

/** Small things that must commit with the rest: ledger seed, agent key, schedule, pause. */
type SettingRow = { name: string; value: string }

/** A number or name an item is called by, in lower case. */
type ItemTermRow = { connection: number; type: number; term: string; id: string }

/** A key, number or name a record is called by, in lower case. */
type RecordTermRow = { source: number; term: string; record: number }

/** Unlinks asked for together. */
type UnlinkBatchRow = {
  id: Generated<number>
  person: number | null
  origin: string
  reason: string | null
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

export type Tables = {
  connections: ConnectionRow
  sources: SourceRow
  export_files: ExportFileRow
  takes: TakeRow
  fingerprints: FingerprintRow
  fingerprint_heads: FingerprintHeadRow
  records: RecordRow
  parts: PartRow
  record_changes: RecordChangeRow
  record_keys: RecordKeyRow
  items: ItemRow
  item_keys: ItemKeyRow
  links: LinkRow
  badges: BadgeRow
  archived_records: ArchivedRecordRow
  archived_items: ArchivedItemRow
  item_terms: ItemTermRow
  record_terms: RecordTermRow
  runs: RunTableRow
  problems: ProblemRow
  outbox: OutboxRow
  unlinks: UnlinkRow
  watches: WatchRow
  events: EventRow
  history: HistoryRow
  audit: AuditRow
  people: PersonRow
  procore_people: ProcorePersonRow
  procore_members: ProcoreMemberRow
  keys: KeyRow
  codes: CodeRow
  polls: PollRow
  settings: SettingRow
  unlink_batches: UnlinkBatchRow
  unlink_entries: UnlinkEntryRow
}
