import { describe, expect, it } from 'vitest'
import type { Archived } from '../../../agent/ledger/archive.ts'
import { linkStates } from '../../../shared/link-state.ts'
import { reaches } from '../../support/reaches.ts'
import { admin, commitmentsCsv, openCompany, type TestCompany, vendorsCsv } from './company.ts'

const put = (company: TestCompany, of: Archived, reason: string | null = null) =>
  company.transact((tx) => company.command.archive(tx, { of, reason, by: admin }))
const back = (company: TestCompany, of: Archived) => company.transact((tx) => company.command.takeBack(tx, { of, by: admin }))
const record = (company: TestCompany, key: string): Archived => ({
  record: company.links('vendors').find((link) => link.key === key)?.record ?? 0,
})
const item = (company: TestCompany, id: string): Archived => ({ connection: company.connection, item: { type: 'vendor', id } })
const acts = (company: TestCompany) => company.rows("select act from audit where act like 'archive%' order by id").map(({ act }) => act)
const open = (company: TestCompany) => company.rows('select code from problems where closed_at is null').map(({ code }) => code)
const rows = vendorsCsv(['ACE', 'Ace Steel'], ['BOB', 'Bob'])

/** ACE of the ERP looks like company 1 of Procore, and a person is asked. */
async function asked(writing = false): Promise<TestCompany> {
  const company = await openCompany()
  const on = { connection: company.connection, entity: 'vendors', writing: true, creating: true, by: admin } as const
  if (writing) await company.transact((tx) => company.command.setWriting(tx, on))
  await company.seen('vendor', [{ id: '1', content: { name: 'Ace Steel Inc' } }])
  await company.drop('vendors.csv', rows)
  expect(open(company)).toEqual(['match-to-confirm'])
  return company
}

describe('a record that is archived', () => {
  it('asks for nothing, and no export and no reading brings it back', async () => {
    const company = await asked()
    expect(await put(company, record(company, 'ACE'), 'an old vendor')).toBeNull()
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['archived', []])
    await company.drop('vendors.csv', vendorsCsv(['ACE', 'Ace Steel of Ohio'], ['BOB', 'Bob']))
    await company.seen('vendor', [{ id: '1', content: { name: 'Ace Steel of Ohio' } }])
    await company.seen('vendor', [{ id: '1', originCode: 'ACE', content: { name: 'Ace Steel of Ohio' } }])
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['archived', []])
    expect(await put(company, record(company, 'ACE'))).toBeNull()
    expect(acts(company)).toEqual(['archived'])
  })

  it('is matched again once it is taken back', async () => {
    const company = await asked()
    await put(company, record(company, 'ACE'))
    expect(await back(company, record(company, 'ACE'))).toBeNull()
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['not-linked', ['match-to-confirm']])
    expect(acts(company)).toEqual(['archived', 'archive-undone'])
  })

  it('is no longer created, and is again once it is taken back', async () => {
    const company = await asked(true)
    expect(company.outbox()).toEqual([{ key: 'BOB', op: 'create', state: 'waiting' }])
    await put(company, record(company, 'BOB'))
    expect([company.state('vendors', 'BOB'), company.outbox()]).toEqual(['archived', []])
    await back(company, record(company, 'BOB'))
    expect([company.state('vendors', 'BOB'), company.outbox().length]).toEqual(['ready-to-send', 1])
  })

  it('claims no number any more: the other one is tied', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', rows)
    await put(company, record(company, 'BOB'))
    await company.seen('vendor', [{ id: '2', originCode: 'ACE', content: { name: 'Ace' } }])
    expect(company.state('vendors', 'ACE')).toBe('changed-in-both')
  })

  it('was not linked, and nothing of it was on its way', async () => {
    const company = await asked(true)
    company.raw.exec('update outbox set state = 1')
    reaches('archive-under-way', (await put(company, record(company, 'BOB')))?.code)
    await company.seen('vendor', [{ id: '1', originCode: 'ACE', content: { name: 'Ace Steel' } }])
    expect(await put(company, record(company, 'ACE'))).toMatchObject({ code: 'archive-refused', params: { key: 'ACE' } })
    expect(await put(company, { record: 999 })).toMatchObject({ code: 'no-such-link' })
    expect(acts(company)).toEqual(['archive-refused', 'archive-refused'])
  })
})

