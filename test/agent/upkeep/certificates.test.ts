import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { connect } from 'node:tls'
import { Hono } from 'hono'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { ledgerCommands } from '../../../agent/ledger/commands.ts'
import { type Listening, listen } from '../../../agent/server/listen.ts'
import { issueServer, makeAuthority } from '../../../agent/server/tls.ts'
import { serverTls } from '../../../agent/settings/certificates.ts'
import { openSecrets } from '../../../agent/settings/secrets.ts'
import { defaultSettings, makeSettings, openSettings } from '../../../agent/settings/settings.ts'
import { type CertificateParts, certificatesOf } from '../../../agent/upkeep/certificates.ts'
import { reaches } from '../../support/reaches.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { issued, officeAuthority } from '../settings/certificates.ts'
import { pfx } from '../settings/pfx.ts'

const by = { person: null, origin: 'cli' }
const dayMs = 86_400_000
const names = ['erp.office.example', '127.0.0.2']
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** Certificates of an agent with a real place to listen at. */
async function made(lan: string[] | null = null) {
  const ledger = await openLedger()
  const folder = dirname(ledger.path)
  const port = await free()
  const secrets = await openSecrets(folder, 'file')
  await makeSettings(folder, { ...defaultSettings(), listen: { port: 0, lan: lan && { address: '127.0.0.2', port, names: lan } } })
  const clock = { now: Date.now() }
  const commands = ledgerCommands(kinds)
  const call = (async (name: 'certificateSet', input: never) =>
    ledger.transact((tx) => commands[name](tx, input))) as CertificateParts['writer']['call']
  let there: Listening | undefined
  const overTls: CertificateParts['overTls'] = async (at) => {
    if (there && at.tls) return there.use(at.tls)
    there = await listen(new Hono(), { ...at, address: '127.0.0.2' })
    stops.push(there.close)
  }
  const certificates = certificatesOf({ folder, secrets, now: () => clock.now, writer: { call }, overTls })
  const ask = { names, port, from: 'cli', by }
  const codes = () =>
    ledger.raw
      .prepare('select code, cause from problems where closed_at is null')
      .all()
      .map(({ cause }) => cause)
  const acts = () =>
    ledger.raw
      .prepare('select act from audit order by id')
      .all()
      .map(({ act }) => act)
  return { ...ledger, folder, secrets, clock, certificates, ask, port, codes, acts }
}

function free(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.2', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

/** What a browser that comes now is shown. */
const shown = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.2', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '')
      socket.destroy()
    })
    socket.on('error', reject)
  })
const ok = <T>(outcome: { ok: T } | { refused: { code: string } }): T => {
  if ('refused' in outcome) throw new Error(outcome.refused.code)
  return outcome.ok
}
const code = (outcome: { ok: unknown } | { refused: { code: string } }): string => ('refused' in outcome ? outcome.refused.code : 'none')

