import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { archive, takeBack } from '../../../agent/ledger/archive.ts'
import { confirmMatch } from '../../../agent/ledger/confirm-match.ts'
import { itemsSeen } from '../../../agent/ledger/items-seen.ts'
import { procoreLists } from '../../../agent/procore/index.ts'
import { Company } from '../../procore/company.ts'
import { centsMoney } from '../../procore/money.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { type Firm, makeFirm } from './firm.ts'

const by = { person: null, origin: 'test' }
const entity = 'jc-transactions'

let standIn: StandIn
let firm: Firm
let project: number
let vendor: number
let code: number
let type: number

const bill = {
  ...{ job: 'J', cost_code: '01', category: 'MAT', transaction_type: 'AP cost', vendor: 'ACE' },
  ...{ invoice: 'INV-71', amount: '1000.00', accounting_date: '2026-10-30' },
}

/** One job, one code, one vendor: no more is needed, and the practice company takes long to make. */
beforeEach(async () => {
  const company = new Company('Northgate', Date.now)
  standIn = await startStandIn({ company })
  firm = await makeFirm(standIn)
  project = company.add('projects', {
    ...{ name: 'Depot', project_number: 'J', active: true, city: 'Portwell', state_code: 'OR', zip: '97401', country_code: 'US' },
    ...{ time_zone: 'US/Pacific', total_value: '0.0', is_erp_integrated: false, origin_code: null, address: null },
    ...{ start_date: null, completion_date: null, accounting_project_number: null },
  }).id
  code = company.add('cost_codes', {
    ...{ project_id: project, sub_job_id: null, code: '01', full_code: '01', name: 'Work', parent_id: null },
    ...{ position: 1, standard_cost_code_id: null },
  }).id
  type = company.add('line_item_types', { code: 'MAT', name: 'Material', base_type: 'materials' }).id
  vendor = company.add('vendors', {
    ...{
      name: 'Ace',
      origin_code: 'ACE',
      business_phone: null,
      address: null,
      city: null,
      state_code: null,
      zip: null,
      country_code: 'US',
    },
    ...{ email_address: null, is_active: true, business_register: null, abbreviated_name: null, mobile_phone: null, fax_number: null },
    ...{ website: null, license_number: null, trade_name: null, notes: null, origin_custom_fields: {} },
  }).id
  for (const list of ['projects', 'line-item-types', 'vendors']) await firm.see(list)
  await firm.see('cost-codes', String(project))
  await firm.record('jobs', 'J', { job: 'J', description: 'Depot' })
  await firm.record('vendors', 'ACE', { vendor: 'ACE', name: 'Ace' })
  await firm.deliver()
})
afterEach(() => standIn.close())

/** A cost that somebody entered in Procore, by hand. */
function typed(cents: number, invoice = 'INV-71'): number {
  const { id } = standIn.company.add('direct_costs', {
    ...{ project_id: project, vendor_id: vendor, invoice_number: invoice, direct_cost_date: '2026-10-30', direct_cost_type: 'invoice' },
    ...{ description: null, employee_id: null, status: 'approved', terms: null, payment_date: null, received_date: null },
  })
  standIn.company.add('direct_cost_line_items', {
    ...{
      project_id: project,
      holder_id: id,
      holder_type: 'DirectCost',
      position: 1,
      description: null,
      uom: null,
      amount: centsMoney(cents),
    },
    ...{ quantity: null, unit_cost: null, extended_type: 'manual', cost_code_id: code, line_item_type_id: type },
    ...{ wbs_code_id: null, tax_code_id: null },
  })
  return id
}

const mine = () => standIn.company.tables.direct_costs.live().filter((one) => one.origin_id?.includes(entity))
const held = () => firm.problems().filter(({ code }) => code === 'match-to-confirm')
const same = (record: number, id: number) =>
  firm.ledger.transact((tx) => confirmMatch(tx, kinds, { record, item: { type: 'direct-cost', id: String(id) }, by }))
const item = (id: number) => ({ connection: 1, item: { type: 'direct-cost', id: String(id) } as const })
const putAway = (id: number) => firm.ledger.transact((tx) => archive(tx, kinds, { of: item(id), reason: 'another', by }))
const back = (id: number) => firm.ledger.transact((tx) => takeBack(tx, kinds, { of: item(id), by }))

/** What a poll of the project's costs tells. */
async function poll(): Promise<void> {
  const list = procoreLists.find(({ id }) => id === 'direct-costs')!
  const items = []
  for await (const page of list.read(firm.client, { project: String(project) }, {})) items.push(...page)
  const at = ++firm.clock.time
  const seen = { connection: 1, list: list.id, types: list.itemTypes, project: String(project), items, complete: true, readTo: null, at }
  await firm.ledger.transact((tx) => itemsSeen(tx, kinds, seen))
}

