import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { setWriting } from '../../../agent/ledger/writing.ts'
import { planRows, planShape } from '../../../agent/plan/answers.ts'
import { approvePlan, askPlan, movePlan, planFailed } from '../../../agent/plan/commands.ts'
import { makePlan } from '../../../agent/plan/make.ts'
import type { PlanGroup } from '../../../shared/plan.ts'
import { problem } from '../../../shared/problem.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { type Firm, makeFirm, originOf } from '../outbox/firm.ts'

const by = { person: null, origin: 'cli' }

let standIn: StandIn
let firm: Firm

beforeEach(async () => {
  standIn = await startStandIn({ mode: 'strict' })
  firm = await makeFirm(standIn)
  firm.ledger.raw.exec('update sources set writing = 0, creating = 0')
})
afterEach(async () => {
  expect(standIn.violations).toEqual([])
  await standIn.close()
})

const run = <T>(work: Parameters<typeof firm.ledger.transact<T>>[0]) => {
  firm.ledger.clock.now = firm.clock.time
  return firm.ledger.transact(work)
}
const vendors = () => standIn.company.tables.vendors
const writes = () => standIn.requests.filter(({ path }) => path.includes('/sync'))

/** One of Procore's without an owner; found by its code once the books have it. */
async function known(key: string, name = `Firm ${key}`): Promise<number> {
  const one = vendors()
    .live()
    .find(({ origin_code, origin_id }) => origin_code !== null && origin_id === null)
  const { id } = standIn.company.add('vendors', { ...one, origin_code: key, name, origin_id: null } as never)
  await firm.see('vendors')
  return id
}
const record = (key: string, more: Record<string, string> = {}) =>
  firm.record('vendors', key, { vendor: key, name: `Quite Unheard Of ${key}`, ...more })

async function made(more: Partial<Parameters<typeof askPlan>[1]> = {}): Promise<number> {
  const scope = [{ connection: 1, entities: ['vendors'] }]
  const asked = await run((tx) => askPlan(tx, { depth: 'deep', since: null, scope, by, ...more }))
  if (!('ok' in asked)) throw new Error(JSON.stringify(asked))
  expect(
    await makePlan(firm.ledger.transact, { plan: asked.ok, procore: [{ connection: 1, entity: 'vendors', procoreAsOf: 5, unread: 0 }] }),
  ).toBe(true)
  return asked.ok
}
const shown = (plan: number) => {
  const row = firm.ledger.raw.prepare('select *, null as asker, null as approver from plans where id = ?').get(plan)
  return planShape(firm.ledger.raw, row ?? {}, null, firm.clock.time)
}
const rowsOf = (plan: number, what: PlanGroup, entity = 'vendors') =>
  planRows(firm.ledger.raw, plan, { connection: 1, entity, what, state: null, after: 0 }, () => true).rows
const counted = (plan: number) => Object.fromEntries(shown(plan).groups.map(({ what, rows }) => [what, rows]))
const approve = (plan: number, ...what: PlanGroup[]) =>
  run((tx) => approvePlan(tx, { plan, groups: what.map((one) => ({ connection: 1, entity: 'vendors', what: one })), projects: null, by }))
const move = (plan: number, to: 'paused' | 'running' | 'stopped') => run((tx) => movePlan(tx, { plan, to, by }))
const acts = () =>
  firm.ledger.raw
    .prepare("select act from audit where act like 'plan-%' order by id")
    .all()
    .map(({ act }) => act)

