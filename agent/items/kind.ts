/** Rows become Procore items: what a kind of record knows about itself. Pure; one file per kind; the list is index.ts. */
import type { Entity, ItemType } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'

/** Something in the ERP as last taken: fields by name, decimal texts for money, yyyy-mm-dd for dates, null for empty. */
export type ErpRecord = {
  id: number
  entity: Entity
  key: string
  /** The key its item's origin_id was made of, where that was another. */
  originKey?: string
  fields: Record<string, string | null>
}

/** What may stand beside `origin_id`, under the API's names. */
export type Beside = 'origin_code' | 'origin_data'

/** Something in Procore as it last said. `content` holds the mapped fields of the answer, under the API's names. */
export type ProcoreItem = {
  type: ItemType
  id: string
  project: string | null
  originId: string | null
  originCode: string | null
  /** Free text beside the link; only in what was just read, the ledger does not keep it. */
  originData?: string
  /** What stands beside the link and this answer does not hold: null there means not known. */
  unsaid?: readonly Beside[]
  /** Procore's own time stamp, ISO; null where the list has none. */
  updatedAt: string | null
  deletedAt: string | null
  content: Record<string, string | number | boolean | null>
}

/** What else must be known to turn a record into an item; answered from the ledger, never by a call. */
export type Context = {
  /** The random key of the connection, first part of every origin_id. */
  connectionKey: string
  projectOfJob(job: string): ProcoreItem | null
  vendorOf(erpVendor: string): ProcoreItem | null
  costCode(project: string, code: string, subJob: string | null): ProcoreItem | null
  costType(code: string): ProcoreItem | null
  subJob(project: string, code: string): ProcoreItem | null
  /** A code of the company's standard list. */
  standardCode(code: string): ProcoreItem | null
  /** The standard list new codes go into: the one set, else the only one there is. */
  standardList(): string | null
  /** The item a record of the ERP is linked to. */
  partner(entity: Entity, key: string): ProcoreItem | null
  /** A record of the ERP as last taken; null where none is there. */
  record(entity: Entity, key: string): ErpRecord | null
  setting(name: string): string | null
  /** Records that say they belong to this one (Kind.partOf), e.g. the items of a commitment. */
  partsOf(entity: Entity, key: string): readonly ErpRecord[]
}

/** One line of the popover's numbers: both sides and whether they agree. `difference` is Procore minus ERP, decimal text; null for what is not money or not known. */
export type Figure = {
  field: string
  type: 'money' | 'text' | 'date' | 'flag'
  procore: string | null
  erp: string | null
  difference: string | null
  agrees: boolean | null
  /** False for what is shown and never held against the pair: whether it moved says nothing about who changed what. */
  judged: boolean
  /** There where a field it rests on is unticked in the connection's mapping: nothing is said of it. */
  mapped?: false
}

/** Why a row's amount is not sent: counted, so that sent + left out = the file's total. */
export const leftOutReasons = ['carried-by-commitment', 'summed-wages', 'not-a-cost', 'writing-off', 'job-unknown'] as const
type LeftOut = (typeof leftOutReasons)[number]

