/** What the agent holds of both sides at the end of the month, and what it says became of each cost; cents by the keys the month's books use. */
import { kinds } from '../../agent/items/index.ts'
import { leftOutReasons } from '../../agent/items/kind.ts'
import { unpackContent } from '../../agent/ledger/content.ts'
import type { Reader } from '../../agent/ledger/reader.ts'
import type { Entity } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { centsOf, type Found } from './in-procore.ts'
import { type Fate, fates, type Tallies } from './truth.ts'

/** The ERP side: every record of an entity that stands, by its key, with the field that holds its amount. */
export function recordsOf({ raw }: Reader, entity: Entity, field = 'amount'): Found[] {
  return raw
    .prepare(`select r.key, r.content from records r join sources s on s.id = r.source where s.entity = ? and r.vanished_at is null`)
    .all(entity)
    .map((row) => ({ key: String(row['key']), cents: centsOf(unpackContent(kinds[entity].fields, String(row['content']))[field]) }))
}

/** Procore's side of what is linked: the record's key, and what the agent last read of its item. */
export function partnersOf({ raw }: Reader, entity: Entity, field: string): Found[] {
  return raw
    .prepare(
      `select r.key, i.content from records r join sources s on s.id = r.source join links l on l.record = r.id
       join items i on i.connection = s.connection and i.type = l.item_type and i.id = l.item_id
       where s.entity = ? and r.vanished_at is null and i.deleted_at is null`,
    )
    .all(entity)
    .map((row) => ({ key: String(row['key']), cents: centsOf(JSON.parse(String(row['content']))[field]) }))
}

/** Records of which the agent does not say that both sides agree: they differ, or were never compared. */
export const differing = ({ raw }: Reader, entity: Entity): string[] =>
  raw
    .prepare(
      `select r.key from records r join sources s on s.id = r.source join links l on l.record = r.id
       where s.entity = ? and r.vanished_at is null and (l.differs is not null or l.state = ?)`,
    )
    .all(entity, linkStates.indexOf('not-compared'))
    .map((row) => String(row['key']))

/** What the agent says of each cost: left out and why; or by itself or in its sum, synced, or why not. */
export function costsByFate({ raw }: Reader): { tallies: Tallies; unknown: string[] } {
  const tallies = Object.fromEntries(fates.map((fate) => [fate, { rows: 0, cents: 0 }])) as Record<Fate, Tallies[Fate]>
  const unknown: string[] = []
  const rows = raw
    .prepare(
      `select r.left_out, l.state, p.code, count(*) as n, sum(r.amount) as amount
       from records r join sources s on s.id = r.source left join parts on parts.record = r.id
       left join links l on l.record = coalesce(parts.sum, r.id) left join problems p on p.id = l.problem
       where s.entity = 'jc-transactions' and r.id not in (select sum from parts) group by r.left_out, l.state, p.code`,
    )
    .all()
  for (const row of rows) {
    const reason = leftOutReasons[Number(row['left_out']) - 1] ?? null
    const state = row['state'] === null ? null : (linkStates[Number(row['state'])] ?? null)
    const fate = fateOf(reason, state, row['code'] as string | null)
    if (fate === null) unknown.push(`${row['n']} costs ${reason ?? 'to be sent'}, ${state}, ${row['code']}`)
    else tallies[fate] = { rows: tallies[fate].rows + Number(row['n']), cents: tallies[fate].cents + Number(row['amount']) / 100 }
  }
  return { tallies, unknown }
}

function fateOf(reason: string | null, state: string | null, code: string | null): Fate | null {
  if (reason === 'carried-by-commitment' || reason === 'not-a-cost') return reason
  if (code === 'project-unmatched') return 'project-unmatched'
  if (state !== 'synced') return null
  return reason === 'summed-wages' ? 'wages' : 'sent'
}

/** What the agent reported with the last file of an entity: rows and cents by class. */
export function reportedOf({ raw }: Reader, entity: Entity): Record<string, string | number> {
  const row = raw.prepare('select f.counts from sources s join export_files f on f.id = s.file where s.entity = ?').get(entity)
  return JSON.parse(String(row?.['counts'] ?? '{}'))
}
