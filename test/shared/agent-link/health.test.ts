import { describe, expect, it } from 'vitest'
import { readAddress } from '../../../shared/agent-link/agents.ts'
import { pageProblem, pageState, protocolState, stateOf } from '../../../shared/agent-link/health.ts'
import { openKey } from '../../../shared/agent-link/key.ts'
import type { MeAnswer } from '../../../shared/api/me.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { sayTold } from '../../../shared/words/say-problem.ts'
import { reaches } from '../../support/reaches.ts'

const me = (over: Partial<MeAnswer> = {}): MeAnswer => ({
  agent: 'Practice',
  version: '0.1.0',
  protocol: { min: 1, max: 1 },
  capabilities: [],
  person: { id: '1', name: 'Ada', email: 'ada@example.com', role: 'viewer' },
  companies: [{ id: '4711', name: 'Ridge' }],
  connections: [],
  ...over,
})

const at = (company: string | null, host = 'app.procore.com') => ({ company, host })
const monthly = 'api-sandbox-monthly.procore.com'

/** Serves one company in these environments. */
const serving = (...environments: (string | undefined)[]): MeAnswer =>
  me({
    connections: environments.map((environment, n) => ({
      ...{ id: String(n + 1), name: 'Books', company: '4711', erp: 'Sage', erpCompany: 'R', owner: 'tieback', active: true, writing: [] },
      ...(environment ? { environment } : {}),
    })),
  })

describe('a sandbox with the ids of production', () => {
  it('is not served by an agent of production, nor the other way round', () => {
    const sandbox = { company: '4711', host: monthly }
    expect(pageProblem(serving('production'), sandbox)).toEqual({ code: 'wrong-environment', params: { environment: 'monthly' } })
    reaches('wrong-environment', pageState(serving('production', 'sandbox'), sandbox))
    expect(pageProblem(serving('monthly'), at('4711'))).toEqual({ code: 'wrong-environment', params: { environment: 'production' } })
  })
  it('is not either where the address hides its company', () =>
    expect(pageState(serving('production'), at(null, monthly))).toBe('wrong-environment'))
  it('is served by an agent of both, of its own, of a practice company, or too old to say', () => {
    const told = [serving('production', 'monthly'), serving('monthly'), serving('custom'), serving(undefined)]
    expect(told.map((one) => pageState(one, at('4711', monthly)))).toEqual(['ok', 'ok', 'ok', 'ok'])
  })
  it('is called by its name, with what to do', () => {
    const told = pageProblem(serving('production'), at('4711', monthly)) ?? { code: '' }
    expect(sayTold(wordsFor('de'), told).says).toContain('Procore (monatliche Sandbox)')
    expect(sayTold(wordsFor('en'), told).says).toContain('Procore (monthly sandbox)')
  })
})

describe('how things stand', () => {
  it('well, when the page’s company is served', () => expect(pageState(me(), at('4711'))).toBe('ok'))
  it('another company is named with ours', () => {
    expect(pageProblem(me(), at('9'))).toEqual({ code: 'wrong-company', params: { agent: 'Ridge', page: '9' } })
  })
  it('an address that hides its company fits an agent with one', () => {
    expect(pageState(me(), at(null))).toBe('ok')
    expect(
      pageState(
        me({
          companies: [
            { id: '1', name: 'A' },
            { id: '2', name: 'B' },
          ],
        }),
        at(null),
      ),
    ).toBe('wrong-company')
  })
  it('too old or too new is told before anything else', () => {
    reaches('agent-too-old', protocolState({ min: 1, max: 1 }, { min: 2, max: 3 }))
    reaches('extension-too-old', protocolState({ min: 4, max: 5 }, { min: 2, max: 3 }))
    expect(pageState(me({ protocol: { min: 99, max: 99 } }), at('9'))).toBe('extension-too-old')
  })
  it('a refused call alone leaves the agent well', () => {
    expect([stateOf({ code: 'role-missing' }), stateOf({ code: 'not-paired' })]).toEqual(['ok', 'not-paired'])
  })
})

describe('an address as typed', () => {
  it.each([
    ['erp-server:4712', 'https://erp-server:4712'],
    [' https://ERP-Server:4712/x?y ', 'https://erp-server:4712'],
    ['127.0.0.1:4711', 'http://127.0.0.1:4711'],
    ['localhost:4711', 'http://localhost:4711'],
    ['https://127.0.0.2:4712', 'https://127.0.0.2:4712'],
    ['http://erp-server:4711', null],
    ['ftp://erp-server', null],
    ['', null],
    ['not an address', null],
  ])('%s', (typed, origin) => expect(readAddress(typed)).toBe(origin))
})

describe('the browser’s key', () => {
  it('is made once and cannot be taken out', async () => {
    let kept: CryptoKeyPair | undefined
    const store = {
      read: async () => kept,
      write: async (pair: CryptoKeyPair) => {
        kept = pair
      },
    }
    const first = await openKey(store)
    expect((await openKey(store)).jwk).toEqual(first.jwk)
    await expect(crypto.subtle.exportKey('jwk', first.sign)).rejects.toThrow()
  })
})
