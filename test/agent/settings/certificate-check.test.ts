import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGiven, type Given } from '../../../agent/settings/certificate-check.ts'
import { certificatesOf } from '../../../agent/settings/certificate-said.ts'
import { inPieces } from '../../../agent/settings/secrets.ts'
import { reaches } from '../../support/reaches.ts'
import { type Issuer, issued, type Made, officeAuthority } from './certificates.ts'
import { oldPfx, pfx } from './pfx.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const names = ['erp.office.example', '127.0.0.2']
let office: Issuer
beforeAll(async () => {
  office = await officeAuthority(now)
})

const check = (given: Given, wanted: readonly string[] = names) => checkGiven(given, wanted, now)
/** Issued by the office, its authority behind it. */
async function given(made: Made = {}, more: { chain?: string; key?: string; passphrase?: string } = {}): Promise<Given> {
  const { cert, key } = await issued(office, now, made)
  return { pem: cert + (more.chain ?? office.cert), key: more.key ?? key, passphrase: more.passphrase ?? '' }
}
const refused = (answer: Awaited<ReturnType<typeof check>>) => ('refused' in answer ? answer.refused : { code: 'taken', params: {} })

describe('a certificate that is handed in', () => {
  it('is taken with its chain in order, whichever way round it came', async () => {
    const { cert, key } = await issued(office, now)
    const taken = await check({ pem: `${office.cert}\n${cert}`, key, passphrase: '' })
    const subjects = 'server' in taken ? certificatesOf(taken.server).map(({ subject }) => subject) : []
    expect(subjects).toEqual(['CN=erp.office.example', 'CN=Tieback Office CA'])
  })

  it('may come with its key in one file', async () => {
    const { cert, key } = await issued(office, now)
    const file = cert + office.cert + key
    expect(refused(await check({ pem: file, key: file, passphrase: '' })).code).toBe('taken')
  })

  it('with a locked key opens with its passphrase alone', async () => {
    const { cert, key } = await issued(office, now)
    const locked = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' }).toString()
    const taken = await check({ pem: cert + office.cert, key: locked, passphrase: 'sesame' })
    expect('key' in taken && taken.key).toContain('BEGIN PRIVATE KEY')
    const wrong = refused(await check({ pem: cert + office.cert, key: locked, passphrase: 'open' }))
    expect(wrong).toMatchObject({ code: 'certificate-unreadable', params: { found: 'key-locked' } })
  })

  it.each([
    ['no PEM at all', { pem: 'hello', key: 'hello', passphrase: '' }, 'no-certificate'],
    ['no PFX', { pfx: Buffer.from('hello').toString('base64'), passphrase: '' }, 'pfx'],
    ['a PFX that opens with another passphrase', { pfx: pfx.base64, passphrase: 'shut' }, 'pfx-passphrase'],
    ['a PFX locked in an outdated way', { pfx: oldPfx, passphrase: 'open' }, 'pfx-old'],
  ])('is refused where it is %s', async (_, bad, found) => {
    const { code, params } = refused(await check(bad))
    reaches('certificate-unreadable', code)
    expect(params).toEqual({ found })
  })

  it('without a key is refused', async () => {
    expect(refused(await check(await given({}, { key: 'none' })))).toMatchObject({ params: { found: 'no-key' } })
  })

  it('with another’s key is refused', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    reaches('certificate-key', refused(await check(await given({}, { key }))).code)
  })

  it.each([{ days: 0 }, { from: 1, days: 30 }])('that is not valid now is refused (%j)', async (made) => {
    reaches('certificate-ended', refused(await check(await given(made))).code)
  })

  it.each([{ use: '1.3.6.1.5.5.7.3.2' }, { ca: true }])('that is no server’s is refused (%j)', async (made) => {
    reaches('certificate-unfit', refused(await check(await given(made))).code)
  })

  it('that lacks a name browsers use is refused, and says which; a wildcard covers its own level', async () => {
    const missing = refused(await check(await given({ dns: ['other.example'] })))
    reaches('certificate-names', missing.code)
    expect(missing.params).toMatchObject({ names: 'erp.office.example' })
    expect(refused(await check(await given({ dns: ['*.office.example'] }))).code).toBe('taken')
  })

  it('without what stands between it and an authority somebody knows is refused', async () => {
    const missing = refused(await check(await given({}, { chain: '' })))
    reaches('certificate-chain', missing.code)
    expect(missing.params).toMatchObject({ issuer: 'Tieback Office CA' })
  })

  it('as a PFX is taken whole', async () => {
    const taken = await check({ pfx: pfx.base64, passphrase: pfx.passphrase }, ['erp.firm.example', '127.0.0.2'])
    expect('server' in taken && new X509Certificate(taken.server).subject).toBe('CN=erp.firm.example')
  })
})

describe('a secret longer than one entry of the system’s store', () => {
  it('is kept in pieces, and nothing of it stays when it goes', async () => {
    const entries = new Map<string, string>()
    const store = inPieces({
      get: async (name) => entries.get(name) ?? null,
      set: async (name, value) => void entries.set(name, value),
      delete: async (name) => void entries.delete(name),
    })
    const long = 'x'.repeat(3_000) + 'end'
    await store.set('key', long)
    expect(await store.get('key')).toBe(long)
    expect(Math.max(...[...entries.values()].map((one) => one.length))).toBeLessThanOrEqual(1_200)
    await store.set('key', 'short')
    expect([...entries]).toEqual([['key', 'short']])
    await store.set('key', long)
    await store.delete('key')
    expect(entries.size).toBe(0)
  })
})
