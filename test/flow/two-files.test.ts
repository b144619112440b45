import { expect, it } from 'vitest'
import { problems } from '../../agent/cli/problems.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, rowsSent } from './books.ts'

const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))

it('the first file of a second division takes nothing of the first one’s for gone', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows('SC-1001')), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  const other = exportOf(erp, 'commitments', rows('SC-1002'))
  const name = other.name.replace(/(\.[a-z]+)$/i, '-phoenix$1')
  await agent.export({ ...other, name }, 'commitments')
  await agent.atRest()
  const link = agent.ledger.link('commitments', 'SC-1001')
  expect(link?.state).toBe('not-compared')
  const { unlink } = await agent.ask('link', { params: { id: `work-order-contract:${link?.item}` } })
  expect(unlink).toMatchObject({ kind: 'unknown', code: 'in-other-file', params: { file: name } })
  await agent.export(exportOf(erp, 'commitments', rows('SC-1251')), 'commitments')
  await agent.atRest()
  expect(agent.ledger.link('commitments', 'SC-1001')?.state).toBe('gone-from-erp')
})

it('a division’s file that waits still waits when another’s is taken; let through, all its changes go, once', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const [east, west] = [erp.APM_MASTER__VENDOR.slice(0, 60), erp.APM_MASTER__VENDOR.slice(60, 70)]
  const drop = async (division: string, wanted: typeof east) => {
    const { name, bytes } = exportOf(erp, 'vendors', wanted)
    await agent.drop(name.replace(/(\.[a-z]+)$/i, `-${division}$1`), bytes)
    await agent.until(`${division} was looked at`, () => agent.ledger.files().every(({ state }) => state !== 'reading'))
    await agent.atRest()
  }
  const moved = (rows: typeof east, Telephone: string) => rows.map((row) => ({ ...row, Telephone }))
  await drop('east', east)
  await drop('west', west)
  await agent.writing('vendors', 'on')
  await agent.atRest()
  standIn.forget()
  await drop('east', moved(east, '(555) 000-0000'))
  await drop('west', moved(west, '(555) 111-1111'))
  expect(agent.ledger.files().map(({ state }) => state)).toEqual(['taken', 'taken', 'waiting', 'taken'])
  const sent = (phone: string) =>
    rowsSent(standIn.requests, /\/vendors\/sync$/).flatMap((row) => (row['business_phone'] === phone ? [row['id']] : []))
  expect(sent('(555) 000-0000')).toEqual([])
  const { groups } = await agent.ask('problems', { query: {} })
  const guard = groups.find(({ problem }) => problem.code === 'blast-radius')
  expect((await agent.cli(problems, ['retry', guard?.cause ?? ''])).said).toEqual(['1 tried again.'])
  await agent.until('it was taken', () => agent.ledger.files().every(({ state }) => state === 'taken'))
  await agent.atRest()
  const { runs } = await agent.ask('runs', { query: { limit: 100 } })
  expect(runs.filter(({ counts }) => counts['changed'] === 60)).toHaveLength(1)
  expect(new Set(sent('(555) 000-0000')).size).toBe(sent('(555) 000-0000').length)
  expect(sent('(555) 000-0000').length).toBeGreaterThan(40)
  expect(agent.ledger.problems().filter(({ code }) => code === 'blast-radius')).toEqual([])
})

it('where two divisions’ files hold a kind of record together, it is as of the older one, until that comes again or holds nothing of its own', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const vendors = erp.APM_MASTER__VENDOR
  const [east, west] = [vendors.slice(0, 60), vendors.slice(60, 70)]
  const drop = async (division: string, wanted: typeof vendors, hoursAgo: number) => {
    const { name, bytes } = exportOf(erp, 'vendors', wanted)
    const extractedAt = new Date(now - hoursAgo * 3_600_000).toISOString()
    await agent.drop(name.replace(/(\.[a-z]+)$/i, `-${division}$1`), bytes, { rows: wanted.length, entity: 'vendors', extractedAt })
    await agent.atRest()
    return extractedAt
  }
  const now = Date.now()
  const asOf = async () => (await agent.ask('overview')).connections[0]?.sources.find(({ entity }) => entity === 'vendors')?.asOf
  const first = await drop('west', west, 50)
  expect(await asOf()).toBe(first)
  await drop('east', east, 3)
  expect(await asOf()).toBe(first)
  const again = await drop('west', west, 5)
  await agent.until('the same rows are as of later', async () => (await asOf()) === again)
  const whole = await drop('east', [...east, ...west], 1)
  expect(await asOf()).toBe(whole)
})
