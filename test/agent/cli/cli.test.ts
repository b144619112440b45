import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliKey } from '../../../agent/cli/cli-key.ts'
import { openQuietAgent, type QuietAgent } from '../../../agent/cli/quiet-agent.ts'
import { type Server, startServer } from '../../../agent/server/server.ts'
import { createSigner } from '../../../agent/server/sign.ts'
import { agentKey } from '../../../agent/settings/agent-key.ts'
import { placesOf } from '../../../agent/settings/places.ts'
import { openSecrets } from '../../../agent/settings/secrets.ts'
import { openSettings } from '../../../agent/settings/settings.ts'
import { standInWithAccess } from '../../support/start-stand-in.ts'
import { makeWire, ownPageWire, pairedClient, told } from '../server/browser.ts'

type Ended = { code: number | null; out: string; err: string; json: Record<string, unknown> }

let folder: string
let exports: string
let procore: Awaited<ReturnType<typeof standInWithAccess>>

/** The real command line in a process of its own, without a terminal. */
function tieback(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['agent/cli/index.ts', ...args, '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (part) => {
      out += part
    })
    child.stderr.setEncoding('utf8').on('data', (part) => {
      err += part
    })
    child.on('close', (code) =>
      resolve({ code, out, err, json: args.includes('--json') ? (JSON.parse(out || '{}') as Ended['json']) : {} }),
    )
  })
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieback-cli-'))
  exports = join(folder, 'exports')
  mkdirSync(exports)
  procore = await standInWithAccess()
})
afterAll(async () => {
  await procore.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the command line', () => {
  it('lists its commands', async () => {
    const { code, out } = await tieback('--help')
    expect(code).toBe(0)
    for (const name of ['init', 'start', 'status', 'pair', 'sync', 'writing', 'tls', 'doctor', 'backup', 'restore'])
      expect(out).toContain(`  ${name} `)
  })
  it('an unknown command or option is a question of usage', async () => {
    expect((await tieback('begin')).code).toBe(2)
    expect((await tieback('status', '--loud')).code).toBe(2)
  })
  it('without an agent it says how to make one', async () => {
    const { code, err } = await tieback('status')
    expect([code, err]).toEqual([2, expect.stringContaining('tieback init')])
  })
  it('init without a terminal names everything that is missing at once', async () => {
    const { code, err } = await tieback('init', '--erp-company', 'Timberline')
    expect(code).toBe(2)
    expect(err).toBe('Missing: --folder, --procore-company, --procore-name, --client-id, --admin-email, --client-secret.\n')
  })
})

