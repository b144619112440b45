import { describe, expect, it } from 'vitest'
import { unlink } from '../../agent/cli/unlink.ts'
import { setUpAgent } from '../support/set-up-agent.ts'
import { type RunningAgent, startAgent, startAgentAt } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { books, exportOf, modes, writes } from './books.ts'

const number = 'SC-1001'
const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))

/** A subcontract that is linked in Procore and still in the books. */
async function linked(standIn: Awaited<ReturnType<typeof standInWithAccess>>, agent: RunningAgent) {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows(number, 'SC-1002')), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  const contract = standIn.company.commitments().find((one) => one.number === number)
  return {
    params: { id: `work-order-contract:${contract?.id}` },
    inProcore: () => standIn.company.commitments().find((one) => one.number === number)?.origin_id,
  }
}
const gone = (agent: RunningAgent) => agent.export(exportOf(erp, 'commitments', rows('SC-1002')), 'commitments')
const state = (agent: RunningAgent) => agent.ledger.link('commitments', number)?.state
const told = (agent: RunningAgent) =>
  agent.ledger
    .rows("select kind, person, data ->> '$.data.code' as code from events where kind like 'watch-%' order by n")
    .map((row) => ({ ...row }))

describe.each(modes)('an unlink asked for in advance, Procore %s', (mode) => {
  it('happens by itself once the record is gone, in the person’s name', async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { params, inProcore } = await linked(standIn, agent)
    standIn.forget()
    const { watch } = await agent.ask('watch', { params, body: {} })
    expect(watch?.person).toBe('Ada Admin')
    expect(Math.round((Date.parse(watch?.until ?? '') - Date.parse(watch?.since ?? '')) / 86_400_000)).toBe(14)
    expect((await agent.ask('link', { params })).watch).toEqual(watch)
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    await gone(agent)
    await agent.until('it is gone', () => state(agent) === 'gone-from-erp')
    await agent.atRest()
    expect([writes(standIn.requests), told(agent)]).toEqual([[], []]) // a first absence fires nothing, however well it is proved
    const once = await agent.ask('link', { params })
    expect([once.unlink?.code, once.watch?.waits]).toEqual(['gone', once.unlink?.rests?.asOf])
    await gone(agent)
    await agent.until('it is unlinked', () => state(agent) === 'unlinked')
    expect(inProcore()).toBeNull()
    expect(told(agent)).toEqual([{ kind: 'watch-fired', person: 1, code: 'gone' }])
    const link = await agent.ask('link', { params })
    expect([link.watch, link.undo?.person]).toEqual([null, 'Ada Admin'])
    expect(standIn.violations).toEqual([])
  })
})

it('a watch set before the agent stopped fires after it starts again, from an export that came meanwhile', async () => {
  await using standIn = await standInWithAccess()
  await using folder = await tempFolder('watch')
  const before = await startAgentAt(await setUpAgent(folder.path, { access: standIn.access }))
  const { params, inProcore } = await linked(standIn, before)
  await before.ask('watch', { params, body: { days: 90 } })
  await gone(before)
  await before.until('it is gone', () => state(before) === 'gone-from-erp')
  await before.stop()
  await using between = await startAgentAt(before.home)
  await between.atRest()
  expect([state(between), inProcore()]).toEqual(['gone-from-erp', expect.stringContaining(number)]) // the same export read again is no second
  await between.stop()
  await gone(between)
  await using agent = await startAgentAt(before.home)
  await agent.until('it is unlinked', () => state(agent) === 'unlinked')
  expect(inProcore()).toBeNull()
})

it('from the command line it is asked for, refused where it cannot help, and taken back', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { params, inProcore } = await linked(standIn, agent)
  const set = await agent.cli(unlink, [params.id], { 'when-gone': 'yes', days: '3' })
  expect([set.code, set.said[0]]).toEqual([
    0,
    expect.stringMatching(/^It is unlinked by itself once it is gone from the ERP, until \d{4}-/),
  ])
  await expect(agent.cli(unlink, [params.id], { 'when-gone': 'yes', days: '91' })).rejects.toThrow(/1 to 90/)
  expect(await agent.cli(unlink, [params.id], { cancel: 'yes' })).toMatchObject({ code: 0, said: ['It is no longer unlinked by itself.'] })
  expect((await agent.cli(unlink, [params.id], { cancel: 'yes' })).said).toEqual(['Nobody had asked for that.'])
  await gone(agent)
  await agent.until('it is gone', () => state(agent) === 'gone-from-erp')
  await agent.atRest()
  expect(inProcore()).not.toBeNull()
  const waiting = await agent.cli(unlink, [params.id], { 'when-gone': 'yes' })
  expect(waiting.said[1]).toMatch(/^It is gone since \d{4}-.*, and waits for one more export to agree\.$/)
  await agent.atRest()
  expect(inProcore()).not.toBeNull()
  expect(await agent.cli(unlink, [params.id], { cancel: 'yes' })).toMatchObject({ code: 0 })
  await gone(agent)
  await agent.atRest()
  expect(inProcore()).not.toBeNull()
  await agent.cli(unlink, [params.id], { 'when-gone': 'yes' })
  await agent.until('two exports agreed already, it is unlinked at once', () => state(agent) === 'unlinked')
  const refused = await agent.cli(unlink, [params.id], { 'when-gone': 'yes' })
  expect([refused.code, refused.said[0]]).toEqual([1, expect.stringMatching(/^Waiting cannot help\. Unlinked\./)])
})