export type Kind = {
  entity: Entity
  /** Only a master record can be gone; the others age out. */
  role: 'master' | 'windowed' | 'append-only'
  /**
   * `when-said`: its exports may be windowed, or hold all there is. A file's own proof says that it is whole, not how far back it goes: only once an
   * admin has said that they always hold every record can one that is missing be gone.
   */
  whole?: 'when-said'
  /** Order of the values in the stored content. Append, never change. */
  fields: readonly string[]
  /** Procore types this record may meet. */
  itemTypes: readonly ItemType[]
  /** How it reaches Procore: `match` compares and links only; `update` also sends changed fields; `create` also creates (each only where writing is enabled). */
  delivery: 'match' | 'update' | 'create'
  /** Set where the tie stays in the ledger alone: an origin_id would freeze the item, or nothing of it is ever sent. */
  ties?: 'ledger'
  /** Unlinking looks at the ERP not at all: it breaks the link and ends the updates (erp-integrations.md B1, 2026-11: a company). */
  unlinks?: 'freely'
  /** False for records that have no place in Procore by nature; they stay not linked, and nothing is wrong with them. */
  mayCreate?(record: ErpRecord, context: Context): boolean
  /** False where records never meet items by a natural key, so that a take of millions looks at none of them one by one. */
  matched: boolean
  /**
   * Set where one that looks alike may be another thing: what a person puts away once they were asked about it is one, and the record is created beside
   * it. `before-create`: records are too many to be matched as they come; their natural keys are held against Procore's items right before one is
   * created, and with every later look at a single one.
   */
  lookalikes?: 'as-they-come' | 'before-create'
  /**
   * Set where the ERP may come to name a record anew and forget the old name, so that it would be made twice: where an earlier one that is in Procore
   * is looked for (the start of its key, a term it is found by), what tells that it may be this one, and what a person is told.
   */
  namedAnew?: {
    where(record: ErpRecord): { keyStart: string | null; term: string | null }
    same(record: ErpRecord, earlier: ErpRecord): boolean
    told(record: ErpRecord, earlier: ErpRecord): Problem
  }
  /** Fields a person may look a record up by, beside its key. Absent where an entity has millions of rows: those are found by their item. */
  finds?: readonly string[]
  /** Settings its figures are compared by: where one of them is changed, its links are judged anew. */
  basis?: readonly string[]
  /** The record this one belongs to, if it is a part of another entity's; that one is judged again when this one changes. */
  partOf?(fields: Record<string, string | null>): { entity: Entity; key: string } | null
  /** True for a job that is over: what belongs to it has left with it, and is not gone (design §6). */
  closed?(fields: Record<string, string | null>): boolean
  /** Entities that must be delivered first. */
  after: readonly Entity[]
  /** Natural keys, strongest first: `exact:` ones tie by themselves when unique, `ask:` ones wait for a person. Compared with keysOfItem. */
  keysOfRecord(record: ErpRecord, context: Context): readonly string[]
  keysOfItem(item: ProcoreItem): readonly string[]
  /** Both sides side by side. */
  compare(record: ErpRecord, item: ProcoreItem, context: Context): Figure[]
  /** What a person should look at although nothing differs: a figure that is unusual, or one that cannot be compared as things are set. */
  doubt?(record: ErpRecord, context: Context): Problem | null
  /** The body Procore is sent (without id and origin fields), or why it can't be. `match` kinds have none. */
  toBody?(record: ErpRecord, item: ProcoreItem | null, context: Context): Record<string, unknown> | Problem
  /** What of a row may be kept at all; everything where absent. Wages leave names and descriptions behind. */
  kept?(fields: Record<string, string | null>): Record<string, string | null>
  /** Rows that are not sent, and why. */
  leftOut?(fields: Record<string, string | null>): LeftOut | null
  /** Rows that are summed into one record instead of being sent one by one: the sum's key and what the sum says. */
  summed?(fields: Record<string, string | null>): { key: string; fields: Record<string, string | null> } | null
  /** The project a new item of this record goes into, where its job does not say it. */
  placeOf?(record: ErpRecord, context: Context): string | null
  /** Fields that say of which day a record is, the first that is filled counts (yyyy-mm-dd); absent where its records are of no day. */
  dayIn?: readonly string[]
  /** What a person may see of the job this record belongs to. */
  jobOf(fields: Record<string, string | null>): string | null
}

/** `origin_id` of a record: `<connection key>:<entity>:<ERP key>`; for creates it is the idempotency key too. */
export const originId = (connectionKey: string, entity: Entity, key: string): string => `${connectionKey}:${entity}:${key}`

/** The origin_id a record's item carries, or will carry. */
export const originOf = (connectionKey: string, { entity, key, originKey = key }: Omit<ErpRecord, 'id' | 'fields'>): string =>
  originId(connectionKey, entity, originKey)

/** Whose an origin_id is. */
export function ownerOf(origin: string | null, connectionKey: string): 'none' | 'ours' | 'foreign' {
  if (origin === null || origin === '') return 'none'
  return origin.startsWith(`${connectionKey}:`) ? 'ours' : 'foreign'
}
