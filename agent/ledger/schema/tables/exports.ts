/** Connections, what their exports said, and how far each file was read. */
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
  /** Stopped and hidden since, with all it knows kept; null: it is there. */
  deleted_at: number | null
  /** Whom it is open to: people and groups by their ids, JSON; null: everyone. Admins always. */
  scope: string | null
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
  /** Counts and control totals, JSON: rows, fresh, vanished, problems, total, sent, leftOut by reason; `unnamed` rows nobody can say whose they are. */
  counts: string | null
  seen_at: number
  /** The kind of record, where the agent wrote it of a connector's answers (formats/plain.ts); null: its columns say it. */
  plain: string | null
}

/** How far a connector that is asked has been read; moves with the seal of what it gave. */
type ConnectorCursorRow = {
  source: number
  /** In the connector's own words. */
  cursor: string
  /** The fields it gave then, comma-separated: with others all of it is read anew. */
  fields: string
  /** When all of it was last read. */
  whole_at: number
}

/** What may be run on this machine for a connection: what an admin was shown and agreed to. */
type AgreedTextRow = {
  connection: number
  /** Of program, paths and the whole texts; with others nothing runs. */
  sha256: string
  agreed_at: number
  person: number | null
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
  /** Headers its fields were read from, as JSON {field: header}; null where it was taken by an older Tieback. */
  columns: string | null
  /** The header as found, JSON array; null where it was taken by an older Tieback. */
  header: string | null
}

/**
 * Something in the ERP, known by its key. The id is also the link's id. A changed record keeps its id; while its take is open
 * the new content stands in record_changes only.
 */
type RecordRow = {
  id: Generated<number>
  source: number
  key: string
  /** Key its item's origin_id was made of, where an older Tieback made keys by another rule; null where it is `key`. */
  origin_key: string | null
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

/** A key, number or name a record is called by, in lower case. */
type RecordTermRow = { source: number; term: string; record: number }

export type ExportTables = {
  connections: ConnectionRow
  sources: SourceRow
  export_files: ExportFileRow
  connector_cursors: ConnectorCursorRow
  agreed_texts: AgreedTextRow
  takes: TakeRow
  fingerprints: FingerprintRow
  fingerprint_heads: FingerprintHeadRow
  records: RecordRow
  parts: PartRow
  record_changes: RecordChangeRow
  record_keys: RecordKeyRow
  record_terms: RecordTermRow
}
