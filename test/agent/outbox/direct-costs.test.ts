import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryResult, Sent } from '../../../agent/outbox/outbox.ts'
import { send } from '../../../agent/outbox/send.ts'
import { outboxWorkers } from '../../../agent/outbox/worker.ts'
import type { UnlinkNull } from '../../procore/api/endpoint.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { type Firm, makeFirm, originOf } from './firm.ts'

let standIn: StandIn
let firm: Firm
let project: number
let job: string
let code: string
let type: string

async function begin(options: Parameters<typeof startStandIn>[0] = {}): Promise<void> {
  standIn = await startStandIn(options)
  firm = await makeFirm(standIn)
  const { projects, cost_codes, line_item_types } = standIn.company.tables
  const home = projects.live().find((one) => cost_codes.live().some((cost) => cost.project_id === one.id && cost.sub_job_id === null))!
  project = home.id
  job = home.project_number
  code = cost_codes.live().find((one) => one.project_id === project && one.sub_job_id === null && one.full_code !== '')!.full_code
  type = line_item_types.live()[0]!.code
  for (const [list, place] of [
    ['projects', null],
    ['line-item-types', null],
    ['sub-jobs', String(project)],
    ['cost-codes', String(project)],
  ] as const)
    await firm.see(list, place)
  await firm.record('jobs', job, { job, description: home.name })
  await firm.deliver()
  standIn.forget()
}

const fields = (amount: string, more: Record<string, string> = {}) => ({
  ...{ job, cost_code: code, category: type, transaction_type: 'JC cost', amount, accounting_date: '2026-10-30', description: 'Sand' },
  ...more,
})
const costs = () => standIn.company.tables.direct_costs.live().filter((one) => one.origin_id?.includes('jc-transactions'))
const linesOf = (id: number) => standIn.company.tables.direct_cost_line_items.heldBy(id)
const writes = () => standIn.requests.filter((one) => one.method === 'PATCH')

