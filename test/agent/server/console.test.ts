import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../../../shared/agent-link/client.ts'
import { codeOf, extensionOrigin, makeWire, openSocket, ownPageWire, pairedClient, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let folder: string
let made: MadeAgent

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieback-console-'))
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'built', 'index.html'), '<!doctype html><title>Console</title>')
  writeFileSync(join(folder, 'built', 'assets', 'main-1.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  made = await makeAgent(undefined, join(folder, 'built'))
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A path as it is written, unlike fetch, which tidies it. */
const get = (path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; headers: Headers }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(made.url)
    const sent = request({ hostname, port, path, headers: { host: `${hostname}:${port}`, ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => (text += part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: new Headers(answer.headers as HeadersInit) }))
    })
    sent.on('error', reject).end()
  })

describe('the console’s files', () => {
  it('come with a policy that lets nothing but themselves run', async () => {
    const { status, text, headers } = await get('/console/')
    expect([status, text]).toEqual([200, '<!doctype html><title>Console</title>'])
    const host = new URL(made.url).host
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://${host} wss://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('set-cookie')).toBeNull()
  })
  it('are kept by the browser where their name changes with them', async () => {
    const { status, headers } = await get('/console/assets/main-1.js')
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      expect.stringContaining('javascript'),
      'max-age=31536000, immutable',
    ])
  })
  it('stand under their folder', async () => {
    const { status, headers } = await get('/console')
    expect([status, headers.get('location')]).toEqual([302, '/console/'])
  })
  it.each([
    '/console/../secret.txt',
    '/console/%2e%2e/secret.txt',
    '/console/..%2fsecret.txt',
    '/console/assets/..%5c..%5c..%5csecret.txt',
    '/console//secret.txt',
  ])('are all there is: %s', async (path) => {
    const { status, text } = await get(path)
    expect([404, 403]).toContain(status)
    expect(text).not.toContain('secret')
  })
  it('are not served under another name (DNS rebinding)', async () => {
    expect((await get('/console/', { host: 'evil.example' })).status).toBe(421)
    expect((await get('/console', { host: 'evil.example' })).status).toBe(421)
  })
})

describe('the console’s page', () => {
  it('joins like any browser, asks without an Origin, and hears what happens', async () => {
    const client = await pairedClient(made.url, await made.code('admin'), await ownPageWire(made.url))
    expect(told(await client.call('me')).person.role).toBe('admin')
    const { people } = told(await client.call('people'))
    expect(people[0]?.keys.map(({ origin }) => origin)).toEqual([made.url])
    const { ticket } = told(await client.call('eventTicket', { body: {} }))
    const socket = openSocket(`${made.url.replace('http', 'ws')}/events/live?ticket=${ticket}&since=0`, made.url)
    const first = await new Promise<string>((resolve, reject) => {
      socket.onmessage = ({ data }) => resolve(String(data))
      socket.onerror = () => reject(new Error('the socket was refused'))
    })
    expect(JSON.parse(first)).toMatchObject({ type: 'hello' })
    socket.close()
  })
  it('is not believed from elsewhere: another site, no word of it, another origin, or the key of an extension', async () => {
    const wire = await ownPageWire(made.url)
    const { agent } = await pairedClient(made.url, await made.code('admin'), wire)
    const as = async (site: string | null) => {
      const other = site === null ? await makeWire(null) : await ownPageWire(made.url, site)
      return codeOf(await createClient(agent, { ...other, key: wire.key }).call('me'))
    }
    expect(await as('same-origin')).toBe('no problem')
    for (const site of ['same-site', 'cross-site', 'none', null]) expect(await as(site)).toBe('request-refused')
    const extension = await makeWire(extensionOrigin)
    expect(codeOf(await createClient(agent, { ...extension, key: wire.key }).call('me'))).toBe('request-refused')
    const own = await makeWire()
    const paired = await pairedClient(made.url, await made.code('admin'), own)
    const page = await ownPageWire(made.url)
    expect(codeOf(await createClient(paired.agent, { ...page, key: own.key }).call('me'))).toBe('request-refused')
  })
  it('does not act without an Origin', async () => {
    const wire = await ownPageWire(made.url)
    const { agent } = await pairedClient(made.url, await made.code('admin'), wire)
    const silent = {
      ...wire,
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), 'Sec-Fetch-Site': 'same-origin' } }),
    }
    expect(codeOf(await createClient(agent, silent).call('eventTicket', { body: {} }))).toBe('request-refused')
  })
  it('may not be opened by a page that is none of ours', async () => {
    const elsewhere = await makeWire('http://127.0.0.1:1')
    await expect(pairedClient(made.url, await made.code('admin'), elsewhere)).rejects.toThrow(/request-refused|pairing was refused/)
  })
})
