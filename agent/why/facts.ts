/** What a chain rests on, out of the ledger. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import { type ItemRef, type ItemType, itemTypes } from '../../shared/item.ts'
import type { WhyAction } from '../../shared/why.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { provesRows } from '../ledger/absence.ts'
import { canPushOf } from '../ledger/rights.ts'
import { itemOf } from '../ledger/rows.ts'
import { type Connection, connectionOf } from '../ledger/sources.ts'
import { systemOf } from '../settings/unlink.ts'
import { placeOfItem, rightFacts } from '../unlink/right.ts'
import type { WhyFacts } from './chain.ts'
import type { UnlinkChain } from './unlink.ts'

export type WhyAsked = {
  connection: number
  item: Pick<ItemRef, 'type' | 'id'>
  person: number
  action: WhyAction
  unlink: UnlinkChain | null
}

export function whyFacts(raw: DatabaseSync, { connection: id, item: ref, person, action, unlink }: WhyAsked): WhyFacts {
  const connection = connectionOf(raw, id)
  const find = itemsOf(raw, id)
  const item = find([ref.type], ref.id)
  const text = (name: string): string | null => textOf(item?.content[name])
  const tied = (types: readonly ItemType[], of: string | null): boolean | null =>
    of === null ? null : isTied(raw, connection, find(types, of))
  const place = placeOfItem(raw, id, itemTypes.indexOf(ref.type), ref.id)
  const number = text('number')
  return {
    ...{ action, type: ref.type, owner: connection.owner === 'procore' ? 'procore' : 'tieback', unlink },
    ...{ right: rightFacts(raw, person, place), canPush: canPushOf(raw, person, id) },
    project: tied(['project'], place.project),
    vendor: item === null ? null : text('vendor_id') === null ? false : tied(['vendor'], text('vendor_id')),
    commitment: tied(commitments, text('contract_id') ?? text('commitment_id')),
    ...{ status: text('status'), number, title: text('title') },
    numberTaken: number === null ? null : isTaken(raw, id, ref.id, number),
    sage: systemOf(JSON.parse(connection.settings)) === 'sage-300-cre',
  }
}

const commitments: readonly ItemType[] = ['work-order-contract', 'purchase-order-contract']
const textOf = (value: unknown): string | null => (value === null || value === undefined || value === '' ? null : String(value))

function itemsOf(raw: DatabaseSync, connection: number) {
  const find = raw.prepare('select * from items where connection = ? and type = ? and id = ? and deleted_at is null')
  return (types: readonly ItemType[], id: string): ProcoreItem | null => {
    const row = types.map((type) => find.get(connection, itemTypes.indexOf(type), id)).find((one) => one !== undefined)
    return row ? itemOf(row) : null
  }
}

/** Procore's own tool counts what carries an origin_id (procore-api.md 5.3); Tieback also what the ledger alone ties. */
function isTied(raw: DatabaseSync, { owner, id }: Connection, item: ProcoreItem | null): boolean | null {
  if (item === null) return null
  if (owner === 'procore') return item.originId !== null
  const row = raw
    .prepare('select 1 from badges b join sources s on s.id = b.source where s.connection = ? and b.item_type = ? and b.item_id = ?')
    .get(id, itemTypes.indexOf(item.type), item.id)
  return row !== undefined
}

/**
 * A number is used once in the whole ERP company (erp-integrations.md D2, C2): taken where another commitment known here has it, on either side.
 * That it is free is known only where the last export of commitments holds all of them.
 */
function isTaken(raw: DatabaseSync, connection: number, id: string, number: string): boolean | null {
  const [wo, po] = commitments.map((type) => itemTypes.indexOf(type)) as [number, number]
  const inProcore = raw
    .prepare(
      "select 1 from items where connection = ? and type in (?, ?) and id <> ? and deleted_at is null and content ->> 'number' = ? limit 1",
    )
    .get(connection, wo, po, id, number)
  const inErp = raw
    .prepare(
      `select 1 from records r join sources s on s.id = r.source left join links l on l.record = r.id
       where s.connection = ? and s.entity = 'commitments' and r.key = ? and r.vanished_at is null and l.item_id is not ? limit 1`,
    )
    .get(connection, number, id)
  if (inProcore || inErp) return true
  const source = raw
    .prepare(
      "select s.always_complete, f.complete from sources s join export_files f on f.id = s.file where s.connection = ? and s.entity = 'commitments'",
    )
    .get(connection)
  if (!source) return null
  return source['always_complete'] === 1 || provesRows(JSON.parse(String(source['complete']))) ? false : null
}