describe.each([
  ['strict', 'may be added'],
  ['lenient', 'may be added'],
  ['strict', 'locked'],
] as const)('job cost on its way to a %s Procore where lines %s', (mode, directCostLines) => {
  beforeEach(() => begin({ mode, directCostLines }))
  afterEach(async () => {
    if (mode === 'strict') expect(standIn.violations).toEqual([])
    await standIn.close()
  })

  it('creates a header and its line once, to the cent, and knows the total', async () => {
    const record = await firm.record('jc-transactions', 'T1', fields('1250.10'))
    await firm.deliver()
    const [cost] = costs()
    expect(costs()).toHaveLength(1)
    expect(cost).toMatchObject({ origin_id: originOf('jc-transactions', 'T1'), direct_cost_date: '2026-10-30', description: 'Sand' })
    expect(linesOf(cost!.id)).toHaveLength(1)
    expect(Number(linesOf(cost!.id)[0]!.amount)).toBe(1250.1)
    expect(firm.state(record)).toBe('synced')
    expect(firm.problems()).toEqual([])
  })

  it('writes an amount a float could not hold without losing a digit', async () => {
    await firm.record('jc-transactions', 'T2', fields('90071992547409.93'))
    let raw = ''
    standIn.onRequest((stage, request) => {
      if (stage === 'received' && request.path.endsWith('line_items/sync')) raw = JSON.stringify(request.body)
    })
    await firm.deliver()
    expect(raw).not.toBe('')
    expect(costs()).toHaveLength(1)
  })

  it('knows the totals also where lines came an hour after their headers', async () => {
    standIn.faults.add({ when: { path: /line_items\/sync/ }, fault: { do: 'answer', status: 503, retryAfterSeconds: 500 }, times: 4 })
    const records: number[] = []
    for (let n = 0; n < 6; n++) records.push(await firm.record('jc-transactions', `H${n}`, fields(`${n + 1}.00`)))
    await firm.deliver()
    expect(records.map((one) => firm.state(one))).toEqual(records.map(() => 'synced'))
    expect(costs()).toHaveLength(6)
  })

  it('sends many in few calls: headers, lines, totals', async () => {
    for (let n = 0; n < 25; n++) await firm.record('jc-transactions', `M${n}`, fields(`${n + 1}.00`))
    standIn.forget()
    await firm.deliver()
    expect(costs()).toHaveLength(25)
    expect(costs().every((one) => linesOf(one.id).length === 1)).toBe(true)
    expect(standIn.requests.length).toBeLessThanOrEqual(8)
  })

  it.each(['drop before reading', 'drop after commit'] as const)(
    'comes through “%s” at every write, with one cost and one line',
    async (how) => {
      for (let after = 0, hit = true; hit; after++) {
        const key = `L${after}`
        const record = await firm.record('jc-transactions', key, fields('77.00'))
        standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: how }, after })
        await firm.deliver()
        hit = standIn.faults.waiting().length === 0
        standIn.faults.clear()
        const mine = costs().filter((one) => one.origin_id === originOf('jc-transactions', key))
        expect(mine).toHaveLength(1)
        expect(linesOf(mine[0]!.id)).toHaveLength(1)
        expect(firm.state(record)).toBe('synced')
      }
      expect(firm.problems()).toEqual([])
    },
  )

  it('changes a frozen cost by freeing it, patching it and owning it again', async () => {
    const record = await firm.record('jc-transactions', 'C1', fields('10.00'))
    await firm.deliver()
    standIn.forget()
    await firm.change(record, 'jc-transactions', fields('12.50', { description: 'Gravel', accounting_date: '2026-10-31' }))
    await firm.deliver()
    const [cost] = costs()
    expect(cost).toMatchObject({ origin_id: originOf('jc-transactions', 'C1'), description: 'Gravel', direct_cost_date: '2026-10-31' })
    expect(linesOf(cost!.id)).toHaveLength(1)
    expect(Number(linesOf(cost!.id)[0]!.amount)).toBe(12.5)
    expect(firm.state(record)).toBe('synced')
    expect(writes().map((one) => (one.body as { updates: object[] }).updates.map((row) => Object.keys(row).sort().join()))).toEqual([
      ['id,origin_id'],
      ['description,direct_cost_date,id'],
      [expect.stringContaining('amount')],
      ['id,origin_id'],
    ])
  })

  it.each(['drop before reading', 'drop after commit'] as const)(
    'takes up a frozen change after “%s” at any of its four calls',
    async (how) => {
      for (let after = 0, hit = true; hit; after++) {
        const record = await firm.record('jc-transactions', `F${after}`, fields('10.00'))
        await firm.deliver()
        await firm.change(record, 'jc-transactions', fields('11.00', { description: `Change ${after}` }))
        standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: how }, after })
        await firm.deliver()
        hit = standIn.faults.waiting().length === 0
        standIn.faults.clear()
        const cost = costs().find((one) => one.origin_id === originOf('jc-transactions', `F${after}`))!
        expect(cost.description).toBe(`Change ${after}`)
        expect(linesOf(cost.id).map((line) => Number(line.amount))).toEqual([11])
        expect(firm.state(record)).toBe('synced')
      }
      expect(firm.problems()).toEqual([])
    },
  )

  it('puts its link back when the change itself is refused, and says why', async () => {
    const record = await firm.record('jc-transactions', 'R1', fields('10.00'))
    await firm.deliver()
    await firm.change(record, 'jc-transactions', fields('10.00', { description: 'Refused', accounting_date: '2026-10-31' }))
    standIn.faults.add({
      when: { method: 'PATCH' },
      after: 1,
      fault: { do: 'partial errors', rows: [0], errors: { description: ['is not allowed'] } },
    })
    await firm.deliver()
    expect(costs()[0]).toMatchObject({ origin_id: originOf('jc-transactions', 'R1'), description: 'Sand' })
    expect(firm.state(record)).toBe('failed')
    expect(firm.problems()).toMatchObject([{ code: 'procore-refused', record }])
  })

  it('waits where a second call for the project is under way (409)', async () => {
    const record = await firm.record('jc-transactions', 'B1', fields('10.00'))
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'answer', status: 409, body: '{"errors":"Conflict"}' } })
    await firm.deliver()
    expect(costs()).toHaveLength(1)
    expect(firm.state(record)).toBe('synced')
  })

  it('says which code is missing, and sends by itself once Procore has it', async () => {
    const record = await firm.record('jc-transactions', 'N1', fields('10.00', { cost_code: '99-999' }))
    await firm.deliver()
    expect(firm.state(record)).toBe('failed')
    expect(firm.problems()).toMatchObject([{ code: 'cost-code-missing', record }])
    const known = standIn.company.tables.cost_codes.live().find((one) => one.project_id === project)!
    standIn.company.add('cost_codes', { ...known, code: '99-999', full_code: '99-999', origin_id: null })
    await firm.see('cost-codes', String(project))
    await firm.retryMissing()
    await firm.deliver()
    expect(firm.state(record)).toBe('synced')
    expect(costs()).toHaveLength(1)
  })
})

const codes = { clears: [], '422': ['locked-in-procore'], '200-but-unchanged': ['link-unchanged'] }