describe('an agent made by flags', () => {
  let quiet: QuietAgent
  let server: Server
  const given = (port: number) => [
    'init',
    '--erp-company',
    'Timberline',
    '--folder',
    exports,
    '--procore-company',
    procore.access.companyId,
    '--procore-name',
    'Ridge Builders',
    '--environment',
    'custom',
    '--api-base',
    procore.access.apiBase,
    '--login-base',
    procore.access.loginBase,
    '--client-id',
    procore.access.clientId,
    '--client-secret',
    procore.access.clientSecret,
    '--admin-name',
    'Robin',
    '--admin-email',
    'robin@example.com',
    '--port',
    String(port),
    '--reading',
    '{"date":"dd/mm/yyyy"}',
  ]

  beforeAll(async () => {
    const made = await tieback(...given(await freePort()), '--json')
    expect([made.code, made.err]).toEqual([0, ''])
  })

  it('has settings, a ledger and a credential nobody can read', async () => {
    const all = ['tieback.json', 'secrets.json', 'cli-key.json'].map((name) => readFileSync(join(folder, name), 'utf8')).join('')
    expect(all).not.toContain(procore.access.clientSecret)
    for (const name of ['secrets.json', 'secrets.key', 'cli-key.json', 'tieback.json'])
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
    expect(readFileSync(join(folder, 'ledger.db')).includes(procore.access.clientSecret)).toBe(false)
  })
  it('watches only, and says so while it does not run', async () => {
    const { code, json } = await tieback('status', '--json')
    expect(code).toBe(3)
    expect(json).toMatchObject({
      running: false,
      total: 0,
      connections: [{ name: 'Books', erpCompany: 'Timberline', company: procore.access.companyId }],
    })
  })
  it('init again changes the connection and keeps its key', async () => {
    const port = (await openSettings(folder))?.data.listen.port ?? 0
    expect((await tieback(...given(port), '--erp-company', 'Timberline South')).err).toContain('another --name')
    await tieback(...given(port), '--reading', '{"date":"dd.mm.yyyy"}')
    const agent = await openQuietAgent(join(folder, 'ledger.db'), 'x', await cliKey(folder))
    const rows = agent.agent.reader.raw.prepare('SELECT key, erp_company, settings_version, settings FROM connections').all()
    agent.close()
    expect(rows).toEqual([expect.objectContaining({ erp_company: 'Timberline', settings_version: 2, key: expect.stringMatching(/^\w+$/) })])
    expect(JSON.parse(String(rows[0]?.['settings']))).toMatchObject({ reading: { date: 'dd.mm.yyyy' }, connector: { path: exports } })
  })
  it('init takes what only the office can say, by name, and refuses what is no setting', async () => {
    const { code, json } = await tieback('init', '--setting', 'amounts.tax=gross', '--setting', 'blast-radius.floor=50', '--json')
    expect([code, json['changed']]).toEqual([
      0,
      [
        { setting: 'amounts.tax', before: null, after: 'gross' },
        { setting: 'blast-radius.floor', before: null, after: 50 },
      ],
    ])
    const taken = await tieback('init', '--setting', 'amounts.tax=', '--setting', 'blast-radius.floor=', '--json')
    expect(taken.json['changed']).toEqual([
      { setting: 'amounts.tax', before: 'gross', after: null },
      { setting: 'blast-radius.floor', before: 50, after: null },
    ])
    expect((await tieback('init', '--setting', 'amounts.tax=brutto')).err).toContain('takes net, gross, unknown')
    expect((await tieback('init', '--setting', 'amounts.vat=net')).err).toContain('is no setting')
  })
  it('init again changes what is said and leaves the rest, and says and writes down what changed', async () => {
    await tieback('init', '--project-management', 'no', '--system', 'sage-300-cre', '--share')
    await tieback('init', '--procore-needs-minutes', '50', '--change-orders', 'reverse', '--reason-when-invoiced', 'no')
    const before = await openQuietAgent(join(folder, 'ledger.db'), 'x', await cliKey(folder))
    await before.call('setApproverSource', { connection: 1, source: 'procore', by: { person: null, origin: 'cli' } })
    before.close()
    const { code, json, err } = await tieback('init', '--change-orders', 'as-known', '--reading', '{"decimal":","}', '--json')
    expect([code, err, json['changed']]).toEqual([
      0,
      '',
      [
        { setting: 'reading.decimal', before: null, after: ',' },
        { setting: 'unlink.changeOrders', before: 'reverse', after: null },
      ],
    ])
    const agent = await openQuietAgent(join(folder, 'ledger.db'), 'x', await cliKey(folder))
    const { raw } = agent.agent.reader
    const settings = JSON.parse(String(raw.prepare('select settings from connections').get()?.['settings']))
    const act = raw.prepare("select before, after from audit where act = 'settings-changed' order by id desc").get()
    agent.close()
    expect(settings).toMatchObject({
      ...{ erp: 'Sage 300 CRE', system: 'sage-300-cre', companyName: 'Ridge Builders', connector: { path: exports, share: true } },
      reading: { date: 'dd.mm.yyyy', decimal: ',' },
      approvers: 'procore',
      procore: { environment: 'custom', clientId: procore.access.clientId, custom: { apiBase: procore.access.apiBase } },
    })
    expect(settings.unlink).toEqual({ projectManagement: 'no', procoreNeedsMinutes: 50, reasonWhenInvoiced: false })
    expect(JSON.parse(String(act?.['before'])).unlink.changeOrders).toBe('reverse')
    expect(JSON.parse(String(act?.['after']))).toEqual(settings)
  })
  it('init again with nothing new changes nothing; what cannot be meant is refused', async () => {
    expect((await tieback('init', '--no-share')).out).toContain('connector.share: true → not set')
    expect((await tieback('init')).out).toContain('None of its settings changed.')
    expect((await tieback('init', '--change-orders', 'burn')).err).toContain('--change-orders is one of delete, reverse, as-known')
    expect((await tieback('init', '--reason-when-invoiced', 'perhaps')).err).toContain('--reason-when-invoiced is one of yes, no')
    expect((await tieback('init', '--procore-needs-minutes', 'soon')).err).toContain('whole minutes')
  })
  it('doctor names and times each step, and finds nothing wrong', async () => {
    const { json } = await tieback('doctor', '--json')
    const steps = json['steps'] as { name: string; ok: boolean; ms: number }[]
    expect(steps.map(({ name }) => name)).toEqual([
      'disk',
      'data folder',
      'ledger',
      'port',
      'folder of Books',
      'clock, by Books',
      'Procore login of Books',
      'first read for Books',
    ])
    expect(json['steps']).toContainEqual(
      expect.objectContaining({ says: '7 projects: about 38 calls, 1 min; 76 calls, 1 min, once every kind of record is exported' }),
    )
    expect(steps.filter(({ ok, name }) => !ok && name !== 'disk')).toEqual([])
  })
  it('doctor says which step is wrong and what to do', async () => {
    const secrets = await openSecrets(folder, 'file')
    await secrets.set('procore:Books', 'wrong')
    rmSync(exports, { recursive: true })
    const { code, out } = await tieback('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/WRONG Procore login of Books .*refused the client id or secret/)
    expect(out).toMatch(/WRONG folder of Books .*cannot be reached/)
    mkdirSync(exports)
    await secrets.set('procore:Books', procore.access.clientSecret)
  })
  it('writing is switched on for one entity, creating only when asked for', async () => {
    expect((await tieback('writing', 'vendors', 'on', '--json')).json).toMatchObject({ entity: 'vendors', writing: true, creating: false })
    expect((await tieback('writing', 'vendors', 'on', '--create', '--json')).json).toMatchObject({ creating: true })
    expect((await tieback('writing', 'vendors', 'off', '--json')).json).toMatchObject({ writing: false, creating: false })
    expect((await tieback('writing', 'people', 'on')).code).toBe(2)
  })
  it('sync needs a running agent', async () => expect((await tieback('sync')).code).toBe(3))
  it('so does the console', async () => expect((await tieback('console', '--print')).code).toBe(3))

  describe('that runs', () => {
    beforeAll(async () => {
      const settings = await openSettings(folder)
      if (!settings) throw new Error('init made no settings')
      const secrets = await openSecrets(folder, 'file')
      quiet = await openQuietAgent(join(folder, 'ledger.db'), 'Practice', await cliKey(folder))
      server = await startServer(
        {
          agent: quiet.agent,
          signer: await createSigner(await agentKey(secrets)),
          onFault: (error) => {
            throw error
          },
        },
        await placesOf(folder, settings.data, secrets, Date.now()),
      )
    })
    afterAll(async () => {
      await server.stop()
      quiet.close()
    })

    it('pair makes a person and a code, with which a browser gets in', async () => {
      const { json } = await tieback('pair', '--name', 'Ada', '--email', 'ada@example.com', '--role', 'viewer', '--json')
      expect(json).toMatchObject({ running: true, addresses: server.urls })
      const client = await pairedClient(server.urls[0] ?? '', String(json['code']), await makeWire())
      expect(told(await client.call('me')).person).toMatchObject({ name: 'Ada', role: 'viewer' })
    })
    it('pairing one’s own browser keeps one’s role, and the last administrator stays one', async () => {
      expect((await tieback('pair', '--name', 'Robin', '--email', 'robin@example.com', '--json')).code).toBe(0)
      const { code, err } = await tieback('pair', '--name', 'Robin', '--email', 'robin@example.com', '--role', 'viewer')
      expect([code, err]).toEqual([1, expect.stringContaining('last administrator')])
      expect((await tieback('writing', 'jobs', 'off', '--json')).code).toBe(0)
    })
    it('console makes a link for the only admin, or for whoever is named; it joins once', async () => {
      const { json } = await tieback('console', '--json')
      const link = new URL(String(json['link']))
      expect([link.origin, link.pathname, json['running']]).toEqual([server.urls[0], '/console/', true])
      const client = await pairedClient(link.origin, link.hash.replace('#join=', ''), await ownPageWire(link.origin))
      expect(told(await client.call('me')).person).toMatchObject({ name: 'Robin', role: 'admin' })
      await expect(pairedClient(link.origin, link.hash.replace('#join=', ''), await ownPageWire(link.origin))).rejects.toThrow('code-wrong')
      expect((await tieback('console', '--email', 'ada@example.com', '--print')).out).toContain('Ada’s console')
      expect(await tieback('console', '--email', 'nobody@example.com', '--print')).toMatchObject({
        code: 2,
        err: expect.stringContaining('nobody@example.com'),
      })
    })
    it('acts are written down as the administrator’s', async () => {
      const row = quiet.agent.reader.raw
        .prepare("SELECT p.name, a.origin FROM audit a JOIN people p ON p.id = a.person WHERE a.act = 'code-made' ORDER BY a.id DESC")
        .get()
      expect(row).toEqual(expect.objectContaining({ name: 'Robin', origin: 'cli' }))
    })
    it('status tells problems in plain words, with what to do next', async () => {
      const columns = { connection: 1, code: 'procore-secret', params: '{}', cause: 'secret', opened_at: 1, seen_at: 1 }
      const { DatabaseSync } = await import('node:sqlite')
      const raw = new DatabaseSync(join(folder, 'ledger.db'))
      raw.prepare(`insert into problems (${Object.keys(columns).join()}) values (?, ?, ?, ?, ?, ?)`).run(...Object.values(columns))
      raw.close()
      const { code, out } = await tieback('status')
      expect(code).toBe(1)
      expect(out).toContain('The agent runs.')
      expect(out).toContain('1 × Procore refused the client id or secret.')
      expect(out).toMatch(/→ Enter them again/)
    })
    it('init leaves it alone', async () => expect((await tieback(...given(1))).err).toContain('Stop it'))
    it('start sees that the port is taken', async () => expect((await tieback('start', '--json')).json).toMatchObject({ started: false }))
    it('another program at its port is told from it', async () => {
      await server.stop()
      const other = await createSigner(await agentKeyOfAnother())
      const settings = await openSettings(folder)
      server = await startServer(
        { agent: quiet.agent, signer: other, onFault: () => {} },
        await placesOf(folder, settings!.data, await openSecrets(folder, 'file'), Date.now()),
      )
      const { code, err } = await tieback('status')
      expect([code, err]).toEqual([1, expect.stringContaining('Another program answers')])
    })
  })

  it('tls init prepares the network, for the names it is told', async () => {
    const { json } = await tieback('tls', 'init', '--name', '127.0.0.2', '--address', '127.0.0.2', '--port', '0', '--json')
    expect(readFileSync(String(json['ca']), 'utf8')).toContain('BEGIN CERTIFICATE')
    const settings = await openSettings(folder)
    expect(settings?.data.listen.lan).toEqual({ address: '127.0.0.2', port: 0, names: ['127.0.0.2'] })
    expect(await placesOf(folder, settings!.data, await openSecrets(folder, 'file'), Date.now())).toMatchObject([
      { address: '127.0.0.1' },
      { address: '127.0.0.2', tls: { cert: expect.any(String) } },
    ])
  })
  it('settings that cannot be used are told by their place', async () => {
    const kept = readFileSync(join(folder, 'tieback.json'), 'utf8')
    writeFileSync(join(folder, 'tieback.json'), kept.replace('"info"', '"loud"'))
    const { code, err } = await tieback('status')
    writeFileSync(join(folder, 'tieback.json'), kept)
    expect([code, err]).toEqual([1, expect.stringContaining('log.level')])
  })
})

async function agentKeyOfAnother() {
  const place = mkdtempSync(join(tmpdir(), 'tieback-other-'))
  try {
    return await agentKey(await openSecrets(place, 'file'))
  } finally {
    rmSync(place, { recursive: true })
  }
}