describe('the certificate on the network', () => {
  it('is made, replaced by one that is handed in, and gone back from, each at once; no key leaves the secrets', async () => {
    const one = await made()
    expect(await one.certificates.told()).toMatchObject({ lan: null, certificate: null, authority: null, before: null })
    const own = ok(await one.certificates.own(one.ask))
    expect(own).toMatchObject({ lan: { names, port: one.port }, certificate: { how: 'own', names }, before: null })
    expect(await shown(one.port)).toBe(own.certificate?.fingerprint)
    expect(new X509Certificate(own.authority?.pem ?? '').subject).toMatch(/^CN=Tieback /)

    const office = await officeAuthority(one.clock.now)
    const { cert, key } = await issued(office, one.clock.now)
    const given = ok(await one.certificates.given({ pem: cert + office.cert, key, passphrase: '' }, one.ask))
    expect(given).toMatchObject({ certificate: { how: 'given', issuer: 'Tieback Office CA' }, authority: null, renewsAt: null })
    expect(given.before?.fingerprint).toBe(own.certificate?.fingerprint)
    expect(await shown(one.port)).toBe(given.certificate?.fingerprint)
    // A start serves it too, however near its end it is.
    expect(await serverTls(one.folder, one.secrets, names, one.clock.now + 80 * dayMs)).toMatchObject({
      cert: expect.stringContaining(cert.trim()),
    })

    const back = ok(await one.certificates.back(one.ask))
    expect([back.certificate?.fingerprint, back.before?.fingerprint]).toEqual([
      own.certificate?.fingerprint,
      given.certificate?.fingerprint,
    ])
    expect(await shown(one.port)).toBe(own.certificate?.fingerprint)
    expect(back.authority).toEqual(own.authority)
    expect(one.acts()).toEqual(['certificate-made', 'certificate-given', 'certificate-back'])

    const files = ['tls/server.crt', 'tls/ca.crt', 'tls/previous.json', 'secrets.json', 'tieback.json'].map((name) =>
      readFileSync(join(one.folder, name), 'utf8'),
    )
    const told = [...files, JSON.stringify([own, given, back]), JSON.stringify(one.raw.prepare('select * from audit').all())]
    expect(told.filter((text) => text.includes('PRIVATE KEY'))).toEqual([])
  })

  it('comes as a PFX too, and is served from it', async () => {
    const one = await made()
    const given = ok(
      await one.certificates.given(
        { pfx: pfx.base64, passphrase: pfx.passphrase },
        { ...one.ask, names: ['erp.firm.example', '127.0.0.2'] },
      ),
    )
    expect(given.certificate).toMatchObject({ subject: 'erp.firm.example', how: 'given' })
    expect(await shown(one.port)).toBe(given.certificate?.fingerprint)
    expect((await openSettings(one.folder))?.data.listen.lan?.names).toEqual(['erp.firm.example', '127.0.0.2'])
  })

  it('keeps the keys of what can be gone back to, and no others', async () => {
    const one = await made()
    const kept = (): number =>
      (JSON.parse(readFileSync(join(one.folder, 'secrets.json'), 'utf8')) as object)
        ? Object.keys(JSON.parse(readFileSync(join(one.folder, 'secrets.json'), 'utf8'))).length
        : 0
    for (let times = 0; times < 4; times++) ok(await one.certificates.own(one.ask))
    expect(kept()).toBe(4)
    ok(await one.certificates.back(one.ask))
    expect(kept()).toBe(4)
  })

  it('of an agent before this one, its keys under their former names, is served and can be gone back to', async () => {
    const one = await made(names)
    const authority = await makeAuthority('Practice', names, one.clock.now)
    const server = await issueServer(authority, names, one.clock.now)
    await one.secrets.set('tls-authority-key', authority.key)
    await one.secrets.set('tls-server-key', server.key)
    const { mkdirSync, writeFileSync } = await import('node:fs')
    mkdirSync(join(one.folder, 'tls'))
    writeFileSync(join(one.folder, 'tls', 'ca.crt'), authority.cert)
    writeFileSync(join(one.folder, 'tls', 'server.crt'), server.cert)
    expect(await serverTls(one.folder, one.secrets, names, one.clock.now)).toEqual(server)
    ok(await one.certificates.own(one.ask))
    expect(ok(await one.certificates.back(one.ask)).certificate?.fingerprint).toBe(new X509Certificate(server.cert).fingerprint256)
  })

  it('is not changed by what is refused', async () => {
    const one = await made()
    reaches('certificate-name', code(await one.certificates.own({ ...one.ask, names: ['https://erp'] })))
    reaches('certificate-shuts-out', code(await one.certificates.own({ ...one.ask, from: 'https://10.1.2.3:4712' })))
    expect(code(await one.certificates.own({ ...one.ask, from: 'https://127.0.0.2:4712' }))).toBe('none')
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.2', resolve))
    onTestFinished(() => void taken.close())
    const other = await made()
    const address = taken.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    reaches('certificate-port', code(await other.certificates.own({ ...other.ask, port })))
    expect(existsSync(join(other.folder, 'tls'))).toBe(false)
    expect(Object.keys(JSON.parse(readFileSync(join(other.folder, 'secrets.json'), 'utf8')))).toEqual([])
    expect(code(await other.certificates.back(other.ask))).toBe('request-refused')
  })
})

describe('the end of a certificate', () => {
  it('of the agent’s own comes never: 30 days before, it is renewed by the authority browsers trust', async () => {
    const one = await made()
    const { certificate, authority, renewsAt } = ok(await one.certificates.own(one.ask))
    one.clock.now = Date.parse(renewsAt ?? '') - dayMs
    await one.certificates.look()
    expect(await shown(one.port)).toBe(certificate?.fingerprint)
    one.clock.now += 2 * dayMs
    await one.certificates.look()
    const renewed = await one.certificates.told()
    expect(renewed.authority).toEqual(authority)
    expect(Date.parse(renewed.certificate?.until ?? '') - one.clock.now).toBeGreaterThan(390 * dayMs)
    expect(await shown(one.port)).toBe(renewed.certificate?.fingerprint)
    expect([one.acts().at(-1), one.codes()]).toEqual(['certificate-renewed', []])
  })

  it('of one that was handed in is told 30, 14 and 3 days before, each time anew, until another is served', async () => {
    const one = await made()
    const office = await officeAuthority(one.clock.now)
    const give = async (days: number) => {
      const { cert, key } = await issued(office, one.clock.now, { days })
      return ok(await one.certificates.given({ pem: cert + office.cert, key, passphrase: '' }, one.ask))
    }
    const { certificate } = await give(60)
    const ends = Date.parse(certificate?.until ?? '')
    const told: string[][] = []
    for (const left of [31, 29, 20, 13, 2, -1]) {
      one.clock.now = ends - left * dayMs
      await one.certificates.look()
      told.push(one.codes().map(String))
    }
    expect(told).toEqual([
      [],
      ['certificate-ends 30'],
      ['certificate-ends 30'],
      ['certificate-ends 14'],
      ['certificate-ends 3'],
      ['certificate-ends 3'],
    ])
    reaches(
      'certificate-ends',
      one.raw
        .prepare('select code from problems where closed_at is null')
        .all()
        .map(({ code: open }) => open),
    )
    expect(one.events.filter(({ kind }) => kind === 'problem-opened').length).toBe(3)
    await give(60)
    await one.certificates.look()
    expect(one.codes()).toEqual([])
  })
})
