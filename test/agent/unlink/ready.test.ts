import { describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { readyUnlinks } from '../../../agent/unlink/ready.ts'
import { listedOn } from '../../../extension/pages/lists.ts'
import type { ItemType } from '../../../shared/item.ts'
import { admin, ok, type TestCompany, vendorsCsv } from '../ledger/company.ts'
import { csv, office } from './office.ts'

const vendors = ['V1', 'V2', 'V3']

/** Commitment A is gone, and so is company V3; B and the other companies are as they should be. */
async function withVendors(): Promise<TestCompany> {
  const company = await office()
  const { key, connection } = company
  await company.drop('vendors.csv', vendorsCsv(...vendors.map((one) => [one, `Vendor ${one}`])))
  const items = vendors.map((one, n) => ({
    id: `5${n}`,
    originId: `${key}:vendors:${one}`,
    content: { name: `Vendor ${one}`, origin_code: one },
  }))
  await company.seen('vendor', items, null)
  await company.transact((tx) => company.command.setWriting(tx, { connection, entity: 'vendors', writing: true, by: admin }))
  await company.drop('vendors.csv', vendorsCsv(['V1', 'Vendor V1'], ['V2', 'Vendor V2']), { complete: ok(2) })
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  return company
}

const ready = (company: TestCompany, types: readonly ItemType[], freely: boolean) =>
  readyUnlinks(company.raw, kinds, company.clock.now, {
    ...{ connections: [company.connection], types, freely, project: null, sees: () => true, most: 500 },
  }).links.map(({ key }) => key)

describe('what is ready', () => {
  it('on the ERP tool and in the Directory is what is gone, and no company that is as it should be', async () => {
    const company = await withVendors()
    expect(ready(company, listedOn['erp-tool'] ?? [], false).sort()).toEqual(['A', 'V3'])
    expect(ready(company, listedOn.directory ?? [], false)).toEqual(['V3'])
  })

  it('is every company where a person names companies', async () => {
    const company = await withVendors()
    expect(ready(company, ['vendor'], true)).toEqual(vendors)
  })
})
