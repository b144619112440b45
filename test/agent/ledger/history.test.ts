import { expect, it } from 'vitest'
import { type Entry, entryCodes, historyOf } from '../../../agent/ledger/history.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'
import { admin, ok, openCompany, type TestCompany, vendorsCsv } from './company.ts'

const recordOf = (company: TestCompany, key: string) => company.links('vendors').find((link) => link.key === key)?.record ?? 0
const story = (company: TestCompany, key: string) => historyOf(company.raw, { record: recordOf(company, key) })
const inShort = ({ code, from, to, file, params }: Entry) =>
  [
    code,
    ...(to ? [`${from} → ${to}`] : []),
    ...(file ? [`${file.name}:${file.line ?? '?'}`] : []),
    ...(params['act'] ? [params['act']] : []),
  ].join(' ')

/** A vendor that is read, tied by a person, changed in the ERP, and gone. */
async function lived(): Promise<TestCompany> {
  const company = await openCompany()
  await company.drop('monday.csv', vendorsCsv(['ACE', 'Ace Steel', '1 Main'], ['BOB', 'Bob']))
  await company.seen('vendor', [{ id: '1', updatedAt: '2026-11-01T08:00:00Z', content: { name: 'Ace Steel', address: '1 Main' } }])
  const confirm = { record: recordOf(company, 'ACE'), item: { type: 'vendor', id: '1' }, by: admin } as const
  company.clock.now += 60_000
  await company.transact((tx) => company.command.confirmMatch(tx, confirm))
  await company.drop('tuesday.csv', vendorsCsv(['BOB', 'Bob'], ['ACE', 'Ace Steel', '2 Main']))
  await company.drop('wednesday.csv', vendorsCsv(['BOB', 'Bob']), { complete: ok(1) })
  return company
}

it('tells on one line of time who or what changed a link, with the file and line, and what was missing', async () => {
  const company = await lived()
  const told = story(company, 'ACE').map(inShort)
  expect(told).toEqual([
    'moved changed-in-erp → gone-from-erp wednesday.csv:?',
    'record-gone',
    'record-missing wednesday.csv:?',
    'moved synced → changed-in-erp tuesday.csv:3',
    'record-changed tuesday.csv:3',
    'moved not-linked → synced',
    'act match-confirmed',
    'agreed',
    'problem-closed',
    'problem-opened',
    'record-first monday.csv:?',
    'item-changed',
  ])
})

it('keeps both sides as they were when they came to differ, and says so where an older Tieback kept none', async () => {
  const company = await lived()
  const differed = story(company, 'ACE').find(({ to }) => to === 'changed-in-erp')
  expect(differed?.fields).toEqual([{ field: 'address', procore: '1 Main', erp: '2 Main', erpWas: '1 Main' }])
  company.raw.exec(`update history set data = '{"fields":["address"]}' where data is not null`)
  expect(story(company, 'ACE').find(({ to }) => to === 'changed-in-erp')?.fields).toEqual([{ field: 'address' }])
})

it('tells what the side that moved said before only where it is proven', async () => {
  const company = await lived()
  const changed = async (name: string, ...row: string[]) => {
    await company.drop(name, vendorsCsv(row))
    return story(company, 'ACE').find(({ to }) => to?.startsWith('changed-in-'))
  }
  // Read again, and both agree again: then Procore moves, then the ERP as well.
  await changed('thursday.csv', 'ACE', 'Ace Steel', '1 Main')
  await company.seen('vendor', [{ id: '1', content: { name: 'Ace Steel', address: '3 Main' } }])
  const [procore] = story(company, 'ACE')
  expect(procore).toMatchObject({ to: 'changed-in-procore', fields: [{ procore: '3 Main', procoreWas: '1 Main', erp: '1 Main' }] })
  const both = await changed('friday.csv', 'ACE', 'Ace Steel', '4 Main')
  expect(both).toMatchObject({ to: 'changed-in-both' })
  expect(both?.fields).toEqual([{ field: 'address', procore: '3 Main', erp: '4 Main' }])
  // Blanks count as nothing: both agree although they are not the same, so what the ERP said is not known to the letter.
  await changed('saturday.csv', 'ACE', 'Ace Steel', '3  Main')
  const [agreed] = story(company, 'ACE').filter(({ code }) => code === 'moved')
  expect(agreed?.to).toBe('synced')
  const later = await changed('sunday.csv', 'ACE', 'Ace Steel', '5 Main')
  expect(later).toMatchObject({ to: 'changed-in-erp' })
  expect(later?.fields).toEqual([{ field: 'address', procore: '3 Main', erp: '5 Main' }])
})

it('is the same with every look, newest first, and reads what another program damaged', async () => {
  const company = await lived()
  const all = story(company, 'ACE')
  expect(story(company, 'ACE')).toEqual(all)
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a))
  company.raw.exec(`update audit set after = '{"reason":' where subject like 'link:%'`)
  expect(story(company, 'ACE')).toHaveLength(all.length)
})

it('of an item nothing is tied to tells what is known of it', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '7', updatedAt: '2026-11-01T08:00:00Z', content: { name: 'Solo' } }])
  const of = { connection: company.connection, item: { type: 'vendor', id: '7' } } as const
  await company.transact((tx) => company.command.archive(tx, { of, reason: 'a double', by: admin }))
  const [newest, oldest] = historyOf(company.raw, of)
  expect([newest, oldest].map((one) => one?.params['act'] ?? one?.code).toSorted()).toEqual(['archived', 'item-changed'])
})

it('has words for every kind of entry', () => {
  for (const language of languages) {
    const texts = wordsFor(language).texts as Record<string, string>
    expect(entryCodes.filter((code) => !texts[`story.${code}`])).toEqual([])
  }
})
