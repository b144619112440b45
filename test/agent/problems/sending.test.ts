import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StandIn } from '../../procore/stand-in.ts'
import { startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { type Firm, makeFirm } from '../outbox/firm.ts'

let standIn: StandIn
let firm: Firm
let costs: { job: string; cost_code: string; category: string; project: number }

beforeEach(async () => {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  const { projects, cost_codes, line_item_types } = standIn.company.tables
  const home = projects.live().find((one) => cost_codes.live().some((cost) => cost.project_id === one.id && cost.sub_job_id === null))!
  const code = cost_codes.live().find((one) => one.project_id === home.id && one.sub_job_id === null && one.full_code !== '')!
  costs = { job: home.project_number, cost_code: code.full_code, category: line_item_types.live()[0]!.code, project: home.id }
})
afterEach(() => standIn.close())

/** The project and its lists are known, and its job is linked. */
async function known(): Promise<void> {
  for (const [list, place] of [
    ['projects', null],
    ['line-item-types', null],
    ['sub-jobs', String(costs.project)],
    ['cost-codes', String(costs.project)],
  ] as const)
    await firm.see(list, place)
  await firm.record('jobs', costs.job, { job: costs.job, description: 'Home' })
  await firm.deliver()
}
const cost = (more: Record<string, string> = {}) => {
  const { job, cost_code, category } = costs
  return { job, cost_code, category, transaction_type: 'JC cost', amount: '5.00', accounting_date: '2026-10-30', ...more }
}
async function linked(key: string): Promise<{ record: number; id: number }> {
  const vendor = standIn.company.add('vendors', {
    ...standIn.company.tables.vendors.live()[0]!,
    origin_code: key,
    name: `Firm ${key}`,
    origin_id: null,
  })
  await firm.see('vendors')
  const record = await firm.record('vendors', key, { vendor: key, name: `Firm ${key}`, city: vendor.city })
  await firm.deliver()
  return { record, id: vendor.id }
}
const move = (record: number, key: string, city = 'Elsewhere') => firm.change(record, 'vendors', { vendor: key, name: `Firm ${key}`, city })
const codes = () => firm.problems().map(({ code }) => code)
/** Also what was open for a moment only. */
const everOpened = () => firm.ledger.events.flatMap(({ kind, data }) => (kind === 'problem-opened' ? [data?.['code']] : []))
const causes = () =>
  firm.ledger.raw
    .prepare('select distinct cause from problems where closed_at is null')
    .all()
    .map(({ cause }) => String(cause))

describe('what Procore lacks for a cost', () => {
  it('is named: its project, code, type or vendor', async () => {
    await known()
    await firm.record('jc-transactions', 'P', cost({ job: 'none' }))
    await firm.record('jc-transactions', 'C', cost({ cost_code: 'none' }))
    await firm.record('jc-transactions', 'T', cost({ category: 'none' }))
    await firm.record('jc-transactions', 'V', cost({ vendor: 'none' }))
    await firm.record('jc-transactions', 'D', cost({ accounting_date: 'yesterday' }))
    await firm.deliver()
    reaches('project-unmatched', codes())
    reaches('cost-code-missing', codes())
    reaches('cost-type-missing', codes())
    reaches('vendor-unmatched', codes())
    reaches('value-unsendable', codes())
  })

  it('is one cause for all that lack the same; tried again with it unchanged it stands as before, and it ends with what was missing', async () => {
    await known()
    for (let n = 0; n < 12; n++) await firm.record('jc-transactions', `C${n}`, cost({ cost_code: '77-7777' }))
    await firm.record('jc-transactions', 'O', cost({ cost_code: '88-8888' }))
    await firm.deliver()
    expect(causes()).toHaveLength(2)
    const [cause = ''] = causes()
    expect(await firm.retry(cause)).toBe(12)
    await firm.deliver()
    expect(causes().toSorted()).toContain(cause)
    expect(codes()).toHaveLength(13)
    await firm.see('cost-codes', String(costs.project)) // read again, the same
    await firm.retryMissing()
    await firm.deliver()
    expect(codes()).toHaveLength(13)

    const {
      id: _i,
      created_at: _c,
      updated_at: _u,
      deleted_at: _d,
      ...like
    } = standIn.company.tables.cost_codes.live().find(({ project_id }) => project_id === costs.project)!
    standIn.company.add('cost_codes', { ...like, code: '77-7777', full_code: '77-7777', origin_id: null, sub_job_id: null })
    await firm.see('cost-codes', String(costs.project))
    await firm.retryMissing()
    await firm.deliver()
    expect(causes()).toHaveLength(1)
    expect(codes()).toEqual(['cost-code-missing'])
  })

  it('follows the record: corrected to another code that is missing too, only the new cause stands', async () => {
    await known()
    const record = await firm.record('jc-transactions', 'M', cost({ cost_code: '77-7777' }))
    await firm.deliver()
    await firm.change(record, 'jc-transactions', cost({ cost_code: '88-8888' }))
    expect(codes(), 'until it was tried nothing is over').toEqual(['cost-code-missing'])
    await firm.deliver()
    expect(firm.problems()).toMatchObject([{ code: 'cost-code-missing', record, params: expect.stringContaining('88-8888') }])
  })
})

describe('what Procore answers', () => {
  it('to one record is that record’s: refused, locked, gone, another’s', async () => {
    const refused = await linked('R1')
    await move(refused.record, 'R1')
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'partial errors', rows: [0], errors: { city: ['is unknown'] } } })
    await firm.deliver()
    reaches('procore-refused', codes())

    const locked = await linked('L1')
    await move(locked.record, 'L1')
    standIn.faults.add({
      when: { method: 'PATCH' },
      fault: { do: 'partial errors', rows: [0], errors: { base: ['Vendor is not editable'] } },
    })
    await firm.deliver()
    reaches('locked-in-procore', codes())

    const gone = await linked('G1')
    await move(gone.record, 'G1')
    standIn.company.remove('vendors', gone.id)
    await firm.deliver()
    reaches('procore-not-found', everOpened())

    const vendor = standIn.company.add('vendors', {
      ...standIn.company.tables.vendors.live()[0]!,
      origin_code: 'F1',
      name: 'Firm F1',
      origin_id: null,
    })
    await firm.see('vendors')
    await firm.record('vendors', 'F1', { vendor: 'F1', name: 'Firm F1', city: vendor.city })
    standIn.company.steal('vendors', vendor.id, 'other-tool:1')
    await firm.deliver()
    reaches('foreign-owner', codes())
  })

  it('in the same words is one cause, whatever it quotes; in other words another', async () => {
    const errors = ['Number "17" has been taken', 'Number "18" has been taken', 'City is unknown']
    for (const [n, said] of errors.entries()) {
      const { record } = await linked(`W${n}`)
      await move(record, `W${n}`)
      standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'partial errors', rows: [0], errors: { base: [said] } } })
      await firm.deliver()
    }
    expect(codes()).toEqual(['procore-refused', 'procore-refused', 'procore-refused'])
    expect(causes()).toHaveLength(2)
  })

  it('to the whole call is told once for all, and over with the next confirmation', async () => {
    const { record } = await linked('B1')
    const met = async (city: string, fault: Parameters<StandIn['faults']['add']>[0]['fault'], times = 1) => {
      await move(record, 'B1', city)
      standIn.faults.add({ when: { method: 'PATCH' }, times, fault })
      await firm.deliver()
    }
    await met('One', { do: 'answer', status: 429 }, 9)
    reaches('procore-busy', everOpened())
    await met('Two', { do: 'drop before reading' }, 9)
    await met('Three', { do: 'drop after commit' })
    reaches('send-unconfirmed', everOpened())
    standIn.faults.clear()
    await move(record, 'B1', 'Four')
    await firm.deliver()
    expect(codes()).toEqual([])
    await met('Five', { do: 'answer', status: 403, body: '{"errors":"You are not allowed"}' }, 9)
    reaches('procore-forbidden', codes())
  })
})

