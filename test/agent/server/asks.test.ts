import { calculateJwkThumbprint } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Asking, askedToJoin, askToJoin } from '../../../shared/agent-link/asking.ts'
import { createClient } from '../../../shared/agent-link/client.ts'
import { commitmentTo, digitsOf, newNonce } from '../../../shared/agent-link/digits.ts'
import { exchange, type Wire } from '../../../shared/agent-link/exchange.ts'
import { routes } from '../../../shared/api.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, makeWire, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
beforeEach(async () => {
  made = await makeAgent()
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const label = 'Chrome on PC-7'
const admin = async () => clientOf(made, 'admin', null, 'root@example.com')
const asking = async (wire: Wire) => told(await askToJoin(wire, { address: made.url, label }))
/** An ask whose number was shown: it stands in the console. */
async function shown(wire: Wire): Promise<Asking> {
  const ask = await asking(wire)
  expect(told(await askedToJoin(wire, ask, false))).toBeNull()
  return ask
}
const robin = { name: 'Robin Reyes', email: 'robin@example.com', role: 'accountant' as const, scope: null }
const acts = async () =>
  (await made.agent.reader.db()).selectFrom('audit').select(['act', 'subject', 'person', 'before', 'after']).execute()

/** The digits as the console makes them: of the agent's key it pinned itself, and of what the agent tells of the ask. */
async function onConsole(client: Awaited<ReturnType<typeof admin>>): Promise<{ id: string; digits: string }[]> {
  const { asks } = told(await client.call('asks'))
  const agent = await calculateJwkThumbprint({ ...client.agent.jwk })
  return Promise.all(
    asks.map(async ({ id, thumbprint, ...nonces }) => ({ id, digits: await digitsOf({ browser: thumbprint, agent, ...nonces }) })),
  )
}

/** Anything a program could send: signed with the key of `wire`. */
async function post(wire: Wire, path: string, body: object): Promise<{ status: number; reason: string }> {
  const { status, text } = await exchange(wire, new Map(), {
    method: 'POST',
    address: made.url,
    path,
    query: '',
    body: JSON.stringify(body),
  })
  const said = JSON.parse(text) as { code?: string; params?: { reason?: string } }
  return { status, reason: said.params?.reason ?? said.code ?? '' }
}

describe('a browser that asks to join', () => {
  it('shows the digits the console shows, is let in, and goes on by itself', async () => {
    const root = await admin()
    const wire = await makeWire()
    const ask = await shown(wire)
    expect(ask.digits).toMatch(/^\d{6}$/)
    expect(await onConsole(root)).toEqual([{ id: ask.id, digits: ask.digits }])
    const waiting = askedToJoin(wire, ask, true)
    const { person } = told(await root.call('approveAsk', { params: { id: ask.id }, body: robin }))
    const joined = told(await waiting)
    if (joined === null) throw new Error('It was not told.')
    expect(joined).toMatchObject({ name: 'Practice server', person: { id: person, name: 'Robin Reyes', role: 'accountant' } })
    expect(told(await createClient(joined, wire).call('me')).person.email).toBe('robin@example.com')
    expect(told(await root.call('asks')).asks).toEqual([])
    const approved = (await acts()).find(({ act }) => act === 'join-approved')
    expect(JSON.parse(approved?.after ?? '')).toMatchObject({ digits: ask.digits, person: Number(person), label, role: 'accountant' })
    expect(approved?.before).toBeNull()
  })

  it('is nobody in the console until it has shown its number', async () => {
    const root = await admin()
    await asking(await makeWire())
    expect(told(await root.call('asks')).asks).toEqual([])
  })

  it('joins for somebody known under the same e-mail, who keeps their id, their suspension, and what else they have', async () => {
    const root = await admin()
    const before = await clientOf(made, 'viewer', ['77'], 'Robin@Example.com')
    const { id } = told(await before.call('me')).person
    await made.transact(
      ({ raw }) => void raw.prepare("update people set suspended_at = 1, suspended_by = 'procore' where id = ?").run(Number(id)),
    )
    const wire = await makeWire()
    const ask = await shown(wire)
    expect(told(await root.call('approveAsk', { params: { id: ask.id }, body: robin })).person).toBe(id)
    const joined = told(await askedToJoin(wire, ask, false))
    if (joined === null) throw new Error('It was not told.')
    expect(codeOf(await createClient(joined, wire).call('me'))).toBe('person-suspended')
    const approved = (await acts()).find(({ act }) => act === 'join-approved')
    expect([JSON.parse(approved?.before ?? ''), JSON.parse(approved?.after ?? '')]).toMatchObject([
      { role: 'viewer', scope: '["77"]' },
      { role: 'accountant', scope: null },
    ])
  })

  it('is told that it was refused, and that is written down', async () => {
    const root = await admin()
    const wire = await makeWire()
    const ask = await shown(wire)
    expect(told(await root.call('refuseAsk', { params: { id: ask.id }, body: {} })).refused).toBe(true)
    reaches('ask-refused', codeOf(await askedToJoin(wire, ask, true)))
    expect((await acts()).map(({ act }) => act)).toContain('join-refused')
    expect(codeOf(await root.call('approveAsk', { params: { id: ask.id }, body: robin }))).toBe('ask-over')
  })

  it('hears how it ended though it slept meanwhile', async () => {
    const root = await admin()
    const wire = await makeWire()
    const ask = await shown(wire)
    told(await root.call('approveAsk', { params: { id: ask.id }, body: robin }))
    made.clock.ms += 3 * 3_600_000
    expect(told(await askedToJoin(wire, ask, false))?.person.name).toBe('Robin Reyes')
  })
})

describe('an ask', () => {
  it('ends after ten minutes, for both sides', async () => {
    const wire = await makeWire()
    const ask = await shown(wire)
    made.clock.ms += 600_001
    reaches('ask-over', codeOf(await askedToJoin(wire, ask, true)))
    const root = await admin()
    expect(told(await root.call('asks')).asks).toEqual([])
    expect(codeOf(await root.call('approveAsk', { params: { id: ask.id }, body: robin }))).toBe('ask-over')
  })

  it('is approved once, however many admins press at once', async () => {
    const root = await admin()
    const ask = await shown(await makeWire())
    const both = await Promise.all(
      [robin, { ...robin, email: 'other@example.com' }].map((body) => root.call('approveAsk', { params: { id: ask.id }, body })),
    )
    expect(both.map(codeOf).sort()).toEqual(['ask-over', 'no problem'])
    expect((await acts()).filter(({ act }) => act === 'join-approved')).toHaveLength(1)
  })

  it('is answered by admins alone', async () => {
    const viewer = await clientOf(made, 'accountant')
    const ask = await shown(await makeWire())
    expect(codeOf(await viewer.call('asks'))).toBe('role-missing')
    expect(codeOf(await viewer.call('approveAsk', { params: { id: ask.id }, body: { ...robin, role: 'admin' } }))).toBe('role-missing')
    expect(codeOf(await viewer.call('refuseAsk', { params: { id: ask.id }, body: {} }))).toBe('role-missing')
    expect((await acts()).map(({ act }) => act)).toContain('approveAsk-refused')
  })

  it('takes the role from no last admin', async () => {
    const root = await admin()
    const ask = await shown(await makeWire())
    const reply = await root.call('approveAsk', { params: { id: ask.id }, body: { ...robin, email: 'ROOT@example.com' } })
    expect(reply).toMatchObject({ problem: { params: { reason: 'last-admin' } } })
  })

  it('ends when the same browser asks anew: only its newest digits count', async () => {
    const root = await admin()
    const wire = await makeWire()
    const first = await shown(wire)
    const second = await shown(wire)
    expect(await onConsole(root)).toEqual([{ id: second.id, digits: second.digits }])
    expect(codeOf(await askedToJoin(wire, first, false))).toBe('ask-over')
  })

  it.each([5, 20])('is refused where %i were begun in ten minutes, from one address or in all, answered or not', async (most) => {
    const at = async (address: string): Promise<unknown> =>
      made.agent.write('askToJoin', {
        ...{
          jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
          origin: 'chrome-extension://abc',
          label,
          commitment: newNonce(),
          agentNonce: newNonce(),
        },
        ...{ thumbprint: newNonce(), address },
      })
    for (let n = 0; n < most; n += 1) expect(await at(most === 5 ? '127.0.0.1' : `10.0.0.${n}`)).not.toBeNull()
    const wire = await makeWire()
    reaches('asks-many', codeOf(await askToJoin(wire, { address: made.url, label })))
    expect((await at('10.9.9.9')) === null).toBe(most === 20)
    made.clock.ms += 600_001
    expect(codeOf(await askToJoin(wire, { address: made.url, label }))).toBe('no problem')
  })
})

describe('a program in between', () => {
  it('cannot take the place of another’s key', async () => {
    const root = await admin()
    const [wire, mallory] = [await makeWire(), await makeWire()]
    const ask = await shown(wire)
    told(await root.call('approveAsk', { params: { id: ask.id }, body: robin }))
    expect(codeOf(await askedToJoin(mallory, ask, false))).toBe('ask-over')
    const elsewhere = await makeWire('moz-extension://11111111-2222-3333-4444-555555555555')
    expect(codeOf(await askedToJoin({ ...elsewhere, key: wire.key }, ask, false))).toBe('ask-over')
    expect(codeOf(await createClient({ ...root.agent }, mallory).call('me'))).toBe('not-paired')
  })

  it('cannot ask for a key it cannot sign with', async () => {
    const [wire, mallory] = [await makeWire(), await makeWire()]
    const { jwk } = await wire.key()
    const commitment = await commitmentTo(newNonce(), await calculateJwkThumbprint({ ...jwk }))
    expect(await post(mallory, routes.askToJoin.path, { jwk, label, commitment })).toEqual({ status: 400, reason: 'jwk' })
  })

  it('cannot choose its number after it saw the agent’s', async () => {
    const root = await admin()
    const mallory = await makeWire()
    const ask = await asking(mallory)
    expect(await post(mallory, `/asks/${ask.id}`, { nonce: newNonce() })).toEqual({ status: 400, reason: 'commitment' })
    expect(told(await root.call('asks')).asks).toEqual([])
    await askedToJoin(mallory, ask, false)
    expect(await post(mallory, `/asks/${ask.id}`, { nonce: newNonce() })).toEqual({ status: 400, reason: 'nonce-shown' })
    expect(await onConsole(root)).toEqual([{ id: ask.id, digits: ask.digits }])
  })

  it('cannot use a number bound to one key with another', async () => {
    const [wire, mallory] = [await makeWire(), await makeWire()]
    const nonce = newNonce()
    const commitment = await commitmentTo(nonce, await calculateJwkThumbprint({ ...(await wire.key()).jwk }))
    const { jwk } = await mallory.key()
    expect((await post(mallory, routes.askToJoin.path, { jwk, label, commitment })).status).toBe(200)
    const { id } = await (await made.agent.reader.db()).selectFrom('asks').select('id').executeTakeFirstOrThrow()
    expect(await post(mallory, `/asks/${id}`, { nonce })).toEqual({ status: 400, reason: 'commitment' })
  })

  it('cannot send again what was sent before', async () => {
    const sent: [string, RequestInit][] = []
    const wire = await makeWire()
    const noted: Wire['fetch'] = (url, init) => {
      sent.push([url, init])
      return wire.fetch(url, init)
    }
    const ask = await asking({ ...wire, fetch: noted })
    const answers = await Promise.all(sent.map(async ([url, init]) => (await wire.fetch(url, { ...init, signal: null })).status))
    expect(answers.filter((status) => status === 200)).toEqual([])
    const all = await (await made.agent.reader.db()).selectFrom('asks').select('id').execute()
    expect(all.map(({ id }) => String(id))).toEqual([ask.id])
  })

  it('that answers in the agent’s place brings other digits to the browser, and cannot answer for the agent later', async () => {
    const other = await makeAgent()
    const root = await admin()
    const [wire, between] = [await makeWire(), await makeWire()]
    // It speaks to the browser with its own key, to the agent with another browser key, and hands the agent's number on.
    const toBrowser = told(await askToJoin(wire, { address: other.url, label }))
    const toAgent = await shown(between)
    const handedOn = await digitsOf({
      ...{
        browser: await calculateJwkThumbprint({ ...(await wire.key()).jwk }),
        agent: await calculateJwkThumbprint({ ...other.signer.jwk }),
      },
      ...{ browserNonce: toBrowser.nonce, agentNonce: toAgent.agentNonce },
    })
    const [there] = await onConsole(root)
    expect([toBrowser.digits, handedOn]).not.toContain(there?.digits)
    expect(codeOf(await askedToJoin(wire, { ...toBrowser, address: made.url }, false))).toBe('another-program')
    await other.stop()
  })
})

describe('the digits', () => {
  const parts = { browser: 'b', agent: 'a', browserNonce: 'nb', agentNonce: 'na' }

  it('are others where any of both keys and both numbers is', async () => {
    const all = [parts, ...Object.keys(parts).map((name) => ({ ...parts, [name]: 'x' })), { ...parts, browser: 'a', agent: 'b' }]
    const digits = await Promise.all(all.map(digitsOf))
    expect(new Set(digits).size).toBe(all.length)
    expect(digits.filter((one) => !/^\d{6}$/.test(one))).toEqual([])
  })

  it('are all as likely: about a tenth of them begin with each digit', async () => {
    const many = await Promise.all(Array.from({ length: 5_000 }, (_, n) => digitsOf({ ...parts, agentNonce: String(n) })))
    for (let digit = 0; digit < 10; digit += 1) {
      const share = many.filter((one) => one.startsWith(String(digit))).length
      expect(Math.abs(share - 500)).toBeLessThan(120)
    }
  })
})
