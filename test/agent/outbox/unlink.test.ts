import { afterEach, describe, expect, it } from 'vitest'
import { problemOf } from '../../../agent/procore/errors.ts'
import { linkStates } from '../../../shared/link-state.ts'
import type { UnlinkNull } from '../../procore/api/endpoint.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { type Firm, makeFirm, originOf } from './firm.ts'

let standIn: StandIn
let firm: Firm
afterEach(() => standIn.close())

async function linkedVendor(): Promise<{ record: number; id: number }> {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  await firm.see('vendors')
  const record = await firm.record('vendors', 'UN1', { vendor: 'UN1', name: 'Unlinked Works', city: 'Hereton' })
  await firm.deliver()
  return { record, id: standIn.company.tables.vendors.byOrigin(originOf('vendors', 'UN1'))!.id }
}

/** What a person's Unlink leaves in the ledger. */
function wish(record: number): void {
  firm.ledger.raw.prepare('update links set state = ? where record = ?').run(linkStates.indexOf('unlinking'), record)
  firm.ledger.raw.prepare('insert into outbox (record, op, state, attempts, not_before) values (?, 3, 0, 0, 0)').run(record)
}

describe('unlinking', () => {
  it('clears our origin_id, keeps what people see of it, and ends as unlinked', async () => {
    const { record, id } = await linkedVendor()
    wish(record)
    await firm.deliver()
    expect(standIn.company.tables.vendors.get(id)).toMatchObject({ origin_id: null, origin_code: 'UN1' })
    expect(firm.state(record)).toBe('unlinked')
    expect(firm.outbox().filter((row) => row['state'] !== 5)).toEqual([])
  })

  it('is done when it was done before the answer was lost', async () => {
    const { record, id } = await linkedVendor()
    wish(record)
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'drop after commit' } })
    await firm.deliver()
    expect(standIn.company.tables.vendors.get(id)?.origin_id).toBeNull()
    expect(firm.state(record)).toBe('unlinked')
  })

  it('does not clear what somebody else owns by now', async () => {
    const { record, id } = await linkedVendor()
    wish(record)
    standIn.company.steal('vendors', id, 'other:1')
    await firm.deliver()
    expect(standIn.company.tables.vendors.get(id)?.origin_id).toBe('other:1')
    expect(firm.problems()).toHaveLength(1)
  })

  it.each(['clears', '422', '200-but-unchanged'] as const satisfies UnlinkNull[])(
    'of a frozen cost frees its lines too, or asks a person: an empty origin_id %s',
    async (unlinkNull) => {
      standIn = await startStandIn()
      firm = await makeFirm(standIn)
      const { cost_codes, line_item_types, projects } = standIn.company.tables
      const code = cost_codes.live().find((one) => one.sub_job_id === null)!
      const home = projects.get(code.project_id)!
      for (const [list, place] of [
        ['projects', null],
        ['line-item-types', null],
        ['sub-jobs', String(home.id)],
        ['cost-codes', String(home.id)],
      ] as const)
        await firm.see(list, place)
      await firm.record('jobs', home.project_number, { job: home.project_number, description: home.name })
      const fields = {
        job: home.project_number,
        cost_code: code.full_code,
        category: line_item_types.live()[0]!.code,
        transaction_type: 'JC cost',
        amount: '5.00',
        accounting_date: '2026-10-30',
      }
      const record = await firm.record('jc-transactions', 'UC1', fields)
      await firm.deliver()
      const cost = standIn.company.tables.direct_costs.byOrigin(originOf('jc-transactions', 'UC1'))!
      const lines = () => standIn.company.tables.direct_cost_line_items.heldBy(cost.id)
      expect(lines().map((line) => line.origin_id)).toEqual([`${originOf('jc-transactions', 'UC1')}#1`])
      standIn.behaviour.unlinkNull = unlinkNull
      wish(record)
      await firm.deliver()
      const gone = unlinkNull === 'clears'
      expect(standIn.company.tables.direct_costs.get(cost.id)?.origin_id === null).toBe(gone)
      expect(lines()[0]?.origin_id === null).toBe(gone)
      expect(firm.problems().map((one) => one['code'])).toEqual(gone ? [] : ['locked-in-procore'])
      if (gone) expect(firm.state(record)).toBe('unlinked')
    },
  )
})

describe('a frozen item that is read while it is being changed', () => {
  it('is not taken for one that lost its owner', async () => {
    const { record, id } = await linkedVendor()
    await firm.change(record, 'vendors', { vendor: 'UN1', name: 'Unlinked Works', city: 'Elsewhere' })
    await firm.calls.claim({ connection: 1, limit: 10, recover: false, like: null })
    standIn.company.release('vendors', id)
    await firm.see('vendors')
    expect(firm.state(record)).toBe('sent')
    expect(firm.problems()).toEqual([])
    await firm.deliver()
    expect(firm.problems().map((one) => one['code'])).toEqual(['owner-lost'])
  })
})

describe('a person’s retry', () => {
  it('lets go everything with the same cause, and nothing else', async () => {
    const { record } = await linkedVendor()
    await firm.change(record, 'vendors', { vendor: 'UN1', name: 'Unlinked Works', city: 'Refusedtown' })
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'partial errors', rows: [0], errors: { city: ['is unknown'] } } })
    await firm.deliver()
    expect(firm.state(record)).toBe('failed')
    const cause = String(firm.ledger.raw.prepare('select cause from problems where closed_at is null').get()?.['cause'])
    expect(await firm.retry('another cause')).toBe(0)
    expect(await firm.retry(cause)).toBe(1)
    await firm.deliver()
    expect(firm.state(record)).toBe('synced')
    expect(firm.problems()).toEqual([])
  })
})

/** Answers writes that fit as Procore would when it refuses a call whole. */
function refuseWhole(fits: (rows: object[]) => boolean, status: number, body: object): { refused: number } {
  const seen = { refused: 0 }
  const { client } = firm
  firm.client = {
    ...client,
    async write(ask) {
      const { updates } = JSON.parse(ask.body ?? '{}') as { updates: object[] }
      if (!fits(updates)) return client.write(ask)
      seen.refused += 1
      return { outcome: 'refused', status, body, problem: problemOf(status, body) }
    },
  }
  return seen
}

async function eightNew(): Promise<void> {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  await firm.see('vendors')
  for (let n = 0; n < 8; n++) await firm.record('vendors', `BIG${n}`, { vendor: `BIG${n}`, name: `Batch ${n} Works` })
}
const made = () => standIn.company.tables.vendors.live().filter((one) => one.name.startsWith('Batch '))

describe('a call that Procore refuses whole', () => {
  it('is halved until it is small enough', async () => {
    await eightNew()
    const seen = refuseWhole((rows) => rows.length > 2, 413, { message: 'too large' })
    await firm.deliver()
    expect(seen.refused).toBe(3)
    expect(made()).toHaveLength(8)
    expect(firm.problems()).toEqual([])
  })

  it('is halved until the one row at fault stands alone', async () => {
    await eightNew()
    refuseWhole((rows) => JSON.stringify(rows).includes('Batch 5'), 422, { errors: { name: ['is odd'] } })
    await firm.deliver()
    expect(made()).toHaveLength(7)
    expect(firm.problems()).toMatchObject([{ code: 'procore-refused', params: expect.stringContaining('name: is odd') }])
  })
})