describe.each(['clears', '422', '200-but-unchanged'] as const satisfies UnlinkNull[])(
  'a frozen cost where an empty origin_id %s',
  (unlinkNull) => {
    beforeEach(() => begin())
    afterEach(() => standIn.close())

    it('is changed, or a person is asked; it is never left without its link', async () => {
      const record = await firm.record('jc-transactions', 'U1', fields('10.00'))
      await firm.deliver()
      standIn.behaviour.unlinkNull = unlinkNull
      await firm.change(record, 'jc-transactions', fields('12.00', { description: 'Later' }))
      await firm.deliver()
      const [cost] = costs()
      expect(cost?.origin_id).toBe(originOf('jc-transactions', 'U1'))
      expect(cost?.description).toBe(unlinkNull === 'clears' ? 'Later' : 'Sand')
      expect(firm.state(record)).toBe(unlinkNull === 'clears' ? 'synced' : 'failed')
      expect(firm.problems().map((one) => one['code'])).toEqual(codes[unlinkNull])
    })
  },
)

describe('what is looked at again and still cannot go', () => {
  beforeEach(() => begin())
  afterEach(() => standIn.close())

  it('is tried again by who may see its project, and by nobody else', async () => {
    await firm.record('jc-transactions', 'B', fields('5.00', { cost_code: 'none' }))
    await firm.deliver()
    const cause = String(firm.ledger.raw.prepare('select cause from problems where closed_at is null').get()?.['cause'])
    expect([await firm.retry(cause, []), await firm.retry(cause, ['999'])]).toEqual([0, 0])
    expect([firm.problems().length, firm.outbox().at(-1)?.['state']]).toEqual([1, 3])
    expect(await firm.retry(cause, [String(project)])).toBe(1)
    expect([firm.problems().length, firm.outbox().at(-1)?.['state']], 'told until the try has shown that it is gone').toEqual([1, 0])
  })

  it('holds up nothing that waits behind it', async () => {
    const good = await firm.record('jc-transactions', 'G', fields('10.00'))
    for (const [n, lacking] of ['cost_code', 'category'].entries())
      await firm.record('jc-transactions', `B${n}`, fields('5.00', { [lacking]: 'none' }))
    await firm.deliver()
    expect(firm.problems().map((one) => one['code'])).toEqual(['cost-code-missing', 'cost-type-missing'])
    firm.clock.time += 10 * 60_000 // both are due again
    await firm.change(good, 'jc-transactions', fields('13.00'))
    let sleeps = 0
    const stop = new AbortController()
    const sleep = async (): Promise<void> => {
      sleeps += 1
      stop.abort()
    }
    await outboxWorkers().start({
      ...{ client: firm.client, calls: firm.calls, signal: stop.signal, connections: () => [1], refresh: async () => undefined },
      clock: { now: () => firm.clock.time, sleep },
    }).stopped
    expect([sleeps, firm.state(good), linesOf(costs()[0]!.id).map((line) => Number(line.amount))]).toEqual([1, 'synced', [13]])
  })
})

describe('a worker thrown away in the middle', () => {
  beforeEach(() => begin())
  afterEach(() => standIn.close())

  /** Stops dead before its nth word to the ledger or to Procore; nothing after that happens. */
  async function dieAt(step: number): Promise<boolean> {
    let steps = 0
    const dead = new Promise<never>(() => undefined)
    const count = async <T>(act: () => Promise<T>): Promise<T> => (steps++ < step ? act() : dead)
    const { group } = await firm.calls.claim({ connection: 1, limit: 1_000, recover: true, like: null })
    const client = { ...firm.client, write: (ask: Parameters<Firm['client']['write']>[0]) => count(() => firm.client.write(ask)) }
    const run = send(
      {
        ...{ client, clock: firm.clock, signal: new AbortController().signal },
        progress: (rows: readonly { id: number; sent: Sent }[]) => count(() => firm.calls.progress({ rows: [...rows] })),
        settle: (results: readonly DeliveryResult[]) => count(() => firm.calls.settle({ connection: 1, results: [...results] })),
      },
      group,
    ).then(() => true)
    return Promise.race([run, firm.until(() => steps > step).then(() => false)])
  }

  it.each(['create', 'update'] as const)('is followed by one that brings a %s to the same end, whatever the step', async (op) => {
    for (let step = 0; ; step++) {
      const key = `${op}${step}`
      const record = await firm.record('jc-transactions', key, fields('10.00'))
      if (op === 'update') {
        await firm.deliver()
        await firm.change(record, 'jc-transactions', fields('13.00', { description: 'New' }))
      }
      const finished = await dieAt(step)
      await firm.deliver()
      const mine = costs().filter((one) => one.origin_id === originOf('jc-transactions', key))
      expect(mine).toHaveLength(1)
      expect(linesOf(mine[0]!.id).map((line) => Number(line.amount))).toEqual([op === 'create' ? 10 : 13])
      expect(firm.state(record)).toBe('synced')
      if (finished) return expect(step).toBeGreaterThan(3)
    }
  })
})