describe('what is over', () => {
  it('a change nobody wants any more takes its trouble with it', async () => {
    const { record } = await linked('X1')
    await move(record, 'X1')
    standIn.faults.add({
      when: { method: 'PATCH' },
      times: 9,
      fault: { do: 'answer', status: 403, body: '{"errors":"You are not allowed"}' },
    })
    await firm.deliver()
    expect(codes()).toEqual(['procore-forbidden'])
    const { city } = standIn.company.tables.vendors.live().find(({ origin_code }) => origin_code === 'X1')!
    await move(record, 'X1', city ?? '')
    expect(codes()).toEqual([])
    expect(firm.state(record)).toBe('synced')
  })

  it('a record that left the ERP before it could be created is no trouble any more', async () => {
    const record = await firm.record('vendors', 'N1', { vendor: 'N1', name: 'New Works' })
    standIn.faults.add({
      when: { method: 'PATCH' },
      times: 9,
      fault: { do: 'partial errors', rows: [0], errors: { name: ['is too short'] } },
    })
    await firm.deliver()
    expect(codes()).toEqual(['procore-refused'])
    firm.ledger.raw.prepare('update records set vanished_at = 1 where id = ?').run(record)
    await firm.change(record, 'vendors', { vendor: 'N1', name: 'New Works' })
    expect([codes(), firm.outbox().filter(({ state }) => state !== 5)]).toEqual([[], []])
  })
})
