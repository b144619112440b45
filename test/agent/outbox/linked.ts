import { kinds } from '../../../agent/items/index.ts'
import { outboxOps } from '../../../agent/outbox/outbox.ts'
import { askRelink } from '../../../agent/unlink/ask-relink.ts'
import { linkStates } from '../../../shared/link-state.ts'
import type { Kind } from '../../procore/items.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { type Firm, makeFirm, originOf } from './firm.ts'

type Origins = { origin_id: string | null; origin_code: string | null; origin_data: string | null }

/** An item of the practice company that is linked, and how a person unlinks it and takes that back. */
export type Linked = {
  standIn: StandIn
  firm: Firm
  record: number
  /** Kinds and ids of header and lines, the header first. */
  all: readonly { kind: Kind; id: number }[]
  /** What carries a link in Procore, header first. */
  origins(): Origins[]
  /** What a person's Unlink leaves in the ledger, of this record or of another. */
  wish(record?: number): void
  unlink(): Promise<void>
  /** Asks for the undo and lets the outbox work. */
  relink(): Promise<string>
  ask(): Promise<{ asked: string; why: string | null }>
}

/** From now on Procore takes what these rows say of a link, answers 200, and changes nothing of it. Answers how to end that. */
export function leavesLinks(firm: Firm, rows: (path: string, originId: unknown) => boolean): () => void {
  const { client } = firm
  const bare = ({ origin_id: _, origin_code: __, origin_data: ___, ...row }: Record<string, unknown>) => row
  firm.client = {
    ...client,
    write(ask) {
      const { updates, ...rest } = JSON.parse(String(ask.body)) as { updates: Record<string, unknown>[] }
      const body = JSON.stringify({ ...rest, updates: updates.map((row) => (rows(ask.path, row['origin_id']) ? bare(row) : row)) })
      return client.write({ ...ask, body })
    },
  }
  return () => void Object.assign(firm, { client })
}

const by = { person: null, origin: 'cli' }

function linked(standIn: StandIn, firm: Firm, record: number, all: Linked['all']): Linked {
  const { raw } = firm.ledger
  const ask: Linked['ask'] = () => {
    firm.ledger.clock.now = firm.clock.time
    return firm.ledger.transact((tx) => askRelink(tx, kinds, { record, by }))
  }
  const wish = (of = record): void => {
    raw.prepare('update links set state = ? where record = ?').run(linkStates.indexOf('unlinking'), of)
    const put = 'insert into outbox (record, op, state, attempts, not_before, asked) values (?, ?, 0, 0, 0, ?)'
    raw.prepare(put).run(of, outboxOps.indexOf('unlink'), JSON.stringify({ ...by, forecast: 'gone', reason: 'void' }))
  }
  return {
    ...{ standIn, firm, record, all, ask },
    origins: () =>
      all.map(({ kind, id }) => {
        const { origin_id, origin_code, origin_data } = standIn.company.table(kind).get(id) as unknown as Origins
        return { origin_id, origin_code, origin_data }
      }),
    wish,
    async unlink() {
      wish()
      await firm.deliver()
    },
    async relink() {
      const { asked, why } = await ask()
      await firm.deliver()
      return why ?? asked
    },
  }
}