describe('a plan', () => {
  it('lists every record in a group or a count, and writes nothing', async () => {
    await known('LINK01')
    await record('LINK01', { name: 'Firm LINK01' })
    await record('NEW01')
    await record('NEW02')
    const gone = await record('GONE01')
    firm.ledger.raw.prepare('update records set left_out = 5 where id = ?').run(gone)
    const plan = await made()
    expect(counted(plan)).toEqual({ new: 2, link: 1 })
    expect(shown(plan)).toMatchObject({
      state: 'ready',
      kinds: [{ entity: 'vendors', looked: 4, agree: 0, before: 0, alone: 1, erpAsOf: null }],
    })
    expect(rowsOf(plan, 'new')[0]).toMatchObject({
      ...{ key: 'NEW01', op: 'create', state: 'listed', was: null, idempotency: originOf('vendors', 'NEW01') },
      body: { name: 'Quite Unheard Of NEW01', origin_code: 'NEW01' },
    })
    expect(rowsOf(plan, 'link')[0]).toMatchObject({ op: 'link', partner: 'Firm LINK01', idempotency: originOf('vendors', 'LINK01') })
    expect([firm.outbox(), writes()]).toEqual([[], []])
  })

  it('writes exactly the groups that were approved, although the kind only watches, and says who did', async () => {
    const id = await known('LINK01')
    await record('LINK01', { name: 'Firm LINK01' })
    await record('NEW01')
    const plan = await made()
    expect(await approve(plan, 'link')).toEqual({ ok: 1 })
    await record('LATE01') // came up after the plan
    await firm.deliver()
    expect(vendors().get(id)?.origin_id).toBe(originOf('vendors', 'LINK01'))
    expect(writes()).toHaveLength(1)
    expect(shown(plan)).toMatchObject({
      state: 'done',
      groups: [
        { what: 'new', rows: 1, written: 0, approved: false },
        { what: 'link', written: 1, approved: true },
      ],
    })
    expect(acts()).toEqual(['plan-asked', 'plan-approved', 'plan-ended'])
    expect(counted(await made())).toEqual({ new: 2 })
  })

  it('leaves out what changed on either side since, and never writes it on the old word', async () => {
    await record('NEW01')
    const moved = await record('NEW02')
    const plan = await made()
    await firm.change(moved, 'vendors', { vendor: 'NEW02', name: 'Quite Another Name' })
    await approve(plan, 'new')
    await firm.deliver()
    expect(vendors().byOrigin(originOf('vendors', 'NEW01'))).toBeDefined()
    expect(vendors().byOrigin(originOf('vendors', 'NEW02'))).toBeUndefined()
    expect(rowsOf(plan, 'new').map(({ key, state, leftOut }) => [key, state, leftOut])).toEqual([
      ['NEW01', 'written', null],
      ['NEW02', 'left-out', 'changed'],
    ])
    expect(shown(plan)).toMatchObject({ state: 'done', progress: { done: 2, all: 2, etaMs: null } })
  })

  it('sends a change as it was listed, and leaves it out where Procore was changed behind it', async () => {
    const ids = [await known('UPD01'), await known('UPD02')]
    const records: number[] = []
    for (const key of ['UPD01', 'UPD02'])
      records.push(await record(key, { name: `Firm ${key}`, city: vendors().get(ids[0] ?? 0)?.city ?? '' }))
    await approve(await made(), 'link')
    await firm.deliver()
    await firm.see('vendors')
    for (const [n, key] of ['UPD01', 'UPD02'].entries())
      await firm.change(records[n] ?? 0, 'vendors', { vendor: key, name: `Firm ${key}`, city: 'Farhaven' })
    const plan = await made({ depth: 'quick' })
    const listed = rowsOf(plan, 'changed')
    expect(listed.map(({ key, body }) => [key, body?.['city']])).toEqual([
      ['UPD01', 'Farhaven'],
      ['UPD02', 'Farhaven'],
    ])
    expect(listed[0]).toMatchObject({ idempotency: String(ids[0]), was: { city: vendors().get(ids[0] ?? 0)?.city ?? null } })
    Object.assign(vendors().get(ids[1] ?? 0) ?? {}, { city: 'Elsewhere' })
    standIn.forget()
    await approve(plan, 'changed')
    await firm.deliver()
    expect(ids.map((id) => vendors().get(id)?.city)).toEqual(['Farhaven', 'Elsewhere'])
    expect(rowsOf(plan, 'changed').map(({ state, leftOut }) => [state, leftOut])).toEqual([
      ['written', null],
      ['left-out', 'changed'],
    ])
  })

  it('holds while it is paused, goes on, and stops with the rest left out', async () => {
    await record('NEW01')
    const plan = await made()
    await approve(plan, 'new')
    await move(plan, 'paused')
    await firm.deliver()
    expect(writes()).toEqual([])
    expect(shown(plan)).toMatchObject({ state: 'paused', progress: { done: 0, all: 1, perMinute: null, etaMs: null } })
    await move(plan, 'running')
    await firm.deliver()
    expect(shown(plan).state).toBe('done')
    await record('NEW02')
    const second = await made()
    await approve(second, 'new')
    await move(second, 'stopped')
    await firm.deliver()
    expect(rowsOf(second, 'new')[0]).toMatchObject({ state: 'left-out', leftOut: 'stopped' })
    expect(shown(second)).toMatchObject({ state: 'stopped' })
    expect([firm.outbox().filter(({ state }) => state !== 5), writes().length]).toEqual([[], 1])
    expect(acts().slice(-4)).toEqual(['plan-asked', 'plan-approved', 'plan-stopped', 'plan-ended'])
  })

  it('goes through a look after a crash, and doubles nothing', async () => {
    await record('NEW01')
    const plan = await made()
    await approve(plan, 'new')
    firm.ledger.raw.exec('update outbox set state = 1') // claimed by a process that died
    await firm.deliver()
    expect(
      vendors()
        .live()
        .filter(({ origin_id }) => origin_id === originOf('vendors', 'NEW01')),
    ).toHaveLength(1)
    expect(shown(plan)).toMatchObject({ state: 'done', groups: [{ written: 1 }] })
  })

  it('lists what the ERP no longer has and what goes by itself, and approves neither', async () => {
    const id = await known('GONE01')
    const gone = await record('GONE01', { name: 'Firm GONE01', city: vendors().get(id)?.city ?? '' })
    await approve(await made(), 'link')
    await firm.deliver()
    firm.ledger.raw.prepare('update records set vanished_at = 1 where id = ?').run(gone)
    firm.ledger.raw.exec("update sources set writing = 1, creating = 1 where entity = 'vendors'")
    await record('SELF01')
    const plan = await made()
    expect(counted(plan)).toEqual({ gone: 1, waits: 1 })
    expect(shown(plan).groups.map(({ mayApprove }) => mayApprove)).toEqual([false, false])
    expect(await approve(plan, 'gone', 'waits')).toMatchObject({ refused: { code: 'plan-empty' } })
    expect(vendors().get(id)?.origin_id).toBe(originOf('vendors', 'GONE01'))
  })

  it('gives way to an admin who switches writing off, and says so', async () => {
    await record('NEW01')
    const plan = await made()
    await approve(plan, 'new')
    await run((tx) => setWriting(tx, kinds, { connection: 1, entity: 'vendors', writing: false, by }))
    await firm.deliver()
    expect(rowsOf(plan, 'new')[0]).toMatchObject({ state: 'left-out', leftOut: 'writing-off' })
    expect([shown(plan).state, writes()]).toEqual(['done', []])
  })

  it('asks where something else has to come first, says why, and approves none of it', async () => {
    await firm.record('commitments', 'SC-1', {
      commitment: 'SC-1',
      job: 'NO-SUCH',
      vendor: 'NO-SUCH',
      description: 'Steel',
      date: '2026-01-05',
    } as never)
    await firm.record('jc-transactions', 'T1', {
      job: 'NO-SUCH',
      cost_code: '01',
      category: 'L',
      amount: '10.00',
      transaction_type: 'JC cost',
      accounting_date: '2025-12-31',
    })
    const plan = await made({ since: '2026-01-01', scope: [{ connection: 1, entities: ['jc-transactions'] }] }).catch(
      (error: unknown) => error,
    )
    expect(plan).toBeTypeOf('number')
    expect(shown(Number(plan)).kinds).toMatchObject([{ looked: 1, before: 1 }])
    const whole = await made({ scope: [{ connection: 1, entities: ['jc-transactions'] }] })
    expect(rowsOf(whole, 'asks', 'jc-transactions')).toMatchObject([{ op: null, problem: { code: expect.any(String) } }])
    const approved = await run((tx) =>
      approvePlan(tx, { plan: whole, groups: [{ connection: 1, entity: 'jc-transactions', what: 'asks' }], projects: null, by }),
    )
    reaches('plan-empty', approved && 'refused' in approved && approved.refused.code)
    expect(shown(Number(plan)).state).toBe('stopped') // the newer one took its place
  })

  it('is one at a time in a connection, of one that runs and is ours', async () => {
    const ask = () => run((tx) => askPlan(tx, { depth: 'quick', since: null, scope: [{ connection: 1, entities: ['vendors'] }], by }))
    const codeOf = (answer: unknown) => (answer as { refused?: { code: string } } | null)?.refused?.code
    const first = await ask()
    reaches('plan-open', codeOf(await ask()))
    const plan = 'ok' in first ? first.ok : 0
    reaches('plan-moved-on', codeOf(await approve(plan, 'new')))
    expect(await approve(99, 'new')).toBeNull()
    await run((tx) => planFailed(tx, { plan, problem: problem('procore-down') }))
    expect(shown(plan)).toMatchObject({ state: 'failed', problem: { code: 'procore-down' } })
    expect(await makePlan(firm.ledger.transact, { plan, procore: [] })).toBe(false)
    firm.ledger.raw.exec("update connections set owner = 'procore'")
    reaches('plan-not-owner', codeOf(await ask()))
    firm.ledger.raw.exec('update connections set active = 0')
    reaches('plan-not-active', codeOf(await ask()))
  })
})
