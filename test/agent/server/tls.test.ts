import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocketClient from 'ws'
import { type Issued, issueServer, makeAuthority } from '../../../agent/server/tls.ts'
import { authorityIn, initTls, serverTls } from '../../../agent/settings/certificates.ts'
import { openSecrets, type Secrets } from '../../../agent/settings/secrets.ts'
import { follow } from '../../../shared/agent-link/events.ts'
import type { Wire } from '../../../shared/agent-link/exchange.ts'
import { codeOf, extensionOrigin, makeWire, pairedClient, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

const names = ['127.0.0.2', 'erp-server.example']
let folder: string
let secrets: Secrets
let ca: string
let made: MadeAgent

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieback-tls-'))
  secrets = await openSecrets(folder, 'file')
  ca = readFileSync(await initTls(folder, secrets, 'Practice', names, Date.now()), 'utf8')
  made = await makeAgent([{ address: '127.0.0.2', port: 0, names, tls: await serverTls(folder, secrets, names, Date.now()) }])
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Fetch as a browser does that trusts these authorities. */
async function trusting(trusted: string | undefined): Promise<Wire> {
  const wire = await makeWire()
  return {
    ...wire,
    fetch: (url, { method, headers, body }) =>
      new Promise((resolve, reject) => {
        const sent = request(
          url,
          { ca: trusted, method: method ?? 'GET', headers: { ...(headers as Record<string, string>), Origin: extensionOrigin } },
          (answer) => {
            let text = ''
            answer.setEncoding('utf8').on('data', (part) => {
              text += part
            })
            answer.on('end', () =>
              resolve(new Response(text, { status: answer.statusCode ?? 0, headers: answer.headers as Record<string, string> })),
            )
          },
        )
        sent.on('error', reject).end(body as string | undefined)
      }),
  }
}

describe('over the local network', () => {
  it('a browser that trusts the agent’s authority pairs and asks', async () => {
    const client = await pairedClient(made.url, await made.code(), await trusting(ca))
    expect(client.agent.addresses[0]).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/)
    expect(told(await client.call('me')).agent).toBe('Practice server')
  })
  it('one that does not gets no answer', async () => {
    await expect(pairedClient(made.url, await made.code(), await trusting(undefined))).rejects.toThrow('agent-unreachable')
  })
  it('events come over TLS too', async () => {
    const client = await pairedClient(made.url, await made.code(), await trusting(ca))
    const stop = new AbortController()
    const states: unknown[] = []
    const open = (url: string) => new WebSocketClient(url, { origin: extensionOrigin, ca }) as unknown as WebSocket
    let heard = () => {}
    const event = new Promise<void>((resolve) => {
      heard = resolve
    })
    const ended = follow({
      client,
      open,
      lastSeen: async () => 1_000_000,
      onEvents: async () => {},
      onGap: async () => heard(),
      onPing: () => {},
      onState: (state) => states.push(state),
      signal: stop.signal,
    })
    await event
    stop.abort()
    await ended
    expect(states).toEqual([null])
  })
  it('plain HTTP at the same port is no way in', async () => {
    const wire = await makeWire()
    const client = await pairedClient(made.url, await made.code(), await trusting(ca))
    expect(
      codeOf(
        await (await import('../../../shared/agent-link/client.ts'))
          .createClient({ ...client.agent, addresses: [made.url.replace('https', 'http')] }, wire)
          .call('me'),
      ),
    ).toBe('agent-unreachable')
  })
})

describe('the agent’s own authority', () => {
  const handshake = (servername: string, issued: Issued, trusted = ca) =>
    new Promise<string>((resolve) => {
      import('node:tls').then(({ createServer }) => {
        const server = createServer({ cert: issued.cert, key: issued.key }, (socket) => socket.end()).listen(0, '127.0.0.1', () => {
          const address = server.address()
          const port = typeof address === 'object' ? (address?.port ?? 0) : 0
          const socket = connect(
            { port, host: '127.0.0.1', ca: trusted, servername, ...(servername ? {} : { checkServerIdentity: () => undefined }) },
            () => done('trusted'),
          )
          socket.on('error', (error: NodeJS.ErrnoException) => done(error.message))
          const done = (how: string) => {
            socket.destroy()
            server.close()
            resolve(how)
          }
        })
      })
    })
  const authority = () => authorityIn(folder, secrets)

  it('has a name, by which it is found among a computer’s authorities', () => {
    expect(new X509Certificate(ca).subject).toBe('CN=Tieback Practice')
  })
  it('signs for its own names', async () => {
    expect(await handshake('erp-server.example', await issueServer(await authority(), names, Date.now()))).toBe('trusted')
  })
  it.each([[['127.0.0.1']], [['10.20.30.40', '::1']], [['erp-server']]])('signs for an agent known by %j alone', async (only) => {
    const alone = await makeAuthority('Practice', only, Date.now())
    expect(await handshake('', await issueServer(alone, only, Date.now()), alone.cert)).toBe('trusted')
  })
  it('cannot sign for anybody else’s', async () => {
    expect(await handshake('bank.example', await issueServer(await authority(), ['bank.example'], Date.now()))).toBe(
      'permitted subtree violation',
    )
  })
  it('keeps its private keys out of plain sight', () => {
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('PRIVATE KEY')
  })
  it('renews a server certificate that is about to end, for browsers that trust it already', async () => {
    const soon = Date.now() + 370 * 86_400_000
    const before = await serverTls(folder, secrets, names, Date.now())
    const after = await serverTls(folder, secrets, names, soon)
    expect(after).toMatchObject({ cert: expect.stringContaining('BEGIN CERTIFICATE') })
    expect(after).not.toEqual(before)
    expect(await serverTls(folder, secrets, names, soon)).toEqual(after)
  })
})
