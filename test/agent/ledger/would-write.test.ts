import { expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { wouldWrite } from '../../../agent/ledger/would-write.ts'
import { openCompany, vendorsCsv } from './company.ts'

it('while it only watches, a run tells what it would have written, and nothing waits to be sent', async () => {
  const company = await openCompany()
  await company.seen('vendor', [
    { id: '1', originCode: 'ACME', content: { name: 'Acme' } },
    { id: '2', originCode: 'BOLT', originId: 'otherlink-2', content: { name: 'Bolt' } },
  ])
  const { run } = await company.drop('vendors.csv', vendorsCsv(['ACME', 'Acme'], ['BOLT', 'Bolt'], ['NEWCO', 'New Company']))
  expect(wouldWrite(company.raw, kinds, run)).toEqual([
    { key: 'ACME', op: 'link', body: {} },
    { key: 'NEWCO', op: 'create', body: { name: 'New Company', origin_code: 'NEWCO' } },
  ])
  expect(company.outbox()).toEqual([])
  expect(wouldWrite(company.raw, kinds, run + 1)).toEqual([])
})

it('tells whoever sees some projects what lies there and in the company, and nothing of others', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '1', originCode: 'ACME', content: { name: 'Acme' } }])
  const { run } = await company.drop('vendors.csv', vendorsCsv(['ACME', 'Acme']))
  const asked: unknown[] = []
  const may = (place: string | null | undefined): boolean => asked.push(place) > 0 && place === null
  expect(wouldWrite(company.raw, kinds, run, may).map(({ key }) => key)).toEqual(['ACME'])
  expect(wouldWrite(company.raw, kinds, run, () => false)).toEqual([])
  expect(asked).toEqual([null])
})