describe('a cost that somebody typed into Procore before the ERP exported it', () => {
  it('is not created beside: a person is asked, once for its list, and tying it doubles nothing', async () => {
    const id = typed(100_000)
    const record = await firm.record(entity, 'T1', bill)
    for (let n = 0; n < 5; n++) await firm.record(entity, `O${n}`, { ...bill, invoice: `B-${n}` })
    standIn.forget()
    await firm.deliver()
    expect(mine()).toHaveLength(5)
    expect(held()).toMatchObject([{ record }])
    expect(JSON.parse(String(held()[0]?.['params']))).toMatchObject({ candidates: `direct-cost:${id}`, link: record })
    expect(firm.state(record)).toBe('not-linked')
    const reads = standIn.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/direct_costs'))
    expect(reads.length).toBeLessThanOrEqual(2)

    expect(await same(record, id)).toBeNull()
    await firm.deliver()
    expect([mine().length, firm.state(record), firm.problems()]).toEqual([6, 'synced', []])
    expect(mine().find((one) => one.id === id)).toBeDefined()
  })

  it('is created beside once a person says that it is another one', async () => {
    const id = typed(100_000)
    const record = await firm.record(entity, 'T1', bill)
    await firm.deliver()
    firm.ledger.clock.now = firm.clock.time
    expect(await putAway(id)).toBeNull()
    expect(firm.state(record)).toBe('ready-to-send')
    await firm.deliver()
    expect([mine().length, firm.state(record), firm.problems()]).toEqual([1, 'synced', []])
    expect(mine()[0]?.id).not.toBe(id)
  })

  it('is asked about also where it was put away before anybody had asked: that was no answer', async () => {
    const id = typed(100_000)
    await poll()
    await putAway(id)
    const record = await firm.record(entity, 'T1', bill)
    await firm.deliver()
    expect([mine().length, held().length]).toEqual([0, 1])
    expect((await same(record, id))?.code).toBe('match-archived')
    firm.ledger.clock.now = ++firm.clock.time
    await back(id)
    await putAway(id)
    await firm.deliver()
    expect([mine().length, firm.problems()]).toEqual([1, []])
  })

  it('holds it back no more once it is deleted, or renamed, in Procore', async () => {
    const [one, two] = [typed(100_000, 'INV-71'), typed(50_000, 'INV-72')]
    const records = [
      await firm.record(entity, 'T1', bill),
      await firm.record(entity, 'T2', { ...bill, invoice: 'INV-72', amount: '500.00' }),
    ]
    await firm.deliver()
    expect(held()).toHaveLength(2)
    standIn.company.edit('direct_costs', one, { invoice_number: 'X-9' })
    standIn.company.remove('direct_costs', two)
    await poll()
    expect(held()).toEqual([])
    await firm.deliver()
    expect([mine().length, ...records.map((record) => firm.state(record))]).toEqual([2, 'synced', 'synced'])
  })

  it('is one cost there and two in the ERP: tied to one of them and of another amount, it still holds back the other', async () => {
    const id = typed(100_000)
    const first = await firm.record(entity, 'T1', { ...bill, amount: '600.00' })
    const second = await firm.record(entity, 'T2', { ...bill, amount: '400.00' })
    await firm.deliver()
    expect(held()).toHaveLength(2)
    await same(first, id)
    await firm.deliver()
    expect([mine().length, firm.state(first), firm.state(second)]).toEqual([1, 'changed-in-both', 'not-linked'])
    expect(held()).toMatchObject([{ record: second }])
    // The amount is put right: the other is a cost of its own.
    const line = standIn.company.tables.direct_cost_line_items.heldBy(id)[0]!
    standIn.company.edit('direct_cost_line_items', line.id, { amount: centsMoney(60_000) })
    await poll()
    await firm.deliver()
    expect([mine().length, firm.state(first), firm.state(second), firm.problems()]).toEqual([2, 'synced', 'synced', []])
  })

  it('is the one of two alike in the ERP that a person says: the other is created', async () => {
    const id = typed(100_000)
    const records = [await firm.record(entity, 'T1', bill), await firm.record(entity, 'T2', bill)]
    await firm.deliver()
    expect(held()).toHaveLength(2)
    await same(records[0]!, id)
    await firm.deliver()
    expect([mine().length, ...records.map((one) => firm.state(one)), firm.problems()]).toEqual([2, 'synced', 'synced', []])
  })
})
