import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onLoopback } from '../../../agent/server/listen.ts'
import { createClient } from '../../../shared/agent-link/client.ts'
import { pair } from '../../../shared/agent-link/pairing.ts'
import { clientOf, codeOf, makeWire, pairedClient, told } from '../../agent/server/browser.ts'
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
    const client = await clientOf(made)
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
    const [row] = await (await made.agent.reader.db()).selectFrom('codes').select('tries').execute()
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

  it('an address that stays silent holds nothing up, and the one that answered is asked first from then on', async () => {
    const wire = await makeWire()
    const { agent } = await pairedClient(made.url, await made.code(), wire)
    const silent = 'http://silent.example'
    const asked: string[] = []
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      asked.push(new URL(url).origin)
      if (!url.startsWith(silent)) return wire.fetch(url, init)
      return new Promise((_, fail) => init.signal?.addEventListener('abort', () => fail(init.signal?.reason), { once: true }))
    }
    const answered: string[] = []
    const client = createClient({ ...agent, addresses: [silent, made.url] }, { ...wire, fetch }, (address) => answered.push(address))
    const began = Date.now()
    told(await client.call('me'))
    expect(Date.now() - began).toBeLessThan(wire.limitMs)
    expect([client.address(), answered]).toEqual([made.url, [made.url]])
    asked.length = 0
    told(await client.call('me'))
    expect(new Set(asked)).toEqual(new Set([made.url]))
    const later = createClient({ ...agent, addresses: [silent, made.url], answered: made.url }, { ...wire, fetch })
    expect(later.address()).toBe(made.url)
  })

  it('the other address serves once this one stops answering, and this one once the other does', async () => {
    const both = await makeAgent([onLoopback(0), onLoopback(0)])
    const [office = '', home = ''] = both.urls
    const wire = await makeWire()
    const { agent } = await pairedClient(office, await both.code(), wire)
    let away = office
    const fetch = (url: string, init: RequestInit): Promise<Response> =>
      url.startsWith(away) ? Promise.reject(new TypeError('refused')) : wire.fetch(url, init)
    const client = createClient({ ...agent, addresses: [office, home] }, { ...wire, fetch })
    told(await client.call('me'))
    expect(client.address()).toBe(home)
    away = home
    told(await client.call('me'))
    expect(client.address()).toBe(office)
    await both.stop()
  })

  it('another program at the first address does not keep us from the agent at the second', async () => {
    const wire = await makeWire()
    const { agent } = await pairedClient(made.url, await made.code(), wire)
    const other = await makeAgent()
    const client = createClient({ ...agent, addresses: [other.url, made.url] }, wire)
    expect(told(await client.call('me')).agent).toBe('Practice server')
    expect(client.address()).toBe(made.url)
    await other.stop()
  })

  it('an act is sent to one address only, the one a question has proven', async () => {
    const wire = await makeWire()
    const { agent } = await pairedClient(made.url, await made.code(), wire)
    const sent: string[] = []
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      sent.push(`${init.method} ${url}`)
      if (init.method === 'POST') return Promise.reject(new TypeError('broken off'))
      return wire.fetch(url, init)
    }
    const client = createClient({ ...agent, addresses: ['http://127.0.0.1:9', made.url] }, { ...wire, fetch })
    expect(codeOf(await client.call('eventTicket', { body: {} }))).toBe('agent-unreachable')
    expect(sent.filter((one) => one.startsWith('POST'))).toEqual([`POST ${made.url}/events/ticket`])
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
    const client = await clientOf(made)
    told(await client.call('me'))
    made.clock.ms += 600_000
    expect(told(await client.call('me')).agent).toBe('Practice server')
  })

  it('a revoked browser is no longer paired', async () => {
    const client = await clientOf(made)
    await made.agent.write('revokeKey', { key: 1, by: { person: null, origin: 'cli' } })
    expect(codeOf(await client.call('me'))).toBe('not-paired')
  })
})
