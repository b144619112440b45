import { expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { outboxOps, outboxStates } from '../../../agent/outbox/outbox.ts'
import { askUnlink } from '../../../agent/unlink/ask-unlink.ts'
import { admin, ok, type TestCompany } from '../ledger/company.ts'
import { csv, forecast, office } from './office.ts'

/** Commitment A is gone, and a person asks for its unlink; nothing is sent, as if Procore were down. */
async function asked(): Promise<TestCompany> {
  const company = await office()
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  const ask = { record, forecast: forecast(company, 'A')?.id ?? '', reason: null, by: admin }
  expect(await company.transact((tx) => askUnlink(tx, kinds, ask))).toMatchObject({ asked: 'asked' })
  expect(await company.transact((tx) => askUnlink(tx, kinds, ask))).toMatchObject({ asked: 'under-way' })
  expect(company.state('commitments', 'A')).toBe('unlinking')
  return company
}
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
  expect(company.state('commitments', 'A')).toBe('synced')
  expect(company.outbox()).toEqual([])
  expect(forecast(company, 'A')?.code).toBe('still-there')
})

it('writing switched off takes back a wish that nobody has seen', async () => {
  const company = await asked()
  const set = { connection: company.connection, entity: 'commitments', by: admin } as const
  await company.transact((tx) => company.command.setWriting(tx, { ...set, writing: false }))
  expect(company.state('commitments', 'A')).toBe('gone-from-erp')
  expect(company.outbox()).toEqual([])
  await company.transact((tx) => company.command.setWriting(tx, { ...set, writing: true }))
  expect([company.state('commitments', 'A'), forecast(company, 'A')?.code]).toEqual(['gone-from-erp', 'gone'])
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
