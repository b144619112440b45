import { expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import type { ProcoreItem } from '../../../agent/items/kind.ts'
import { outboxCommands } from '../../../agent/outbox/commands.ts'
import type { Delivery, DeliveryResult } from '../../../agent/outbox/outbox.ts'
import { askFamily, askUnlinks } from '../../../agent/unlink/batch.ts'
import { unlinkStates } from '../../../shared/forecast.ts'
import { problem } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'
import { admin, itemsCsv, ok, type TestCompany } from '../ledger/company.ts'
import { csv, forecast, office } from './office.ts'

const outbox = outboxCommands(kinds)
const ordersCsv = (...orders: string[]): string => `${['Commitment,Commitment_CO,Description,Status', ...orders].join('\r\n')}\r\n`
const order = (company: TestCompany, number: string): Partial<ProcoreItem> => ({
  ...{ id: `co${number}`, content: { contract_id: 'A', number, title: 'co', status: 'approved' } },
  originId: `${company.key}:commitment-cos:A|${number}`,
})

/** Commitment A with change orders 1 and 2 under it, all of them gone from the ERP; B stays there. */
async function family(): Promise<TestCompany> {
  const company = await office()
  await company.drop('orders.csv', ordersCsv('A,1,co,Approved', 'A,2,co,Approved', 'B,1,co,Approved'), { complete: ok(3) })
  await company.seen('commitment-change-order', [order(company, '1'), order(company, '2')], '9')
  const on = { connection: company.connection, entity: 'commitment-cos', writing: true, by: admin } as const
  await company.transact((tx) => company.command.setWriting(tx, on))
  await company.drop('orders.csv', ordersCsv('B,1,co,Approved'), { complete: ok(1) })
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  return company
}

const recordOf = (company: TestCompany, key: string): number => company.links('commitments').find((link) => link.key === key)?.record ?? 0

async function asked(company: TestCompany): Promise<number> {
  const ask = { record: recordOf(company, 'A'), forecast: forecast(company, 'A')?.id ?? '', reason: null, by: admin }
  const told = await company.transact((tx) => askFamily(tx, kinds, ask))
  expect(told).toMatchObject({ asked: 'asked' })
  expect(await company.transact((tx) => askFamily(tx, kinds, ask))).toMatchObject({ asked: 'under-way', batch: told.batch })
  return told.batch ?? 0
}

const states = (company: TestCompany): Record<string, string> =>
  Object.fromEntries(
    company
      .rows('select r.key, e.state from unlink_entries e join records r on r.id = e.record order by e.place')
      .map((row) => [String(row['key']), String(unlinkStates[Number(row['state'])])]),
  )
const isEnded = (company: TestCompany): boolean => company.rows('select 1 from unlink_batches where ended_at is null').length === 0

/** Hands out what is due, as to the worker. */
const claimed = async (company: TestCompany): Promise<readonly Delivery[]> =>
  (await company.transact((tx) => outbox.claim(tx, { connection: company.connection, limit: 10, recover: false, like: null }))).group

const settle = (company: TestCompany, ...results: DeliveryResult[]) =>
  company.transact((tx) => outbox.settle(tx, { connection: company.connection, results }))

const confirmed = ({ id, item }: Delivery): DeliveryResult => ({
  ...{ id, outcome: 'confirmed' as const, sent: { body: {} } },
  item: { ...(item as ProcoreItem), originId: null, originCode: null },
})

it('a commitment is asked for in the transaction that frees the last of its change orders', async () => {
  const company = await family()
  await asked(company)
  expect(states(company)).toEqual({ 'A|1': 'under-way', 'A|2': 'under-way', A: 'waiting' })
  const [first, second] = await claimed(company)
  await settle(company, confirmed(first as Delivery))
  expect(states(company)).toEqual({ 'A|1': 'unlinked', 'A|2': 'under-way', A: 'waiting' })
  expect(company.outbox().filter(({ key, state }) => key === 'A' && state !== 'done')).toEqual([])
  await settle(company, confirmed(second as Delivery))
  expect(states(company)['A']).toBe('under-way')
  expect(isEnded(company)).toBe(false)
  const [header] = await claimed(company)
  await settle(company, confirmed(header as Delivery))
  expect(states(company)['A']).toBe('unlinked')
  expect(isEnded(company)).toBe(true)
  const told = company.events.filter(({ kind }) => kind === 'unlinks-moved')
  expect(told.at(-1)?.data).toMatchObject({ unlinked: 3, waiting: 0, 'under-way': 0 })
})

it('a commitment that is back in the ERP when its turn comes stays linked', async () => {
  const company = await family()
  await asked(company)
  const group = await claimed(company)
  await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
  await settle(company, ...group.map(confirmed))
  expect(states(company)).toEqual({ 'A|1': 'unlinked', 'A|2': 'unlinked', A: 'changed' })
  expect(company.state('commitments', 'A')).toBe('not-compared')
  expect(isEnded(company)).toBe(true)
})

it('one that is back with a negative amount reads as changed: what its amounts are is no answer of Procore’s', async () => {
  const company = await family()
  await asked(company)
  const group = await claimed(company)
  await settle(company, ...group.map(confirmed))
  await company.drop('items.csv', itemsCsv(['A', '1', 'Walls', '-5.00', '0', '0', '0', 'J', '09-2900', 'SUB']))
  await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
  reaches(
    'amount-negative',
    company.rows('select code from problems where closed_at is null').map(({ code }) => String(code)),
  )
  expect(states(company)['A']).toBe('changed')
  const [entry] = company.rows('select problem, told from unlink_entries where rank = 9')
  expect([entry?.['problem'], JSON.parse(String(entry?.['told']))]).toEqual([null, expect.objectContaining({ code: 'still-there' })])
})

it('one that waited for Procore and is back in the ERP reads as changed, not as refused by what it waited for', async () => {
  const company = await family()
  await asked(company)
  await settle(company, ...(await claimed(company)).map(confirmed))
  const [header] = await claimed(company)
  const busy = { id: header?.id ?? 0, outcome: 'again', problem: problem('procore-busy'), retryAt: company.clock.now + 1 } as const
  await settle(company, busy)
  await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
  expect([states(company)['A'], company.state('commitments', 'A')]).toEqual(['changed', 'not-compared'])
  expect(company.rows('select problem from links where problem is not null')).toEqual([])
})

it('a change order that comes up under it meanwhile keeps the commitment', async () => {
  const company = await family()
  await asked(company)
  const group = await claimed(company)
  const free = (['1', '2'] as const).map((number) => ({ ...order(company, number), originId: null }))
  await settle(company, ...group.map(confirmed).slice(0, 1))
  await company.seen('commitment-change-order', [...free.slice(0, 1), order(company, '2'), order(company, '3')], '9')
  await settle(company, ...group.map(confirmed).slice(1))
  expect(states(company)['A']).toBe('changed')
  expect(JSON.parse(String(company.rows('select told from unlink_entries where rank = 9')[0]?.['told']))).toMatchObject({
    code: 'children-linked',
    params: { count: '1' },
  })
})

it('a change order that Procore keeps stops what comes after it, and its reason is kept', async () => {
  const company = await family()
  await asked(company)
  const [first, second] = await claimed(company)
  const kept = problem('locked-in-procore', { item: '2', text: 'it is locked' })
  await settle(company, confirmed(first as Delivery), { id: second?.id ?? 0, outcome: 'failed', problem: kept })
  expect(states(company)).toEqual({ 'A|1': 'unlinked', 'A|2': 'refused', A: 'stopped' })
  const why = company
    .rows('select problem from unlink_entries where problem is not null order by place')
    .map((row) => String(row['problem']))
  expect(why.map((text) => JSON.parse(text))).toMatchObject([
    { code: 'locked-in-procore' },
    { code: 'child-not-unlinked', params: { child: 'A|2' } },
  ])
  const acts = company.rows("select act from audit where act in ('unlinked', 'unlink-refused') order by id").map(({ act }) => act)
  expect(acts).toEqual(['unlinked', 'unlink-refused'])
  const [act] = company.rows('select act, after from audit order by id desc limit 1')
  expect([act?.['act'], JSON.parse(String(act?.['after']))]).toMatchObject(['unlink-refused', { problem: { code: 'locked-in-procore' } }])
  expect(isEnded(company)).toBe(true)
  expect(company.state('commitments', 'A')).toBe('gone-from-erp')
})

it('writing switched off ends what waits, in the same transaction', async () => {
  const company = await family()
  await asked(company)
  const off = { connection: company.connection, entity: 'commitment-cos', writing: false, by: admin } as const
  await company.transact((tx) => company.command.setWriting(tx, off))
  expect(states(company)).toEqual({ 'A|1': 'changed', 'A|2': 'changed', A: 'stopped' })
  expect(company.rows("select act from audit where act like 'unlink-%'").map(({ act }) => act)).toEqual([
    ...['unlink-asked', 'unlink-asked', 'unlink-dropped', 'unlink-dropped'],
  ])
  expect(company.outbox().filter(({ state }) => state !== 'done')).toEqual([])
  expect(isEnded(company)).toBe(true)
})

it('a link named twice is unlinked once, and one that is not there stops no other', async () => {
  const company = await office()
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  const [record, id] = [recordOf(company, 'A'), forecast(company, 'A')?.id ?? '']
  const [other, there] = [recordOf(company, 'B'), forecast(company, 'B')?.id ?? '']
  const wanted = [
    { link: String(record), record, forecast: id },
    { link: '77', record: null, forecast: id },
    { link: String(record), record, forecast: id },
    { link: String(other), record: other, forecast: there },
  ]
  await company.transact((tx) => askUnlinks(tx, kinds, { wanted, reason: null, by: admin }))
  const placed = () => company.rows('select state from unlink_entries order by place').map(({ state }) => unlinkStates[Number(state)])
  expect(placed()).toEqual(['under-way', 'refused', 'under-way', 'refused'])
  expect(company.outbox()).toEqual([{ key: 'A', op: 'unlink', state: 'waiting' }])
  const [only] = await claimed(company)
  await settle(company, confirmed(only as Delivery))
  expect(placed()).toEqual(['unlinked', 'refused', 'unlinked', 'refused'])
  expect(isEnded(company)).toBe(true)
})

it('a header whose children are not named with it stays linked, and says so', async () => {
  const company = await family()
  const [record, id] = [recordOf(company, 'A'), forecast(company, 'A')?.id ?? '']
  const wanted = [{ link: String(record), record, forecast: id }]
  await company.transact((tx) => askUnlinks(tx, kinds, { wanted, reason: null, by: admin }))
  expect(states(company)).toEqual({ A: 'refused' })
  expect(company.outbox().filter(({ state }) => state !== 'done')).toEqual([])
  const acts = company.rows('select act from audit order by id desc limit 2').map(({ act }) => act)
  expect(acts).toEqual(['unlink-refused', 'unlinks-asked'])
})

it('a family that is not theirs goes in no order: each is refused for the project and kept, and none names another', async () => {
  const company = await family()
  company.raw.exec(`insert into people (id, name, email, role, approver, scope, created_at)
    values (1, 'Ada', 'ada@example.com', 'accountant', 1, '["8"]', 0)`)
  const keys = [
    ['A|1', 'commitment-cos'],
    ['A|2', 'commitment-cos'],
    ['A', 'commitments'],
  ] as const
  const wanted = keys.map(([key, entity]) => {
    const record = company.links(entity).find((link) => link.key === key)?.record ?? 0
    return { link: String(record), record, forecast: forecast(company, key, entity)?.id ?? '' }
  })
  const before = company.outbox()
  await company.transact((tx) => askUnlinks(tx, kinds, { wanted, reason: null, by: { person: 1, origin: 'moz-extension://tieback' } }))
  expect(states(company)).toEqual({ 'A|1': 'refused', 'A|2': 'refused', A: 'refused' })
  const missing = { missing: 'scope-missing', project: '9' }
  const said = company.rows('select problem from unlink_entries').map(({ problem }) => JSON.parse(String(problem)))
  expect(said).toMatchObject(wanted.map(() => ({ code: 'scope-missing' })))
  const acts = company.rows("select subject, after from audit where act = 'unlink-refused' order by id")
  expect(acts.map(({ subject, after }) => [subject, JSON.parse(String(after))])).toEqual(
    wanted.map(({ link }) => [`link:${link}`, missing]),
  )
  expect(company.outbox()).toEqual(before)
})
