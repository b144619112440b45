import { describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { matchAnswers } from '../../../agent/match/answers.ts'
import type { Caller } from '../../../agent/server/agent.ts'
import { deadlineOf } from '../../../agent/server/deadline.ts'
import type { Entity } from '../../../shared/item.ts'
import { reaches } from '../../support/reaches.ts'
import { admin, commitmentsCsv, jobsCsv, openCompany, project, type TestCompany, vendorsCsv } from '../ledger/company.ts'

const everything = () => true
const caller: Caller = { person: 1, name: 'Ada', email: '', role: 'accountant', scope: null, shut: new Map(), key: 1, origin: 'cli' }

const answers = (company: TestCompany) =>
  matchAnswers({
    ...{ raw: company.raw, kinds, now: () => company.clock.now },
    confirm: (input) => company.transact((tx) => company.command.confirmMatches(tx, input)),
  })
const linkOf = (company: TestCompany, entity: Entity, key: string) => company.links(entity).find((link) => link.key === key)?.record ?? 0
const found = async (company: TestCompany, entity: Entity, key: string, may: (place?: string | null) => boolean = everything) =>
  (await answers(company).candidates({ record: linkOf(company, entity, key) }, may)).map(({ item, score, reasons, conflicts }) => ({
    ...{ id: item.id, score, why: reasons.map(({ code }) => code), conflicts: conflicts.map(({ code }) => code) },
  }))
const many = (company: TestCompany, entity: Entity, atLeast: number, look = false, atMost = 500) =>
  answers(company)
    .matches({ connection: company.connection, entity, atLeast, look, atMost }, everything, caller)
    .then((outcome) => ('ok' in outcome ? outcome.ok : Promise.reject(new Error('refused'))))

/** Vendors the ERP knows, and companies of Procore of which none carries the ERP's code. */
async function directory(): Promise<TestCompany> {
  const company = await openCompany()
  await company.drop(
    'vendors.csv',
    vendorsCsv(
      ['ACE', 'ACE STEEL', '1 Main', 'Hereton', 'OH', '44000', '2165550100'],
      ['BETON', 'BETON QUEBEC', '', '', '', '', ''],
      ['LONE', 'Nobody Else', '', '', '', '', ''],
    ),
  )
  await company.seen('vendor', [
    { id: '1', content: { name: 'Ace Steel, Inc.', business_phone: '(216) 555-0100' } },
    { id: '2', content: { name: 'Béton Québec Ltée' } },
    { id: '3', content: { name: 'Ace Steal' } },
    { id: '4', content: { name: 'Ace Steel' }, originId: 'other:1' },
    { id: '5', content: { name: 'Concrete Works' } },
  ])
  return company
}

describe('candidates of a vendor', () => {
  it('come best first, each with what speaks for it', async () => {
    const company = await directory()
    expect(await found(company, 'vendors', 'ACE')).toEqual([
      { id: '1', score: 0.76, why: ['name', 'phone'], conflicts: [] },
      { id: '4', score: 0.6, why: ['name'], conflicts: ['foreign'] },
      { id: '3', score: 0.475, why: ['name-alike'], conflicts: [] },
    ])
    expect(await found(company, 'vendors', 'LONE')).toEqual([])
  })

  it('say which record an item is tied to already', async () => {
    const company = await directory()
    await company.transact((tx) =>
      company.command.confirmMatch(tx, { record: linkOf(company, 'vendors', 'LONE'), item: { type: 'vendor', id: '1' }, by: admin }),
    )
    const [best] = await answers(company).candidates({ record: linkOf(company, 'vendors', 'ACE') }, everything)
    expect(best).toMatchObject({ item: { id: '1' }, conflicts: [{ code: 'item-linked', params: { key: 'LONE' } }] })
    const ofItem = await answers(company).candidates({ connection: company.connection, item: { type: 'vendor', id: '4' } }, everything)
    expect(ofItem.map(({ erpKey, item, conflicts }) => [erpKey, item.id, conflicts.map(({ code }) => code)])).toEqual([
      ['ACE', '4', ['foreign']],
    ])
    expect(
      (await answers(company).candidates({ connection: company.connection, item: { type: 'vendor', id: '3' } }, everything))[0],
    ).toMatchObject({
      ...{ erpKey: 'ACE', erpName: 'ACE STEEL', link: String(linkOf(company, 'vendors', 'ACE')) },
    })
  })
})

/** Commitments of two jobs; in Procore their numbers are written otherwise. */
async function contracts(): Promise<TestCompany> {
  const company = await openCompany()
  await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress'], ['K', 'Bridge', 'In progress']))
  await company.seen('project', [project('9', 'J'), project('8', 'K')])
  await company.drop(
    'commitments.csv',
    commitmentsCsv(
      ['SC-001', 'Roofing', '', 'J', '0', '0'],
      ['SC-002', 'Steel', '', 'J', '0', '0'],
      ['SC-003', 'Paint', '', 'J', '0', '0'],
      ['SC-004', 'Doors', '', 'K', '0', '0'],
    ),
  )
  await company.seen(
    'work-order-contract',
    [
      { id: '11', content: { number: 'Sub 1', title: 'Roofing' } },
      { id: '12', content: { number: 'SC2', title: 'Steel' } },
      { id: '13', content: { number: 'SC3', title: 'Paint' } },
      { id: '14', content: { number: 'SC03', title: 'Paint' } },
    ],
    '9',
  )
  return company
}

describe('many at once', () => {
  it('are only looked at first, then tied where one pair is clearly the likeliest; the rest is left with its reason', async () => {
    const company = await contracts()
    const look = await many(company, 'commitments', 0.9, true)
    expect(look.tied.map(({ erpKey, item }) => [erpKey, item.id])).toEqual([['SC-002', '12']])
    expect(company.links('commitments').map(({ item }) => item)).toEqual([null, null, null, null])
    const done = await many(company, 'commitments', 0.9)
    expect(done.tied).toEqual(look.tied)
    expect(done.left.map(({ erpKey, because }) => [erpKey, because])).toEqual([
      ['SC-001', 'below'],
      ['SC-003', 'ambiguous'],
      ['SC-004', 'nothing'],
    ])
    expect(company.links('commitments').map(({ item }) => item)).toEqual([null, '12', null, null])
    const acts = company.rows("select person, subject, after from audit where act = 'match-confirmed'")
    expect(acts).toHaveLength(1)
    expect(JSON.parse(String(acts[0]?.['after']))).toMatchObject({
      id: '12',
      atLeast: 0.9,
      score: 0.91,
      reasons: ['number-loose', 'name', 'same-project'],
    })
    expect((await many(company, 'commitments', 0.9)).tied).toEqual([])
  })

  it('say how many more are sure enough than one call ties', async () => {
    const company = await contracts()
    await company.seen(
      'work-order-contract',
      [
        { id: '12', content: { number: 'SC2', title: 'Steel' } },
        { id: '13', content: { number: 'SC3', title: 'Paint' } },
      ],
      '9',
    )
    const first = await many(company, 'commitments', 0.9, false, 1)
    expect([first.tied.length, first.more.tied]).toEqual([1, 1])
    expect((await many(company, 'commitments', 0.9, false, 1)).tied).toHaveLength(1)
  })

  it('are tied where a person chose the pair and it is as certain as it was; what has moved since is left, with its reason', async () => {
    const company = await contracts()
    const of = { connection: company.connection, entity: 'commitments', atLeast: 0.9, look: false, atMost: 500 } as const
    const chosen = async (...pairs: [key: string, item: string][]) => {
      const only = new Map(pairs.map(([key, item]) => [linkOf(company, 'commitments', key), `work-order-contract:${item}`]))
      const outcome = await answers(company).matches({ ...of, only }, everything, caller)
      if (!('ok' in outcome)) throw new Error('refused')
      const { tied, left, counts } = outcome.ok
      return [tied.map(({ erpKey }) => erpKey), left.map(({ erpKey, because }) => [erpKey, because]), counts]
    }
    expect(await chosen(['SC-003', '13'])).toEqual([[], [['SC-003', 'ambiguous']], { ambiguous: 1 }])
    expect(await chosen(['SC-002', '11'])).toEqual([[], [], {}]) // another partner than the one that is certain
    expect(company.links('commitments').map(({ item }) => item)).toEqual([null, null, null, null])
    expect(await chosen(['SC-002', '12'], ['SC-001', '11'])).toEqual([['SC-002'], [['SC-001', 'below']], { below: 1 }])
    expect(company.links('commitments').map(({ item }) => item)).toEqual([null, '12', null, null])
  })

  it('of one project and of the types a list shows leave all others alone, tied or told', async () => {
    const company = await contracts()
    const of = { connection: company.connection, entity: 'commitments', atLeast: 0.9, look: true, atMost: 500 } as const
    const looked = async (where: { project?: string; types?: readonly ('work-order-contract' | 'purchase-order-contract')[] }) => {
      const outcome = await answers(company).matches({ ...of, ...where }, everything, caller)
      return 'ok' in outcome ? [outcome.ok.tied.map(({ erpKey }) => erpKey), outcome.ok.left.map(({ erpKey }) => erpKey)] : []
    }
    expect(await looked({ project: '9', types: ['work-order-contract'] })).toEqual([['SC-002'], ['SC-001', 'SC-003']])
    expect(await looked({ project: '8' })).toEqual([[], ['SC-004']])
    expect(await looked({ project: '9', types: ['purchase-order-contract'] })).toEqual([[], ['SC-001', 'SC-003']])
  })

  it('leave what was tied since somebody looked', async () => {
    const company = await contracts()
    const record = linkOf(company, 'commitments', 'SC-002')
    const confirm = { record, item: { type: 'work-order-contract', id: '11' }, by: admin } as const
    await company.transact((tx) => company.command.confirmMatch(tx, confirm))
    const pairs = [{ record, item: { type: 'work-order-contract', id: '12' } as const, because: {} }]
    expect(await company.transact((tx) => company.command.confirmMatches(tx, { pairs, by: admin }))).toEqual([record])
    expect(company.links('commitments')[1]?.item).toBe('11')
  })

  it('of other people’s projects are neither told nor tied', async () => {
    const company = await contracts()
    const mine = (place?: string | null) => place === '8'
    expect(await found(company, 'commitments', 'SC-002', mine)).toEqual([])
    const outcome = await answers(company).matches(
      { connection: company.connection, entity: 'commitments', atLeast: 0.5, look: false, atMost: 500 },
      mine,
      caller,
    )
    expect(outcome).toMatchObject({ ok: { tied: [], left: [{ erpKey: 'SC-004', because: 'nothing', best: null }] } })
  })

  it('are refused, and nothing is tied, where there is no time to look at all', async () => {
    const company = await contracts()
    let now = 0
    const { matches } = matchAnswers({
      ...{ raw: company.raw, kinds, now: () => (now += 60_000) },
      confirm: () => Promise.reject(new Error('nothing may be tied')),
    })
    const ask = { connection: company.connection, entity: 'commitments', atLeast: 0.5, look: false, atMost: 500 } as const
    const told = await matches(ask, everything, caller)
    reaches('match-too-many', 'refused' in told ? told.refused.code : null)
  })
})

describe('what one call looks at', () => {
  const ask = (company: TestCompany, look: boolean, now: () => number) => ({
    ...{ connection: company.connection, entity: 'commitments' as const, atLeast: 0.5, look, atMost: 500 },
    call: { by: deadlineOf({ now }, { origin: 'chrome-extension://x' }) },
  })
  it('is not looked at again for the tie', async () => {
    const company = await contracts()
    let records = 0
    const counting = () => {
      records += 1
      return true
    }
    const { call, ...first } = ask(company, true, () => 0)
    await answers(company).matches({ ...first, call }, counting, caller)
    const looked = records
    expect(looked).toBeGreaterThan(0)
    expect(await answers(company).matches({ ...first, call, look: false }, counting, caller)).toMatchObject({ ok: { tied: [{}] } })
    expect(records).toBe(looked)
  })
  it('ends by one time for all of it: what is asked last has not the time of the first again', async () => {
    const company = await contracts()
    let now = 0
    const first = ask(company, true, () => now)
    expect(await answers(company).matches(first, everything, caller)).toMatchObject({ ok: {} })
    now = 8_000
    const other = { ...first, call: { ...first.call }, look: false }
    expect(await answers(company).matches(other, everything, caller)).toMatchObject({ refused: { code: 'match-too-many' } })
    expect(company.rows("select 1 from audit where act = 'match-confirmed'")).toEqual([])
  })
})

describe('a pair a person names', () => {
  it('is tied although somebody unlinked the record before, and never what is put away', async () => {
    const company = await contracts()
    const record = linkOf(company, 'commitments', 'SC-001')
    company.raw.prepare('update links set state = 13 where record = ?').run(record)
    const confirm = (id: string) =>
      company.transact((tx) => company.command.confirmMatch(tx, { record, item: { type: 'work-order-contract', id }, by: admin }))
    const of = { connection: company.connection, item: { type: 'work-order-contract', id: '13' } } as const
    await company.transact((tx) => company.command.archive(tx, { of, reason: null, by: admin }))
    reaches('match-archived', (await confirm('13'))?.code)
    expect(company.state('commitments', 'SC-001')).toBe('unlinked')
    expect(await confirm('11')).toBeNull()
    expect(company.state('commitments', 'SC-001')).toBe('not-compared')
    expect(company.rows("select act from audit where act like 'match-%' order by id").map(({ act }) => act)).toEqual([
      ...['match-refused', 'match-confirmed'],
    ])
  })

  it('takes an item over from the record a person unlinked it from, which then neither shows it nor claims it', async () => {
    const company = await contracts()
    const [wrong, right] = [linkOf(company, 'commitments', 'SC-001'), linkOf(company, 'commitments', 'SC-002')]
    const item = { type: 'work-order-contract', id: '12' } as const
    const confirm = (record: number) => company.transact((tx) => company.command.confirmMatch(tx, { record, item, by: admin }))
    await confirm(wrong)
    expect(await confirm(right)).toMatchObject({ code: 'match-taken' })
    company.raw.prepare('update links set state = 13 where record = ?').run(wrong)
    expect((await found(company, 'commitments', 'SC-002')).find(({ id }) => id === '12')?.conflicts).toEqual(['item-unlinked'])
    expect((await many(company, 'commitments', 0.9)).left.map(({ erpKey, because }) => [erpKey, because])).toContainEqual([
      'SC-002',
      'conflict',
    ])
    expect(await confirm(right)).toBeNull()
    expect(
      company
        .links('commitments')
        .map(({ item: id, state }) => [id, state])
        .slice(0, 2),
    ).toEqual([
      [null, 'unlinked'],
      ['12', 'not-compared'],
    ])
    expect((await many(company, 'commitments', 0.5)).left.map(({ erpKey }) => erpKey)).not.toContain('SC-001')
    await company.seen('work-order-contract', [{ id: '15', content: { number: 'SC-001', title: 'Roofing' } }], '9')
    expect(company.state('commitments', 'SC-001')).toBe('unlinked')
  })
})
