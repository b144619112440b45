/** Everything that can be ticked in a mapping: the records Tieback knows, and those hh2's lists name beside them. Names of hh2 are its own and stay English. */
import { type Entity, entities } from '../item.ts'

/** A field hh2's set-ups name one by one, and that no reader of Tieback ever reads. */
type UnreadField = { field: string; hh2: string }

/** `entity`: the records of Tieback it is tied to; null where Tieback has none of the kind. `hh2`: null where hh2's set-ups do not name it. */
export type Mappable = { id: string; entity: Entity | null; hh2: string | null; unread: readonly UnreadField[] }

/** Which of hh2's entities holds which records of ours (erp-integrations.md D4; tables by erp-files.md C2, 2026-11). */
const tied: Partial<Record<Entity, string>> = {
  jobs: 'Job (JC)',
  'jc-transactions': 'Transaction (JC)',
  'prime-contracts': 'Contract (CN)',
  'ap-invoices': 'Invoice (AP)',
  'ap-distributions': 'Distribution (AP)',
  'ap-payments': 'Invoice Payment (AP)',
  'tax-groups': 'Tax Group',
  'ar-invoices': 'Invoice (AR)',
}

/** Named by hh2's set-ups, and no kind of record Tieback has (erp-integrations.md D4, 2026-11). */
const alone: readonly string[] = [
  'Contract Change Order (CN)',
  'Contract Change Order Item (CN)',
  'Contract Item (CN)',
  'Customer',
  'Customer Type',
  'Job (CV)',
  'Quick Bill Contract',
  'Quick Bill Contract Item',
  'Contract Change Order (PJ)',
  'Contract Change Request (PJ)',
  'GL Account',
  'GL Account Prefix',
  'Distribution Payment (AP)',
  'Payment (AP)',
  'Invoice Settings (AP)',
  'Distribution (AR)',
  'Tax Rate',
]

const unreadField = (hh2: string): UnreadField => ({ field: hh2.toLowerCase().replaceAll(' ', '_'), hh2 })

/** Who was paid, by which accounts and with what reference is never read (erp-files.md C4, 2026-11); nor is the commitment's own change order. */
const unread: Partial<Record<Entity, readonly UnreadField[]>> = {
  'jc-transactions': [
    ...['Commitment Change Order', 'Credit Account', 'Debit Account', 'Employee'],
    ...['Equipment', 'Pay ID', 'Reference 1', 'Reference 2'],
  ].map(unreadField),
}

const idOf = (hh2: string): string => hh2.toLowerCase().replaceAll(/[()]/g, '').replaceAll(' ', '-')

export const mappables: readonly Mappable[] = [
  ...entities.map((entity): Mappable => ({ id: entity, entity, hh2: tied[entity] ?? null, unread: unread[entity] ?? [] })),
  ...alone.map((hh2): Mappable => ({ id: idOf(hh2), entity: null, hh2, unread: [] })),
]

const byId = new Map(mappables.map((one) => [one.id, one]))
const byName = new Map(mappables.flatMap((one) => (one.hh2 === null ? [] : [[one.hh2, one.id] as const])))

export const mappable = (id: string): Mappable | null => byId.get(id) ?? null

/** The id of what hh2 calls so. Throws for a name that no list has: presets are data of ours. */
export function idNamed(hh2: string): string {
  const id = byName.get(hh2)
  if (id === undefined) throw new Error(`Nothing that can be ticked is called “${hh2}”.`)
  return id
}

/** Fields that are listed because hh2 names them, and that Tieback never reads: they stay off. */
export const neverRead = (id: string): readonly string[] => (mappable(id)?.unread ?? []).map(({ field }) => field)
