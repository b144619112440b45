import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '../../../extension/agent-link/client.ts'
import { pair } from '../../../extension/agent-link/pairing.ts'
import { codeOf, makeWire, pairedClient, told } from '../../agent/server/browser.ts'
import { type MadeAgent, makeAgent } from '../../agent/server/made-agent.ts'
import { reaches } from '../../support/reaches.ts'

let made: MadeAgent
beforeEach(async () => {
  made = await makeAgent()
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

describe('a browser and an agent', () => {
  it('pair by a code, and the browser knows who it is', async () => {
    const client = await pairedClient(made.url, await made.code(), await makeWire())
    await made.connection()
    const me = told(await client.call('me'))
    expect(me.person).toMatchObject({ name: 'Ada', role: 'accountant' })
    expect(me.companies).toEqual([{ id: '4711', name: 'Company 4711' }])
    expect(client.agent).toMatchObject({ name: 'Practice server', addresses: [made.url] })
  })

  it('a code typed with spaces and small letters is the same code', async () => {
    await made.code()
    expect('value' in (await pair(await makeWire(), { address: made.url, code: ' abcd-2345 ', label: 'x' }))).toBe(true)
  })

  it('a code serves once', async () => {
    const code = await made.code()
    await pairedClient(made.url, code, await makeWire())
    reaches('code-wrong', codeOf(await pair(await makeWire(), { address: made.url, code, label: 'x' })))
  })

  it('a code ends after two minutes', async () => {
    const code = await made.code()
    made.clock.ms += 120_001
    expect(codeOf(await pair(await makeWire(), { address: made.url, code, label: 'x' }))).toBe('code-wrong')
  })

  it('a code ends after five wrong tries, and the address that tried waits', async () => {
    const code = await made.code()
    const wire = await makeWire()
    for (let tries = 0; tries < 5; tries += 1) await pair(wire, { address: made.url, code: 'ZZZZ9999', label: 'x' })
    expect(codeOf(await pair(wire, { address: made.url, code, label: 'x' }))).toBe('code-wrong')
    const [row] = await made.agent.reader.db.selectFrom('codes').select('tries').execute()
    expect(row?.tries).toBe(5)
  })

  it('nothing answers: the agent is unreachable', async () => {
    const wire = await makeWire()
    const client = await pairedClient(made.url, await made.code(), wire)
    const nobody = createClient({ ...client.agent, addresses: ['http://127.0.0.1:9'] }, wire)
    reaches('agent-unreachable', codeOf(await nobody.call('me')))
  })

  it('the second address serves when the first is dead', async () => {
    const wire = await makeWire()
    const { agent } = await pairedClient(made.url, await made.code(), wire)
    const client = createClient({ ...agent, addresses: ['http://127.0.0.1:9', made.url] }, wire)
    expect(told(await client.call('me')).agent).toBe('Practice server')
    expect(client.address()).toBe(made.url)
  })

  it('another program with a key of its own is told from the agent', async () => {
    const wire = await makeWire()
    const { agent } = await pairedClient(made.url, await made.code(), wire)
    const other = await makeAgent()
    const client = createClient({ ...agent, addresses: [other.url] }, wire)
    reaches('another-program', codeOf(await client.call('me')))
    await other.stop()
  })

  it('a restarted agent refuses old nonces, and the browser comes through with the new one', async () => {
    const client = await pairedClient(made.url, await made.code(), await makeWire())
    told(await client.call('me'))
    made.clock.ms += 600_000
    expect(told(await client.call('me')).agent).toBe('Practice server')
  })

  it('a revoked browser is no longer paired', async () => {
    const client = await pairedClient(made.url, await made.code(), await makeWire())
    await made.agent.write('revokeKey', { key: 1, by: { person: null, origin: 'cli' } })
    expect(codeOf(await client.call('me'))).toBe('not-paired')
  })
})
