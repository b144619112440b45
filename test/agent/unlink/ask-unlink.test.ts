import { describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { outboxOps, outboxStates } from '../../../agent/outbox/outbox.ts'
import { askUnlink } from '../../../agent/unlink/ask-unlink.ts'
import { isOverridable } from '../../../shared/forecast.ts'
import { admin, commitmentsCsv, ok, type TestCompany } from '../ledger/company.ts'
import { csv, forecast, office } from './office.ts'

/** Commitment A is gone, and a person asks for its unlink; nothing is sent, as if Procore were down. */
async function asked(): Promise<TestCompany> {
  const company = await office()
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  const ask = { record, forecast: forecast(company, 'A')?.id ?? '', reason: null, override: false, by: admin }
  expect(await company.transact((tx) => askUnlink(tx, kinds, ask))).toMatchObject({ asked: 'asked' })
  expect(await company.transact((tx) => askUnlink(tx, kinds, ask))).toMatchObject({ asked: 'under-way' })
  expect(company.state('commitments', 'A')).toBe('unlinking')
  return company
}
const acts = (company: TestCompany) => company.rows("select act from audit where act like 'unlink-%' order by id").map(({ act }) => act)
const whyDropped = (company: TestCompany): unknown =>
  JSON.parse(String(company.rows("select after from audit where act like '%-dropped'")[0]?.['after']))
const waiting = [{ key: 'A', op: 'unlink', state: 'waiting' }]
const seen = (company: TestCompany) =>
  company.seen(
    'work-order-contract',
    ['A', 'B'].map((number) => ({
      ...{ id: number, originId: `${company.key}:commitments:${number}` },
      content: { number, title: `${number.toLowerCase()} anew`, status: 'Approved' },
    })),
    '9',
  )

it('a wish that waits outlives every new look at both sides, and is there once', async () => {
  const company = await asked()
  await seen(company)
  await company.drop('commitments.csv', csv('B', 'C'), { complete: ok(2) })
  expect(company.state('commitments', 'A')).toBe('unlinking')
  expect(company.outbox().filter(({ key }) => key === 'A')).toEqual(waiting)
})

it('a record that is back in the ERP before anything was sent stays linked: what the person saw no longer holds', async () => {
  const company = await asked()
  await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
  expect(company.state('commitments', 'A')).toBe('not-compared')
  expect(company.outbox()).toEqual([])
  expect(forecast(company, 'A')?.code).toBe('still-there')
  expect(acts(company)).toEqual(['unlink-asked', 'unlink-dropped'])
  expect(whyDropped(company)).toEqual({ why: 'no-longer-so' })
})

it('writing switched off takes back a wish that nobody has seen', async () => {
  const company = await asked()
  const set = { connection: company.connection, entity: 'commitments', by: admin } as const
  await company.transact((tx) => company.command.setWriting(tx, { ...set, writing: false }))
  expect(company.state('commitments', 'A')).toBe('gone-from-erp')
  expect(company.outbox()).toEqual([])
  expect(acts(company)).toEqual(['unlink-asked', 'unlink-dropped'])
  expect(whyDropped(company)).toEqual({ why: 'writing-off' })
  await company.transact((tx) => company.command.setWriting(tx, { ...set, writing: true }))
  expect([company.state('commitments', 'A'), forecast(company, 'A')?.code]).toEqual(['gone-from-erp', 'gone'])
})

it.each([
  ['500.00', {}, true],
  ['-500.00', {}, true],
  ['0.00', {}, undefined],
  ['', {}, undefined],
  ['500.00', { unlink: { reasonWhenInvoiced: false } }, undefined],
])('where %s was invoiced, a connection set so (%o) asks for a reason: %s', async (invoiced, settings, wanted) => {
  const company = await office({ settings })
  await company.drop('commitments.csv', commitmentsCsv(['A', 'a', 'V', 'J', '0', invoiced], ['B', 'b', 'V', 'J', '0', '0']))
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  const told = forecast(company, 'A')
  expect([told?.kind, told?.reason]).toEqual(['ready', wanted])
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  const ask = (reason: string | null) =>
    company.transact((tx) => askUnlink(tx, kinds, { record, forecast: told?.id ?? '', reason, by: admin }))
  if (wanted) for (const empty of [null, '', '  ']) expect(await ask(empty)).toMatchObject({ asked: 'refused' })
  expect(await ask(wanted ? 'Billed to the wrong job' : null)).toMatchObject({ asked: 'asked' })
})

describe('an admin’s override', () => {
  const ask = (company: TestCompany, key: string, reason: string | null, override = true) => {
    const record = company.links('commitments').find((link) => link.key === key)?.record ?? 0
    const forecastId = forecast(company, key)?.id ?? ''
    return company.transact((tx) => askUnlink(tx, kinds, { record, forecast: forecastId, reason, override, by: admin }))
  }
  const history = (company: TestCompany) =>
    company.rows('select data from history where to_state = (select state from links where record = history.record) order by id desc')
  const typed = 'entered twice by mistake'

  it('unlinks what the ERP still has, and its history says so for ever', async () => {
    const company = await office()
    expect(await ask(company, 'A', typed, false)).toMatchObject({ asked: 'refused', forecast: { code: 'still-there' } })
    expect(await ask(company, 'A', 'too short')).toMatchObject({ asked: 'refused' })
    expect(company.state('commitments', 'A')).toBe('not-compared')
    expect(await ask(company, 'A', typed)).toMatchObject({ asked: 'asked', forecast: { code: 'still-there' } })
    expect(acts(company)).toEqual(['unlink-refused', 'unlink-refused', 'unlink-overridden'])
    expect(JSON.parse(String(history(company)[0]?.['data']))).toEqual({ forecast: 'still-there', reason: typed, override: true })
  })

  it('outlives exports that hold the record: that it is there was known', async () => {
    const company = await office()
    await ask(company, 'A', typed)
    await company.drop('commitments.csv', csv('A', 'B', 'C'), { complete: ok(3) })
    await seen(company)
    expect(company.state('commitments', 'A')).toBe('unlinking')
    expect(company.outbox().filter(({ key }) => key === 'A')).toEqual(waiting)
  })

  it('does what nobody knows', async () => {
    const company = await office()
    await company.drop('commitments.csv', csv('B'))
    expect(await ask(company, 'A', typed)).toMatchObject({ asked: 'asked', forecast: { kind: 'unknown' } })
  })

  it.each([
    ['only compared', { owned: false }, 'compare-only'],
    ['of Procore’s own connector', { owner: 'procore' as const }, 'procore-there'],
  ])('never what is %s', async (_name, more, code) => {
    const company = await office(more)
    expect(await ask(company, 'A', typed)).toMatchObject({ asked: 'refused', forecast: { code } })
    expect(acts(company)).toEqual(['unlink-refused'])
  })

  it('never what is another system’s, under way, or has linked records under it', () =>
    expect(['foreign', 'under-way', 'children-linked', 'writing-off', 'not-in-procore', 'of-tomorrow'].filter(isOverridable)).toEqual([]))

  it('is not written down where none was needed', async () => {
    const company = await office()
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    expect(await ask(company, 'A', typed)).toMatchObject({ asked: 'asked', forecast: { code: 'gone' } })
    expect(acts(company)).toEqual(['unlink-asked'])
  })
})
it.each(['sending', 'look'] as const)(
  'a wish is not taken while a change of the record stands at “%s”: neither overtakes the other',
  async (state) => {
    const company = await office()
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
    const before = forecast(company, 'A')?.id ?? ''
    company.raw
      .prepare('insert into outbox (record, op, state, attempts, not_before) values (?, ?, ?, 1, 0)')
      .run(record, outboxOps.indexOf('update'), outboxStates.indexOf(state))
    const ask = (id: string) => company.transact((tx) => askUnlink(tx, kinds, { record, forecast: id, reason: null, by: admin }))
    expect(await ask(before)).toMatchObject({ asked: 'changed', forecast: { code: 'under-way' } })
    expect(await ask(forecast(company, 'A')?.id ?? '')).toMatchObject({ asked: 'refused' })
    expect(company.outbox()).toEqual([{ key: 'A', op: 'update', state }])
  },
)
