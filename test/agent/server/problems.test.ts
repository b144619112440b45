import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProblem } from '../../../agent/ledger/problems.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import { problem } from '../../../shared/problem.ts'
import { clientOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let everything: Client
let scoped: Client
let company = 0

beforeAll(async () => {
  made = await makeAgent()
  company = await made.connection()
  const contract = { entity: 'commitments', type: 'work-order-contract', state: 'failed' } as const
  await made.link(company, { entity: 'jobs', key: 'J-31', type: 'project', id: '31', state: 'synced', project: '31' })
  await made.transact(({ raw }) =>
    raw.exec(`update items set content = '{"project_number":"2203","name":"Library refit"}' where id = '31'`),
  )
  const here = [1, 2, 3].map((n) => ({ ...contract, key: `SC-${n}`, id: `90${n}`, project: '31' }))
  const there = { ...contract, key: 'SC-9', id: '909', project: '32' }
  const records: number[] = []
  for (const one of [...here, there]) records.push(await made.link(company, one))
  await made.transact((tx) => {
    const missing = problem('cost-code-missing', { project: '2203', code: '03-3000' })
    const ids = records.slice(0, 3).map((record) => openProblem(tx, { connection: company, problem: missing, record }))
    tx.raw
      .prepare('insert into outbox (record, op, state, attempts, not_before, problem) values (?, 0, 3, 1, 0, ?)')
      .run(records[0] ?? 0, ids[0] ?? 0)
    for (const [n, record] of records.entries()) {
      const why = { key: `SC-${n + 1}`, item: `SC ${n + 1}`, why: 'number', candidates: `work-order-contract:90${n}`, link: record }
      openProblem(tx, { connection: company, problem: problem('match-to-confirm', why), record })
    }
    const row = problem('amount-unreadable', { line: 7, column: 'Amount', text: '1.2.3' }, { file: 'jobs.csv', line: 7, column: 'Amount' })
    openProblem(tx, { connection: company, problem: row, file: 1, more: 40 })
    const whole = problem('file-unknown', { file: 'jobs.csv', nearest: 'Sage 300 CRE jobs', missing: 'Job' }, { file: 'jobs.csv' })
    openProblem(tx, { connection: company, problem: whole, file: 1 })
    openProblem(tx, { connection: company, problem: problem('procore-down', { reason: 'HTTP 503' }), cause: `procore-down ${company}` })
    openProblem(tx, { connection: company, problem: problem('project-not-permitted', { project: '32' }), cause: 'hidden 32' })
  })
  everything = await clientOf(made)
  scoped = await clientOf(made, 'accountant', ['31'], 'pm@example.com')
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const groupsOf = async (client: Client) => {
  const { groups, ...rest } = told(await client.call('problems', { query: {} }))
  return { ...rest, of: (code: string) => groups.find((one) => one.problem.code === code), codes: groups.map((one) => one.problem.code) }
}

describe('the list of problems', () => {
  it('tells of one cause how many of which kind wait for it, in which project, who can put it right, and where each came from', async () => {
    const { of } = await groupsOf(everything)
    expect(of('cost-code-missing')).toMatchObject({
      ...{ count: 3, who: 'project-admin', kinds: [{ entity: 'commitments', count: 3 }], more: 0, waiting: 1 },
      project: { id: '31', number: '2203', name: 'Library refit' },
    })
    expect(of('cost-code-missing')?.records?.[0]).toMatchObject({
      ...{ key: 'SC-1', item: { type: 'work-order-contract', id: '901' }, project: '31', at: { file: 'commitments.csv', line: 12 } },
    })
  })
  it('shows matches one person answers one by one as one group, each with its choice; in two projects it names none', async () => {
    const group = (await groupsOf(everything)).of('match-to-confirm')
    expect(group).toMatchObject({ count: 4, project: null, who: 'accountant', waiting: 0 })
    expect(group?.records?.map(({ candidates }) => candidates)).toEqual([0, 1, 2, 3].map((n) => [`work-order-contract:90${n}`]))
  })
  it('tells of rows of a file by their lines, those counted only included', async () => {
    const group = (await groupsOf(everything)).of('amount-unreadable')
    expect(group).toMatchObject({ count: 41, more: 40, records: [{ link: null, at: { file: 'jobs.csv', line: 7 } }] })
  })
  it('says when it was looked up, and counts all of it', async () => {
    expect(await groupsOf(everything)).toMatchObject({ total: 51, moreGroups: 0, asOf: '2026-11-20T14:00:00.000Z' })
  })
})

describe('a person who may see one project', () => {
  it('learns of its share alone, and of what holds up everyone', async () => {
    const { of, codes, total } = await groupsOf(scoped)
    expect(codes.toSorted()).toEqual(['cost-code-missing', 'match-to-confirm', 'procore-down'])
    expect(of('match-to-confirm')).toMatchObject({ count: 3, kinds: [{ entity: 'commitments', count: 3 }], project: { id: '31' } })
    expect(JSON.stringify(of('match-to-confirm'))).not.toContain('SC-9')
    expect(total).toBe(7)
  })
  it('is told of whole files where they are an admin: nobody else could mend them; of rows nobody can place, no more than others', async () => {
    const admin = await clientOf(made, 'admin', ['31'], 'erp@example.com')
    const { codes, total } = await groupsOf(admin)
    expect(codes.toSorted()).toEqual(['cost-code-missing', 'file-unknown', 'match-to-confirm', 'procore-down'])
    expect(total).toBe(8)
  })
})
