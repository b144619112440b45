import { expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { askUnlink } from '../../../agent/unlink/ask-unlink.ts'
import { admin, commitmentsCsv, ok, type TestCompany } from '../ledger/company.ts'
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
