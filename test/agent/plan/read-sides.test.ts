import { beforeEach, expect, it } from 'vitest'
import { askPlan, planFailed } from '../../../agent/plan/commands.ts'
import { makePlan } from '../../../agent/plan/make.ts'
import { type ReadParts, readSides, unread } from '../../../agent/plan/read-sides.ts'
import { problem, Trouble } from '../../../shared/problem.ts'
import { openCompany, type TestCompany } from '../ledger/company.ts'

let company: TestCompany
let plan: number
let read: string[]

beforeEach(async () => {
  company = await openCompany()
  company.raw.exec('update connections set active = 1')
  read = []
  const scope = [{ connection: company.connection, entities: ['vendors'] }]
  const asked = await company.transact((tx) => askPlan(tx, { depth: 'deep', since: null, scope, by: { person: null, origin: 'cli' } }))
  plan = 'ok' in asked ? asked.ok : 0
})

const keep = (list: string) =>
  company.raw
    .prepare("insert or replace into polls (connection, list, project, read_to, full_at, read_at) values (?, ?, '', null, ?, ?)")
    .run(company.connection, list, company.clock.now, company.clock.now)

/** Reads as the agent does, of a Procore that answers `answer`. */
const going = (answer: (list: string) => void = keep): Promise<void> => {
  const commands = { planFailed, makePlan } as const
  const parts: ReadParts = {
    reader: { raw: company.raw } as ReadParts['reader'],
    writer: {
      call: (async (name: keyof typeof commands, input: never) =>
        name === 'makePlan'
          ? makePlan(company.transact, input)
          : company.transact((tx) => planFailed(tx, input))) as ReadParts['writer']['call'],
    } as ReadParts['writer'],
    readErp: async () => void read.push('erp'),
    async readList({ list }) {
      read.push(list)
      answer(list)
    },
    isOfOneList: (error) => error instanceof Trouble && error.problem.code === 'procore-forbidden',
    isCutShort: (error) => (error as Error).name === 'AbortError',
    onFault: (error) => {
      throw error
    },
  }
  return readSides(parts, plan)
}
const row = () => company.rows('select state, problem, found from plans where id = ?', plan)[0]

it('reads both sides, and goes on after a stop with what was not read since it was asked for', async () => {
  await going((list) => {
    if (list === 'line-item-types') throw new DOMException('stopped', 'AbortError')
    keep(list)
  })
  expect([row()?.['state'], unread({ raw: company.raw } as never)]).toEqual(['reading', [plan]])
  const before = read
  read = []
  await going()
  expect(before).toEqual(['erp', 'projects', 'vendors', 'line-item-types'])
  expect(read).toEqual(['erp', 'line-item-types'])
  expect(row()?.['state']).toBe('ready')
  expect(JSON.parse(String(row()?.['found']))).toMatchObject([{ entity: 'vendors', procoreAsOf: company.clock.now, unread: 0 }])
})

it('says of a list that cannot be read that it was not, and lists what is known', async () => {
  await going((list) => {
    if (list === 'vendors') throw new Trouble(problem('procore-forbidden'))
    keep(list)
  })
  expect(row()?.['state']).toBe('ready')
  expect(JSON.parse(String(row()?.['found']))).toMatchObject([{ procoreAsOf: null, unread: 1 }])
})

it('fails with the reason where Procore cannot be reached', async () => {
  await going(() => {
    throw new Trouble(problem('procore-down'))
  })
  expect(row()).toMatchObject({ state: 'failed', problem: expect.stringContaining('procore-down') })
})