/** A commitment of several lines, ours, with all its origin fields filled; its first line belongs to somebody else. */
export async function linkedCommitment(options: Parameters<typeof startStandIn>[0] = {}): Promise<Linked> {
  const standIn = await startStandIn(options)
  const firm = await makeFirm(standIn)
  const { company } = standIn
  const { work_order_contracts, contract_line_items, projects } = company.tables
  const contract = work_order_contracts.live().find(({ id }) => contract_line_items.heldBy(id).length > 2)!
  const home = projects.get(contract.project_id)!
  const lines = contract_line_items.heldBy(contract.id)
  company.edit('work_order_contracts', contract.id, { origin_id: originOf('commitments', 'SC-X'), origin_code: 'SC-X', origin_data: 'h' })
  for (const [n, { id }] of lines.entries())
    company.edit('contract_line_items', id, {
      origin_id: n === 0 ? 'other:9' : originOf('commitments', `SC-X#${n}`),
      ...{ origin_code: `code ${n}`, origin_data: n % 2 === 0 ? null : `data ${n}` },
    })
  await firm.see('projects')
  await firm.see('work-order-contracts', String(home.id))
  const [said] = firm.ledger.raw.prepare("select content ->> 'grand_total' as amount from items where id = ?").all(String(contract.id))
  const fields = { commitment: 'SC-X', description: contract.title, job: home.project_number, samt: String(said?.['amount']) }
  const record = await firm.record('commitments', 'SC-X', fields)
  await firm.deliver()
  const all = [
    { kind: 'work_order_contracts' as const, id: contract.id },
    ...lines.map(({ id }) => ({ kind: 'contract_line_items' as const, id })),
  ]
  return linked(standIn, firm, record, all)
}

/** A direct cost: a filled header freezes its line. */
export async function linkedCost(options: Parameters<typeof startStandIn>[0] = {}): Promise<Linked> {
  const standIn = await startStandIn(options)
  const firm = await makeFirm(standIn)
  const { cost_codes, line_item_types, projects, direct_costs, direct_cost_line_items } = standIn.company.tables
  const code = cost_codes.live().find((one) => one.sub_job_id === null && one.full_code !== '')!
  const home = projects.get(code.project_id)!
  for (const [list, place] of [
    ['projects', null],
    ['line-item-types', null],
    ['sub-jobs', String(home.id)],
    ['cost-codes', String(home.id)],
  ] as const)
    await firm.see(list, place)
  await firm.record('jobs', home.project_number, { job: home.project_number, description: home.name })
  const record = await firm.record('jc-transactions', 'UC1', {
    ...{ job: home.project_number, cost_code: code.full_code, category: line_item_types.live()[0]!.code },
    ...{ transaction_type: 'JC cost', amount: '5.00', accounting_date: '2026-10-30' },
  })
  await firm.deliver()
  const cost = direct_costs.byOrigin(originOf('jc-transactions', 'UC1'))!
  const lines = direct_cost_line_items.heldBy(cost.id)
  standIn.company.edit('direct_costs', cost.id, { origin_data: 'cost' })
  for (const { id } of lines) standIn.company.edit('direct_cost_line_items', id, { origin_data: `line of ${cost.id}` })
  const all = [{ kind: 'direct_costs' as const, id: cost.id }, ...lines.map(({ id }) => ({ kind: 'direct_cost_line_items' as const, id }))]
  return linked(standIn, firm, record, all)
}

/** A change order: Procore takes it by itself alone, one call each. */
export async function linkedOrder(options: Parameters<typeof startStandIn>[0] = {}): Promise<Linked> {
  const standIn = await startStandIn(options)
  const firm = await makeFirm(standIn)
  const { company } = standIn
  const { change_order_packages, work_order_contracts, projects } = company.tables
  const order = change_order_packages.live().find(({ contract_id }) => work_order_contracts.get(contract_id) !== undefined)!
  const contract = work_order_contracts.get(order.contract_id)!
  const home = projects.get(contract.project_id)!
  company.edit('work_order_contracts', contract.id, { origin_id: originOf('commitments', 'SC-X') })
  company.edit('change_order_packages', order.id, { origin_id: originOf('commitment-cos', 'SC-X|1'), origin_code: '1', origin_data: 'o' })
  for (const [list, place] of [
    ['projects', null],
    ['work-order-contracts', String(home.id)],
    ['change-order-packages', String(home.id)],
  ] as const)
    await firm.see(list, place)
  await firm.record('commitments', 'SC-X', { commitment: 'SC-X', description: contract.title, job: home.project_number })
  const fields = { commitment: 'SC-X', change_order: order.number, description: order.title, amount: String(order.grand_total) }
  const record = await firm.record('commitment-cos', 'SC-X|1', fields)
  await firm.deliver()
  return linked(standIn, firm, record, [{ kind: 'change_order_packages', id: order.id }])
}
