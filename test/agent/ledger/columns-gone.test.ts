import { describe, expect, it } from 'vitest'
import { waitingBehind } from '../../../agent/ledger/files.ts'
import { waitingFile } from '../../../agent/ledger/release-take.ts'
import { sync } from '../../../agent/sync.ts'
import { reaches } from '../../support/reaches.ts'
import { openCompany, type TestCompany } from './company.ts'

const csv = (header: string, ...rows: string[]): string => `${[header, ...rows].join('\r\n')}\r\n`
const whole = csv('Vendor,Name,City', 'ACE,Ace,Portwell', 'BOB,Bob,Fairmont')
const narrow = csv('Vendor,Name', 'ACE,Ace', 'BOB,Bob')
const open = (company: TestCompany) => company.rows('select code from problems where closed_at is null').map(({ code }) => code)
const told = (company: TestCompany) => company.rows("select params ->> '$.columns' as columns from problems where code = 'columns-gone'")
const cityOf = (company: TestCompany) => company.rows("select content from records where key = 'ACE'")[0]?.['content']

describe('an export that lacks columns it had', () => {
  it('waits for a person in what the columns said, by name, and what was known stays', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    const before = cityOf(company)
    expect(await company.drop('vendors.csv', narrow)).toMatchObject({ filed: 'done', problem: { code: 'columns-gone' } })
    reaches('columns-gone', open(company))
    expect([told(company), cityOf(company)]).toEqual([[{ columns: 'City' }], before])
  })

  it('is over with the next one that has them', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    await company.drop('vendors.csv', narrow)
    expect(await company.drop('vendors.csv', whole.replace('Ace', 'Ace Steel'))).toMatchObject({ filed: 'done' })
    expect([open(company), company.rows("select 1 from export_files where state = 'waiting'")]).toEqual([[], []])
  })

  it('counts by what it has from the time it was let through', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    await company.drop('vendors.csv', narrow)
    const [waiting = 0] = waitingBehind(company.raw, String(company.rows('select cause from problems')[0]?.['cause']))
    const found = waitingFile(company.raw, waiting)
    if (!found) throw new Error('no file waits')
    expect(await sync(company.transact, { ...found, waiting })).toMatchObject({ filed: 'done' })
    expect([open(company), cityOf(company)]).toEqual([[], '["ACE","Ace"]'])
    expect(await company.drop('vendors.csv', narrow.replace('Bob', 'Bobby'))).toMatchObject({ filed: 'done' })
  })

  it('goes on with what its other columns say; new records wait', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    await company.drop('vendors.csv', csv('Vendor,Name', 'ACE,Ace Steel', 'BOB,Bob', 'CID,Cid'))
    expect(company.rows('select key, content from records order by key')).toEqual([
      { key: 'ACE', content: '["ACE","Ace Steel","","","Portwell"]' },
      { key: 'BOB', content: '["BOB","Bob","","","Fairmont"]' },
    ])
  })

  it('is asked about again with every export that lacks them, however often', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    await company.drop('vendors.csv', narrow)
    await company.drop('vendors.csv', narrow.replace('Bob', 'Bobby'))
    await company.drop('vendors.csv', narrow.replace('Bob', 'Robert'))
    expect([open(company), cityOf(company)]).toEqual([['columns-gone'], '["ACE","Ace","","","Portwell"]'])
  })

  it('is the same export under the name of another day', async () => {
    const company = await openCompany()
    await company.drop('vendors-2026-11-01.csv', whole)
    expect(await company.drop('vendors-2026-11-02.csv', narrow)).toMatchObject({ problem: { code: 'columns-gone' } })
    expect(await company.drop('east.csv', narrow)).toMatchObject({ filed: 'done' })
  })
})

describe('an export of other columns is taken', () => {
  const after = async (text: string) => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    return company.drop('vendors.csv', text)
  }
  it.each([
    ['with one more', csv('Vendor,Name,City,Phone', 'ACE,Ace,Portwell,555')],
    ['in another order', csv('City,Name,Vendor', 'Portwell,Ace,ACE')],
    ['by another name of the same', csv('VENDOR,NAME,CITY', 'ACE,Ace,Portwell')],
  ])('%s', async (_, text) => expect(await after(text)).toMatchObject({ filed: 'done' }))

  it('where a person changed how files are read', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    company.raw.exec("update fingerprint_heads set settings_version = 'before'")
    expect(await company.drop('vendors.csv', narrow)).toMatchObject({ filed: 'done' })
  })

  it('where an older Tieback took it, which remembered none', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', whole)
    company.raw.exec('update fingerprint_heads set columns = null')
    expect(await company.drop('vendors.csv', narrow)).toMatchObject({ filed: 'done' })
  })
})
