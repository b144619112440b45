/** How far each list has been read, out of the ledger; and which projects are read at all. */
import type { DatabaseSync } from 'node:sqlite'
import { type Entity, itemTypes } from '../../shared/item.ts'
import { money, sameMoney } from '../../shared/money.ts'
import { sumOf } from '../items/figures.ts'
import { kinds } from '../items/index.ts'
import type { Kind } from '../items/kind.ts'
import { linkedProjects } from '../ledger/linked-projects.ts'
import type { ProcoreList } from './list.ts'
import { type Polled, wholeMsOf } from './poll-plan.ts'

export type PollState = {
  polled: Polled[]
  anyProject: string | null
  /** Standard list of cost codes the connection's settings name. */
  costCodeList: string | null
  /** Commitments of a project whose payments are read, all of them or those whose sum is not what is known of them; asked for when they are due. */
  contracts(project: string, whole: boolean): string[]
}

/** What everything else refers to, and what pages show most. */
const always: readonly string[] = [
  ...['projects', 'vendors', 'line-item-types', 'sub-jobs', 'cost-codes'],
  ...['work-order-contracts', 'purchase-order-contracts', 'direct-costs'],
]

/** Whether a list is read whatever the ERP exports. */
export const readFromTheStart = ({ id }: Pick<ProcoreList, 'id'>): boolean => always.includes(id)

/** Any other list is read once the ERP has given records that meet its items: a company without insurance or prime contracts need not allow them. */
function wanted(raw: DatabaseSync, connection: number, lists: readonly ProcoreList[]): ProcoreList[] {
  const exported = raw.prepare('select entity from sources where connection = ? and as_of is not null').all(connection)
  const met = new Set(exported.flatMap(({ entity }) => kinds[entity as Entity].itemTypes))
  return lists.filter((list) => readFromTheStart(list) || list.itemTypes.some((type) => met.has(type)))
}

/** Everything that may be read for a connection, by the read-only view of the ledger. */
export function pollState(raw: DatabaseSync, connection: number, all: readonly ProcoreList[]): PollState {
  const lists = wanted(raw, connection, all)
  const project = itemTypes.indexOf('project')
  const projects = linkedProjects(raw, connection)
  const rows = new Map(
    raw
      .prepare('select * from polls where connection = ?')
      .all(connection)
      .map((row) => [`${row['list']} ${row['project']}`, row]),
  )
  const anyItem = raw
    .prepare('select id from items where connection = ? and type = ? and deleted_at is null limit 1')
    .get(connection, project)
  const polled = lists.flatMap((list) =>
    (list.scope === 'company' ? [null] : projects).map((place): Polled => {
      const row = rows.get(`${list.id} ${place ?? ''}`)
      return {
        ...{ connection, list: list.id, project: place, wholeMs: wholeMsOf(list), seenAt: null, notBefore: 0 },
        ...{ readAt: number(row?.['read_at']), fullAt: number(row?.['full_at']), touchedAt: number(row?.['touched_at']) },
        readTo: typeof row?.['read_to'] === 'string' ? row['read_to'] : null,
      }
    }),
  )
  return {
    ...{ polled, anyProject: projects[0] ?? (anyItem ? String(anyItem['id']) : null), costCodeList: costCodeListOf(raw, connection) },
    contracts(place, whole) {
      const all = paidContracts(raw, connection, place)
      return whole ? all : all.filter((contract) => hasMoved(raw, connection, contract))
    },
  }
}

function costCodeListOf(raw: DatabaseSync, connection: number): string | null {
  const row = raw
    .prepare(`select json_extract(settings, '$."standard-cost-code-list"') as list from connections where id = ?`)
    .get(connection)
  return row?.['list'] === null || row?.['list'] === undefined ? null : String(row['list'])
}

/** Linked commitments of the project that the ERP says were paid on: by the payment itself, or by its invoice's distributions (both begin with vendor and invoice). */
const paid = `select distinct i.id from links l join records r on r.id = l.record join sources s on s.id = r.source
    join items i on i.connection = s.connection and i.type = l.item_type and i.id = l.item_id
  where s.connection = ?1 and s.entity = 'commitments' and i.project = ?2 and i.deleted_at is null
    and r.key in (
      select json_extract(p.content, ?3) from records p join sources ps on ps.id = p.source where ps.connection = ?1 and ps.entity = 'ap-payments'
      union all
      select json_extract(d.content, ?4) from records d join sources ds on ds.id = d.source
        where ds.connection = ?1 and ds.entity = 'ap-distributions' and json_extract(d.content, '$[0]', '$[1]') in
          (select json_extract(p.content, '$[0]', '$[1]') from records p join sources ps on ps.id = p.source
            where ps.connection = ?1 and ps.entity = 'ap-payments'))`

/** Commitments whose payments are known already: they are read on, or their payments would be taken for deleted. */
const known = `select distinct json_extract(p.content, '$.contract_id') as id from items p
    join items c on c.connection = p.connection and c.id = json_extract(p.content, '$.contract_id') and c.type in (?3, ?4) and c.deleted_at is null
  where p.connection = ?1 and p.project = ?2 and p.type = ?5 and p.deleted_at is null`

function paidContracts(raw: DatabaseSync, connection: number, project: string): string[] {
  const at = ({ fields }: Kind): string => `$[${fields.indexOf('commitment')}]`
  const types = (['work-order-contract', 'purchase-order-contract', 'contract-payment'] as const).map((type) => itemTypes.indexOf(type))
  const rows = [
    ...raw.prepare(paid).all(connection, project, at(kinds['ap-payments']), at(kinds['ap-distributions'])),
    ...raw.prepare(known).all(connection, project, ...types),
  ]
  return [...new Set(rows.map((row) => String(row['id'])))].sort()
}

/** Whether a commitment says another sum of payments than those known of it; what is not known counts as moved. */
function hasMoved(raw: DatabaseSync, connection: number, contract: string): boolean {
  const types = (['work-order-contract', 'purchase-order-contract'] as const).map((type) => itemTypes.indexOf(type))
  const said = raw
    .prepare("select json_extract(content, '$.total_payments') as total from items where connection = ? and id = ? and type in (?, ?)")
    .get(connection, contract, ...types)
  const payments = raw
    .prepare(
      `select json_extract(content, '$.amount') as amount from items
       where connection = ? and type = ? and deleted_at is null and json_extract(content, '$.contract_id') = ?`,
    )
    .all(connection, itemTypes.indexOf('contract-payment'), contract)
  const total = money(said?.['total'] == null ? null : String(said['total']))
  const known = sumOf(payments.map(({ amount }) => (amount == null ? null : String(amount)))) ?? (payments.length === 0 ? '0' : null)
  const sum = money(known)
  return total === null || sum === null || !sameMoney(total, sum)
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
