import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Item, Kind } from '../procore/items.ts'
import type { StandIn } from '../procore/stand-in.ts'
import type { LedgerReading } from '../support/read-ledger.ts'
import type { AgentHome } from '../support/set-up-agent.ts'

/** How everything stands at the end, without what may differ from run to run: ids of new items, times, and the connection’s random key. */
export type EndState = { procore: Record<string, string[]>; ledger: Record<string, string[]>; folders: string[] }

const written: readonly Kind[] = [
  ...(['vendors', 'projects', 'work_order_contracts', 'purchase_order_contracts'] as const),
  ...(['contract_line_items', 'direct_costs', 'direct_cost_line_items', 'change_order_packages'] as const),
]

export function endState({ standIn, ledger, home }: { standIn: StandIn; ledger: LedgerReading; home: AgentHome }): EndState {
  const key = String(ledger.rows('select key from connections')[0]?.['key'])
  const named = namesOf(standIn, key)
  const plain = (value: unknown): string => named(JSON.stringify(value)).replaceAll(key, 'KEY')
  return {
    procore: Object.fromEntries(
      written.map((kind) => [
        kind,
        allOf(standIn, kind)
          .map(({ id: _id, created_at: _c, updated_at: _u, ...rest }) => plain(rest))
          .sort(),
      ]),
    ),
    ledger: Object.fromEntries(Object.entries(questions).map(([name, sql]) => [name, ledger.rows(sql).map(plain).sort()])),
    folders: [...listing(home.exports, ''), ...listing(join(home.exports, 'done'), 'done/')].sort(),
  }
}

const allOf = (standIn: StandIn, kind: Kind): Item[] => standIn.company.table(kind).all() as Item[]

/** Ids of items we made → their origin_id: they were given out in another order. Seeded items have the same ids in every run. */
function namesOf(standIn: StandIn, key: string): (text: string) => string {
  const made = written.flatMap((kind) => allOf(standIn, kind)).filter(({ origin_id }) => origin_id?.startsWith(`${key}:`))
  const names = new Map(made.map(({ id, origin_id }) => [String(id), String(origin_id)]))
  return (text) => text.replaceAll(/\d{15,}/g, (id) => names.get(id) ?? id)
}

const questions = {
  records: `select s.entity, r.key, r.content, r.amount, r.left_out, r.line, r.absent_since is null as present, r.vanished_at is null as there
    from records r join sources s on s.id = r.source`,
  links: `select s.entity, r.key, l.state, l.item_type, l.item_id, l.tied, l.confirmed_record, l.confirmed_item
    from links l join records r on r.id = l.record join sources s on s.id = r.source`,
  outbox: 'select r.key, o.op, o.state from outbox o join records r on r.id = o.record where o.state <> 5',
  problems: 'select p.code, p.cause, r.key from problems p left join records r on r.id = p.record where p.closed_at is null',
  parts:
    'select p.record is null as none, a.key as part, b.key as sum from parts p join records a on a.id = p.record join records b on b.id = p.sum',
  keys: 'select k.key as name, r.key from record_keys k join records r on r.id = k.record',
  // A file whose manifest comes after it was taken is taken once more, for what that proves: whether it does is a matter of moments.
  sums: "select distinct name, json_extract(counts, '$.totals') as totals from export_files where state = 'taken'",
  unlinks: 'select r.key, e.rank, e.state, e.problem from unlink_entries e left join records r on r.id = e.record',
  unsealed: 'select id from takes where sealed_at is null',
  changes: 'select take from record_changes',
  // Their content is that of the answer which told it last, a list or a sync action; what of it counts stands confirmed in the links.
  items: 'select type, id, project, origin_id, origin_code, deleted_at is null as there from items',
} as const

/** Names in a folder, without the time they were filed at. */
const listing = (folder: string, prefix: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => prefix + name.replace(/^\d{4}-\d\d-\d\d_\d{6}(-\d+)?_/, ''))

/** What differs between two ends, in words; empty when nothing does. */
export function differences(wanted: EndState, found: EndState): string[] {
  const pairs = (of: 'procore' | 'ledger') =>
    Object.keys(wanted[of]).map((name) => ({ name: `${of} ${name}`, a: wanted[of][name] ?? [], b: found[of][name] ?? [] }))
  return [...pairs('procore'), ...pairs('ledger'), { name: 'folders', a: wanted.folders, b: found.folders }].flatMap(({ name, a, b }) => [
    ...without(a, b).map((row) => `${name}: lacks ${row}`),
    ...without(b, a).map((row) => `${name}: has besides ${row}`),
  ])
}

/** What of `a` is left once each of `b` has taken one like it away. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const one of b) left.set(one, (left.get(one) ?? 0) + 1)
  return a.filter((one) => {
    const count = left.get(one) ?? 0
    left.set(one, count - 1)
    return count <= 0
  })
}
