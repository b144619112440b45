/** What Procore last said, and which record each item is tied to. */
import type { Generated } from 'kysely'

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

/** A number or name an item is called by, in lower case. */
type ItemTermRow = { connection: number; type: number; term: string; id: string }

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

export type ItemTables = {
  items: ItemRow
  item_keys: ItemKeyRow
  item_terms: ItemTermRow
  links: LinkRow
  badges: BadgeRow
  archived_records: ArchivedRecordRow
  archived_items: ArchivedItemRow
  polls: PollRow
}
