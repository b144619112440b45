import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { type Firm, makeFirm } from '../outbox/firm.ts'

let standIn: StandIn
let firm: Firm
let home: { id: number; number: string }

beforeEach(async () => {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  const { projects, work_order_contracts } = standIn.company.tables
  const [contract] = work_order_contracts.live()
  const project = projects.live().find(({ id }) => id === contract?.project_id)!
  home = { id: project.id, number: project.project_number }
})
afterEach(() => standIn.close())

/** The project, what it holds, and its job. */
async function known(...lists: string[]): Promise<void> {
  await firm.see('projects')
  for (const list of lists) await firm.see(list, list === 'standard-cost-codes' ? null : String(home.id))
  await firm.record('jobs', home.number, { job: home.number, description: 'Home' })
  await firm.deliver()
}
const codes = () => firm.problems().map(({ code }) => code)
const numbers = () =>
  standIn.company.tables.work_order_contracts
    .live()
    .flatMap(({ project_id, number, origin_id }) => (project_id === home.id && !origin_id ? [number] : []))
const payment = (key: string, more: Record<string, string> = {}) =>
  firm.record('ap-payments', key, {
    ...{ vendor: 'V1', invoice: 'I1', payment_id: key, check: '77', payment_date: '2026-10-30', amount: '5.00', payment_type: 'Check' },
    ...more,
  })

describe('what Procore lacks for the office’s records', () => {
  it('a cost code of an extra waits for its sub job, and goes under it once that is there', async () => {
    await known('sub-jobs', 'cost-codes')
    const record = await firm.record('cost-codes', `${home.number}|990|55-5000`, {
      ...{ job: home.number, extra: '990', cost_code: '55-5000', description: 'Late' },
    })
    await firm.deliver()
    reaches('sub-job-missing', codes())
    const subJob = standIn.company.add('sub_jobs', { project_id: home.id, code: '990', name: 'Late extra' })
    await firm.see('sub-jobs', String(home.id))
    await firm.retryMissing()
    await firm.deliver()
    expect(firm.state(record)).toBe('synced')
    expect(standIn.company.tables.cost_codes.live().find(({ sub_job_id }) => sub_job_id === subJob.id)).toMatchObject({ code: '55-5000' })
  })

  it('standard codes go nowhere while it is not said which of two lists is meant', async () => {
    await known()
    const list = standIn.company.add('standard_cost_code_lists', {
      name: 'Second',
      is_erp_list: true,
      available_to_use_on_new_projects: false,
    })
    standIn.company.add('standard_cost_codes', {
      standard_cost_code_list_id: list.id,
      parent_id: null,
      code: '90',
      full_code: '90',
      name: 'X',
    })
    await firm.see('standard-cost-codes')
    await firm.record('standard-cost-codes', '91-1000', { cost_code: '91-1000', description: 'New' })
    await firm.deliver()
    reaches('standard-list-unknown', codes())
  })

  it('a vendor without a name is not made, and it is said whose name is missing', async () => {
    await known()
    await firm.record('vendors', 'V9', { vendor: 'V9', city: 'Ridgeway' })
    await firm.deliver()
    reaches('value-missing', codes())
    const [told] = firm.problems().filter(({ code }) => code === 'value-missing')
    expect(JSON.parse(String(told?.['params']))).toEqual({ key: 'V9', field: 'name' })
  })

  it('a payment waits for its commitment, and one of several commitments for a person', async () => {
    await known('work-order-contracts')
    const [one = '', other = ''] = numbers()
    await payment('P1', { commitment: one })
    await firm.deliver()
    reaches('commitment-unmatched', codes())
    await payment('P3', { commitment: one, invoice: 'I3' })
    await payment('P4', { commitment: other, invoice: 'I4' })
    await firm.deliver()
    const waiting = firm.problems().filter(({ code }) => code === 'commitment-unmatched')
    expect([waiting.length, new Set(waiting.map(({ cause }) => cause)).size]).toEqual([3, 2]) // one cause for each commitment
    for (const [n, commitment] of [one, other].entries())
      await firm.record('ap-distributions', `V2|I2|${n}`, { vendor: 'V2', invoice: 'I2', sequence: String(n), commitment, amount: '2.50' })
    await payment('P2', { invoice: 'I2', vendor: 'V2' })
    await firm.deliver()
    reaches('payment-of-several', codes())
    expect(standIn.company.tables.contract_payments.live().filter(({ origin_id }) => origin_id !== null)).toEqual([])
  })
})
