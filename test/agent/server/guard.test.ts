import { hash } from 'node:crypto'
import { request } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BrowserKey } from '../../../shared/agent-link/key.ts'
import { reaches } from '../../support/reaches.ts'
import { extensionOrigin, makeWire, pairedClient } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let key: BrowserKey

beforeAll(async () => {
  made = await makeAgent()
  const wire = await makeWire()
  await pairedClient(made.url, await made.code('viewer'), wire)
  await made.connection()
  key = await wire.key()
})
afterAll(() => made.stop())

type Reply = { status: number; text: string; headers: Record<string, string | string[] | undefined> }

/** Plain HTTP with every header as given: what a browser or an attacker could send. */
function send(
  path: string,
  { method = 'GET', body, headers = {} }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${made.url}${path}`,
      {
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(body === undefined || 'Transfer-Encoding' in headers ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (answer) => {
        let text = ''
        answer
          .setEncoding('utf8')
          .on('data', (part) => {
            text += part
          })
          .on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }))
      },
    )
    sent.on('error', reject).end(body)
  })
}

const reasonOf = ({ text }: Reply): string => {
  const { code, params } = JSON.parse(text) as { code: string; params?: { reason?: string } }
  return params?.reason ?? code
}

const nonce = async (): Promise<string> => String((await send('/me', { headers: { Origin: extensionOrigin } })).headers['dpop-nonce'])

type Parts = { header?: Record<string, unknown>; claims?: Record<string, unknown>; sign?: CryptoKey }

/** A proof that is right but for what `parts` says. */
async function proof({ header = {}, claims = {}, sign = key.sign }: Parts = {}): Promise<string> {
  const right = { htm: 'GET', htu: `${made.url}/me`, bh: hash('sha256', '', 'base64url'), jti: crypto.randomUUID(), nonce: await nonce() }
  return new SignJWT({ ...right, ...claims })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...key.jwk }, ...header })
    .setIssuedAt()
    .sign(sign)
}

const ask = async (parts: Parts, headers: Record<string, string> = { Origin: extensionOrigin }) =>
  send('/me', { headers: { DPoP: await proof(parts), ...headers } })

describe('a call with a right proof', () => {
  it('is answered, and the answer is signed', async () => {
    const reply = await ask({})
    expect(reply.status).toBe(200)
    expect(reply.headers['tieback-signature']).toMatch(/^[\w-]+\.\.[\w-]+$/)
    expect(reply.headers['access-control-allow-origin']).toBe(extensionOrigin)
    expect(reply.headers['cache-control']).toBe('no-store')
  })
})

describe('a proof is refused by the one thing that is wrong with it', () => {
  it('none at all', async () => {
    const reply = await send('/me', { headers: { Origin: extensionOrigin } })
    expect([reply.status, reasonOf(reply)]).toEqual([401, 'missing'])
  })
  it('no JWS', async () => {
    expect(reasonOf(await send('/me', { headers: { Origin: extensionOrigin, DPoP: 'abc' } }))).toBe('shape')
  })
  it('typ', async () => expect(reasonOf(await ask({ header: { typ: 'JWT' } }))).toBe('typ'))
  it('alg', async () => {
    const rsa = await generateKeyPair('PS256')
    expect(reasonOf(await ask({ header: { alg: 'PS256' }, sign: rsa.privateKey }))).toBe('alg')
  })
  it('jwk that is none', async () => expect(reasonOf(await ask({ header: { jwk: { kty: 'EC', crv: 'P-256', x: 'AA' } } }))).toBe('jwk'))
  it('jwk that is no point of the curve', async () => {
    expect(reasonOf(await ask({ header: { jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } } }))).toBe('jwk')
  })
  it('jwk that shows a private part', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    expect(reasonOf(await ask({ header: { jwk: { ...(await exportJWK(pair.privateKey)) } }, sign: pair.privateKey }))).toBe('jwk')
  })
  it('signature by another key', async () => {
    const other = await generateKeyPair('ES256')
    expect(reasonOf(await ask({ sign: other.privateKey }))).toBe('signature')
  })
  it('htm', async () => expect(reasonOf(await ask({ claims: { htm: 'POST' } }))).toBe('htm'))
  it('htu', async () => expect(reasonOf(await ask({ claims: { htu: `${made.url}/runs` } }))).toBe('htu'))
  it('bh', async () => expect(reasonOf(await ask({ claims: { bh: hash('sha256', '{}', 'base64url') } }))).toBe('bh'))
  it('nonce, and says which to use', async () => {
    const reply = await ask({ claims: { nonce: 'an-old-one' } })
    expect([reply.status, reasonOf(reply)]).toEqual([401, 'nonce'])
    expect(reply.headers['www-authenticate']).toContain('use_dpop_nonce')
    expect(reply.headers['dpop-nonce']).toBe(await nonce())
  })
  it('jti that is none', async () => expect(reasonOf(await ask({ claims: { jti: 'short' } }))).toBe('jti'))
  it('a replayed one', async () => {
    const once = await proof()
    expect((await send('/me', { headers: { Origin: extensionOrigin, DPoP: once } })).status).toBe(200)
    expect(reasonOf(await send('/me', { headers: { Origin: extensionOrigin, DPoP: once } }))).toBe('jti')
  })
  it('a replayed one, of an act that takes a link off', async () => {
    const body = '{"forecast":"any"}'
    const claims = { htm: 'POST', htu: `${made.url}/links/1/unlink`, bh: hash('sha256', body, 'base64url') }
    const once = await proof({ claims })
    const act = () => send('/links/1/unlink', { method: 'POST', body, headers: { Origin: extensionOrigin, DPoP: once } })
    expect([(await act()).status, reasonOf(await act())]).toEqual([403, 'jti'])
  })
  it('a key nobody knows', async () => {
    const other = await generateKeyPair('ES256', { extractable: true })
    const { kty, crv, x, y } = await exportJWK(other.privateKey)
    const reply = await ask({ header: { jwk: { kty, crv, x, y } }, sign: other.privateKey })
    expect(reply.status).toBe(401)
    reaches('not-paired', reasonOf(reply))
  })
  it('a body that was changed on the way', async () => {
    const right = await proof({
      claims: { htm: 'POST', htu: `${made.url}/status`, bh: hash('sha256', '{"company":null,"items":[]}', 'base64url') },
    })
    const reply = await send('/status', {
      method: 'POST',
      body: '{"company":"1","items":[]}',
      headers: { Origin: extensionOrigin, DPoP: right },
    })
    expect(reasonOf(reply)).toBe('bh')
  })
})

describe('an address or origin that is not ours', () => {
  it('another Host, as after DNS rebinding', async () => {
    const reply = await send('/me', { headers: { Host: 'evil.example:80', Origin: extensionOrigin } })
    expect([reply.status, reasonOf(reply)]).toEqual([421, 'host'])
  })
  it('another port in Host', async () => {
    expect(reasonOf(await send('/me', { headers: { Host: '127.0.0.1:1', Origin: extensionOrigin } }))).toBe('host')
  })
  it('a web page, without being named in CORS', async () => {
    const reply = await ask({}, { Origin: 'https://us02.procore.com' })
    expect([reply.status, reasonOf(reply)]).toEqual([403, 'origin'])
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
  })
  it('null', async () => expect(reasonOf(await ask({}, { Origin: 'null' }))).toBe('origin'))
  it('an extension that never paired', async () => {
    expect(reasonOf(await ask({}, { Origin: 'chrome-extension://bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' }))).toBe('origin')
  })
  it('a paired browser’s key without its Origin', async () => expect(reasonOf(await ask({}, {}))).toBe('origin'))
  it('a web page that wants to pair', async () => {
    expect(reasonOf(await send('/pair', { method: 'POST', body: '{}', headers: { Origin: 'https://evil.example' } }))).toBe('origin')
  })
  it('a paired browser at the monitoring routes', async () => {
    expect(reasonOf(await send('/metrics', { headers: { Origin: extensionOrigin } }))).toBe('origin')
  })
  it('an unknown path tells a stranger no more than any other', async () => {
    expect(reasonOf(await send('/nothing', { headers: { Origin: 'https://evil.example' } }))).toBe('origin')
    expect(reasonOf(await send('/nothing', { headers: { Origin: extensionOrigin } }))).toBe('no-path')
  })
})

describe('a browser that asks first', () => {
  const preflight = (path: string, origin: string, headers: Record<string, string> = {}) =>
    send(path, { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', ...headers } })
  it('is told yes where it is paired', async () => {
    const reply = await preflight('/status', extensionOrigin)
    expect([reply.status, reply.headers['access-control-allow-origin'], reply.headers['access-control-allow-headers']]).toEqual([
      204,
      extensionOrigin,
      'Content-Type, DPoP',
    ])
  })
  it('may come from a page of the internet to this network when it is paired', async () => {
    const reply = await preflight('/status', extensionOrigin, { 'Access-Control-Request-Private-Network': 'true' })
    expect(reply.headers['access-control-allow-private-network']).toBe('true')
  })
  it('may pair from any extension', async () => {
    expect((await preflight('/pair', 'moz-extension://11111111-2222-3333-4444-555555555555')).status).toBe(204)
  })
  it('is told no otherwise', async () => {
    const reply = await preflight('/status', 'https://us02.procore.com')
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([403, undefined])
  })
})

describe('a body', () => {
  const post = async (body: string, headers: Record<string, string> = {}) =>
    send('/status', {
      method: 'POST',
      body,
      headers: {
        Origin: extensionOrigin,
        DPoP: await proof({ claims: { htm: 'POST', htu: `${made.url}/status`, bh: hash('sha256', body, 'base64url') } }),
        ...headers,
      },
    })
  it('over a megabyte is not read', async () =>
    expect(reasonOf(await post(`{"company":"${'x'.repeat(1_000_000)}","items":[]}`))).toBe('size'))
  it('nested too deep is refused', async () =>
    expect(reasonOf(await post(`{"company":null,"items":${'['.repeat(20)}${']'.repeat(20)}}`))).toBe('depth'))
  it('brackets inside a text are no depth', async () =>
    expect((await post(`{"company":"${'['.repeat(40)}\\"{{","items":[]}`)).status).toBe(409))
  it('that is no JSON', async () => expect(reasonOf(await post('company=1'))).toBe('not-json'))
  it('that claims to be something else', async () => expect(reasonOf(await post('{}', { 'Content-Type': 'text/plain' }))).toBe('not-json'))
  it('of unknown length', async () => expect(reasonOf(await post('{}', { 'Transfer-Encoding': 'chunked' }))).toBe('length'))
  it('that is not as agreed names the place', async () => expect(reasonOf(await post('{"company":1,"items":[]}'))).toMatch(/^company: /))
  it('with 501 items', async () => {
    const items = Array.from({ length: 501 }, (_, id) => ({ type: 'vendor', id: String(id) }))
    expect(reasonOf(await post(JSON.stringify({ company: null, items })))).toMatch(/^items: /)
  })
})

describe('a role that is not enough', () => {
  it('is named', async () => {
    const sent = await proof({
      claims: { htm: 'POST', htu: `${made.url}/problems/retry`, bh: hash('sha256', '{"cause":"x"}', 'base64url') },
    })
    const reply = await send('/problems/retry', { method: 'POST', body: '{"cause":"x"}', headers: { Origin: extensionOrigin, DPoP: sent } })
    expect(reply.status).toBe(403)
    reaches('role-missing', reasonOf(reply))
    expect(reply.text).toContain('accountant')
  })
})

describe('monitoring beside the agent', () => {
  it.each(['/health', '/ready', '/metrics', '/openapi.json'])('%s answers without a proof', async (path) => {
    expect((await send(path)).status).toBe(200)
  })
  it('counts answers by route', async () => {
    expect((await send('/metrics')).text).toMatch(/tieback_answers_total\{route="me",status="200"\} \d+/)
  })
})