describe('a record that was unlinked, and is archived', () => {
  it('is neither linked nor asked about by any new look, and is unlinked again once it is taken back', async () => {
    const company = await asked(true)
    const ace = record(company, 'ACE') as { record: number }
    const confirm = { ...ace, item: { type: 'vendor', id: '1' }, by: admin } as const
    await company.transact((tx) => company.command.confirmMatch(tx, confirm))
    company.raw.exec('delete from outbox')
    company.raw.prepare('update links set state = ?, tied = 1 where record = ?').run(linkStates.indexOf('unlinked'), ace.record)
    expect(await put(company, ace)).toBeNull()
    await company.drop('vendors.csv', vendorsCsv(['ACE', 'Ace Steel', '2 Main'], ['BOB', 'Bob']))
    await company.seen('vendor', [{ id: '1', content: { name: 'Ace Steel Works' } }])
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['archived', []])
    expect(company.outbox()).toEqual([])
    expect(await back(company, ace)).toBeNull()
    await company.seen('vendor', [{ id: '1', content: { name: 'Ace Steel' } }])
    expect(company.state('vendors', 'ACE')).toBe('unlinked')
    expect(company.outbox()).toEqual([])
  })

  it('shows as what it is where Procore carries the link all the same', async () => {
    const company = await asked()
    await put(company, record(company, 'ACE'))
    const ace = record(company, 'ACE') as { record: number }
    company.raw.prepare('update links set item_type = 10, item_id = ? where record = ?').run('1', ace.record)
    await company.seen('vendor', [{ id: '1', originId: `${company.key}:vendors:ACE`, content: { name: 'Ace Steel' } }])
    expect(company.state('vendors', 'ACE')).toBe('synced')
  })

  it('may be what Procore lost', async () => {
    const company = await asked()
    const ace = record(company, 'ACE') as { record: number }
    await company.transact((tx) => company.command.confirmMatch(tx, { ...ace, item: { type: 'vendor', id: '1' }, by: admin }))
    await company.seen('vendor', [])
    expect(company.state('vendors', 'ACE')).toBe('orphan')
    expect(await put(company, ace)).toBeNull()
    await company.drop('vendors.csv', vendorsCsv(['ACE', 'Ace Steel', '2 Main'], ['BOB', 'Bob']))
    expect(company.state('vendors', 'ACE')).toBe('archived')
    await back(company, ace)
    expect(company.state('vendors', 'ACE')).toBe('orphan')
  })
})

describe('an item that is archived', () => {
  it('is not asked about, and nothing is created beside it', async () => {
    const company = await asked(true)
    expect(await put(company, item(company, '1'), 'a double')).toBeNull()
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['not-linked', []])
    await company.drop('vendors.csv', vendorsCsv(['ACE', 'Ace Steel', '2 Main'], ['BOB', 'Bob']))
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['not-linked', []])
    expect(company.outbox().map(({ key }) => key)).toEqual(['BOB'])
  })

  it('leaves the way free for the other one that looks the same', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', rows)
    const two = ['1', '2'].map((id) => ({ id, originCode: 'ACE', content: { name: 'Ace Steel' } }))
    await company.seen('vendor', two)
    expect(open(company)).toEqual(['match-ambiguous'])
    await put(company, item(company, '1'))
    expect([company.state('vendors', 'ACE'), open(company)]).toEqual(['synced', []])
    expect(company.links('vendors')[0]?.item).toBe('2')
  })

  it('is asked about again once it is taken back', async () => {
    const company = await asked()
    await put(company, item(company, '1'))
    expect(await back(company, item(company, '1'))).toBeNull()
    expect(open(company)).toEqual(['match-to-confirm'])
    expect(await back(company, item(company, '1'))).toBeNull()
    expect(acts(company)).toEqual(['archived', 'archive-undone'])
  })

  it('was tied to nothing', async () => {
    const company = await asked()
    const confirm = { record: (record(company, 'ACE') as { record: number }).record, item: { type: 'vendor', id: '1' }, by: admin } as const
    await company.transact((tx) => company.command.confirmMatch(tx, confirm))
    reaches('archive-refused', (await put(company, item(company, '1')))?.code)
    expect(await put(company, item(company, '77'))).toMatchObject({ code: 'procore-not-found' })
    expect(acts(company)).toEqual(['archive-refused'])
  })
})

describe('a payment in Procore that looks like one of the ERP’s', () => {
  const commitment = commitmentsCsv(['SC-1', 'Steel', 'ACE', '', '0', ''])
  const payment =
    'Vendor,Invoice,AP_Payment_ID,Check,Payment_Type,Payment_Date,Amount,Commitment,Job\r\nACE,7,P1,,Electronic,2026-03-05,10.00,SC-1,\r\n'
  const typed = { id: '900', content: { contract_id: '1', amount: '10.00', date: '2026-03-05', invoice_number: '7', check_number: null } }

  /** The commitment is linked; the payment waits for a word on the one somebody typed. */
  async function held({ early = false } = {}): Promise<TestCompany> {
    const company = await openCompany()
    const on = { connection: company.connection, entity: 'ap-payments', writing: true, creating: true, by: admin } as const
    await company.transact((tx) => company.command.setWriting(tx, on))
    await company.drop('commitments.csv', commitment)
    await company.seen('work-order-contract', [{ id: '1', originId: `${company.key}:commitments:SC-1`, content: { number: 'SC-1' } }], '31')
    await company.seen('contract-payment', [typed], '31')
    if (early) await put(company, { connection: company.connection, item: { type: 'contract-payment', id: '900' } })
    await company.drop('payments.csv', payment)
    expect([company.state('ap-payments', 'P1|ACE|7'), open(company), company.outbox()]).toEqual(['not-linked', ['match-to-confirm'], []])
    return company
  }

  it('is created beside it once a person who was asked says that it is another', async () => {
    const company = await held()
    await put(company, { connection: company.connection, item: { type: 'contract-payment', id: '900' } }, 'another')
    expect([company.state('ap-payments', 'P1|ACE|7'), open(company)]).toEqual(['ready-to-send', []])
    expect(company.outbox()).toMatchObject([{ key: 'P1|ACE|7', op: 'create' }])
  })

  it('is asked about also where it was put away before: that was no answer', async () => {
    await held({ early: true })
  })
})
