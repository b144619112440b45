import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorShapes } from './api/rules/refusal.ts'
import { type Ask, asker, signIn, syncVendors } from './ask.ts'
import { practiceClient, published } from './options.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

let standIn: StandIn
let ask: Ask
let now: number
const list = () => `/rest/v1.0/vendors?company_id=${standIn.company.id}`

beforeEach(async () => {
  now = Date.parse('2026-11-01T12:00:00Z')
  standIn = await startStandIn({ now: () => now })
  ask = await asker(standIn)
})
afterEach(() => standIn.close())

const token = async (form: Record<string, string>) => {
  const body = new URLSearchParams({ client_id: practiceClient.id, client_secret: practiceClient.secret, ...form })
  const response = await fetch(`${standIn.url}/oauth/token`, { method: 'POST', body })
  return { status: response.status, json: (await response.json()) as { [field: string]: string } }
}

describe('signing in', () => {
  it('gives a service token without refresh token, dead after 90 minutes', async () => {
    const { json } = await token({ grant_type: 'client_credentials' })
    expect(json).toMatchObject({ token_type: 'bearer', expires_in: 5400 })
    expect(json).not.toHaveProperty('refresh_token')
    now += 5_399_000
    expect((await ask('GET', list())).status).toBe(200)
    now += 2000
    expect(await ask('GET', list())).toMatchObject({ status: 401, json: { errors: 'The access token is invalid' } })
  })

  it('takes a refresh token once', async () => {
    const back = await fetch(`${standIn.url}/oauth/authorize?response_type=code&redirect_uri=http://127.0.0.1/back`, { redirect: 'manual' })
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const first = await token({ grant_type: 'authorization_code', code })
    const again = { grant_type: 'refresh_token', refresh_token: first.json['refresh_token'] ?? '' }
    expect((await token(again)).status).toBe(200)
    expect(await token(again)).toMatchObject({ status: 400, json: { error_description: 'The refresh token is invalid' } })
    expect((await ask('GET', list(), undefined, { authorization: `Bearer ${first.json['access_token']}` })).status).toBe(401)
  })

  it('refuses a wrong secret and a revoked token', async () => {
    expect(await token({ grant_type: 'client_credentials', client_secret: 'wrong' })).toMatchObject({
      status: 401,
      json: { error: 'invalid_client' },
    })
    const value = await signIn(standIn)
    const body = new URLSearchParams({ token: value, client_id: practiceClient.id, client_secret: practiceClient.secret })
    expect((await fetch(`${standIn.url}/oauth/revoke`, { method: 'POST', body })).status).toBe(200)
    expect((await ask('GET', list(), undefined, { authorization: `Bearer ${value}` })).status).toBe(401)
  })
})

describe('company and project', () => {
  it('wants the company header, by the documented text', async () => {
    const bare = { authorization: `Bearer ${await signIn(standIn)}` }
    const response = await fetch(`${standIn.url}${list()}`, { headers: bare })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ message: expect.stringMatching(/^Missing Procore-Company-Id header!/) })
  })

  it('answers 403 for another company and 404 for an unknown project', async () => {
    expect(await ask('GET', list(), undefined, { 'procore-company-id': '7' })).toMatchObject({
      status: 403,
      json: { errors: 'App is not connected to this company' },
    })
    expect((await ask('GET', '/rest/v1.0/vendors?company_id=7')).status).toBe(403)
    expect((await ask('GET', '/rest/v1.0/work_order_contracts?project_id=7')).status).toBe(404)
  })
})

describe('the two modes', () => {
  it('strict names an unknown path, method, filter, body key and type, and notes it', async () => {
    const asked: [string, string, object?][] = [
      ['GET', '/rest/v1.0/no_such_thing'],
      ['DELETE', list()],
      ['GET', `${list()}&filters[colour]=red`],
      ['PATCH', '/rest/v1.0/vendors/sync', { company_id: standIn.company.id, updates: [{ nme: 'Typo' }] }],
      ['PATCH', '/rest/v1.0/vendors/sync', { company_id: String(standIn.company.id), updates: [] }],
    ]
    const named = ['/rest/v1.0/no_such_thing', 'DELETE', 'filters[colour]', 'updates[].nme', 'company_id must be whole']
    for (const [n, [method, path, body]] of asked.entries()) {
      const heard = await ask(method, path, body)
      expect(heard.status).toBe(400)
      expect(JSON.stringify(heard.json)).toContain(named[n])
    }
    expect(standIn.violations).toHaveLength(asked.length)
  })

  it('lenient ignores unknown filters and keys, answers 404 to an unknown path, and still notes them', async () => {
    standIn.behaviour.mode = 'lenient'
    const all = await ask('GET', `${list()}&filters[colour]=red`)
    expect(all.headers.get('total')).toBe('400')
    const { entities } = await syncVendors(standIn, ask, [{ name: 'Kept', nme: 'Typo' }])
    expect(entities[0]).toMatchObject({ name: 'Kept' })
    expect((await ask('GET', '/rest/v1.0/no_such_thing')).status).toBe(404)
    expect(standIn.violations).toHaveLength(3)
  })

  it('lenient sends the numbers of lines as numbers, strict as text', async () => {
    const line = standIn.company.tables.contract_line_items.all().find((one) => one.quantity !== null)!
    const path = `/rest/v1.0/purchase_order_contracts/${line.holder_id}/line_items?project_id=${line.project_id}`
    const quantity = async () => ((await ask('GET', path)).json as { quantity: unknown }[])[0]?.quantity
    expect(await quantity()).toBe(line.quantity)
    standIn.behaviour.mode = 'lenient'
    expect(await quantity()).toBe(Number(line.quantity))
  })

  it.each(errorShapes)('speaks its refusals as %s when told', async (shape) => {
    standIn.behaviour.errorShape = shape
    const heard = await ask('GET', `/rest/v1.0/vendors/5?company_id=${standIn.company.id}`)
    expect(heard.status).toBe(404)
    expect(JSON.stringify(heard.json)).toMatch(/Item not found/)
  })
})

describe('limits', () => {
  it('counts both windows, tells the nearer one, and opens again by the clock', async () => {
    standIn.rate.limits = published
    const first = await ask('GET', list())
    expect(first.headers.get('x-rate-limit-limit')).toBe('25')
    for (let n = 1; n < 25; n++) await ask('GET', list())
    const refused = await ask('GET', list())
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-rate-limit-remaining')).toBe('0')
    expect(Number(refused.headers.get('retry-after'))).toBe(10)
    expect(Number(refused.headers.get('x-rate-limit-reset'))).toBe(now / 1000 + 10)
    now += 10_000
    expect((await ask('GET', list())).status).toBe(200)
    standIn.rate.limits = { hourly: 26, spike: 25 }
    expect((await ask('GET', list())).headers.get('retry-after')).toBe(String(3600 - 10))
  })

  it.each([
    ['reset only', false, true],
    ['retry-after only', true, false],
  ] as const)('sends the wait as %s', async (waitHeaders, after, reset) => {
    standIn.behaviour.waitHeaders = waitHeaders
    standIn.faults.add({ when: {}, fault: { do: 'answer', status: 429, retryAfterSeconds: 7 } })
    const heard = await ask('GET', list())
    expect(heard.headers.has('retry-after')).toBe(after)
    expect(heard.headers.get('x-rate-limit-reset') === String(now / 1000 + 7)).toBe(reset)
  })
})
