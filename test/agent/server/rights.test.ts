import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directorySeen, membersSeen } from '../../../agent/ledger/people-asked.ts'
import { putWatch, watchOn } from '../../../agent/ledger/watches.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import type { Role } from '../../../shared/pairing.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let connection: number
let record: number
const by = { person: null, origin: 'cli' }
const body = { forecast: 'forged', reason: 'because' }

beforeAll(async () => {
  made = await makeAgent()
  connection = await made.connection()
  record = await made.link(connection, {
    entity: 'commitments',
    key: 'SC-1',
    type: 'work-order-contract',
    id: '71',
    state: 'synced',
    project: '9',
  })
  await made.link(connection, { entity: 'jobs', key: 'J', type: 'project', id: '9', state: 'synced' })
})
afterAll(() => made.stop())

const idOf = (email: string): number => Number(made.agent.reader.raw.prepare('select id from people where email = ?').get(email)?.['id'])

/** A browser of somebody of their own. */
async function somebody(
  name: string,
  role: Role,
  { scope = null, approver = false }: { scope?: string[] | null; approver?: boolean } = {},
) {
  const email = `${name}@example.com`
  const client = await clientOf(made, role, scope, email)
  await made.agent.write('setApprover', { person: idOf(email), granted: approver, by })
  return client
}
const ask = (client: Client, id = String(record)) => client.call('unlink', { params: { id }, body })
const acts = (act: string) =>
  made.agent.reader.raw
    .prepare(
      'select p.email, a.origin, a.browser, a.after from audit a left join people p on p.id = a.person where a.act = ? order by a.id',
    )
    .all(act)
    .map((row) => ({ ...row, after: JSON.parse(String(row['after'])) }))
const lastRefusal = () => acts('unlink-refused').at(-1)

describe('a forged unlink', () => {
  it('by a viewer is refused for the role, and written down', async () => {
    expect(codeOf(await ask(await somebody('victor', 'viewer', { approver: true })))).toBe('role-missing')
    expect(lastRefusal()).toMatchObject({ email: 'victor@example.com', after: { missing: 'role-missing', role: 'accountant' } })
  })

  it('is told with the browser it came from: both have the same origin', async () => {
    const [one, two] = [await somebody('twin-one', 'viewer'), await somebody('twin-two', 'viewer')]
    const told = []
    for (const client of [one, two]) {
      await ask(client)
      told.push(lastRefusal() as { origin: string; browser: string } | undefined)
    }
    const keys = told.map((act) => JSON.parse(act?.browser ?? '{}') as { key?: string; label?: string })
    expect(new Set(told.map((act) => act?.origin)).size).toBe(1)
    expect(keys.map(({ label }) => label)).toEqual(['Chromium on PC-7', 'Chromium on PC-7'])
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2)
  })

  it.each<Role>(['accountant', 'admin'])('by an %s without the right is refused for the right', async (role) => {
    expect(codeOf(await ask(await somebody(`no-right-${role}`, role)))).toBe('approver-missing')
    expect(lastRefusal()).toMatchObject({ email: `no-right-${role}@example.com`, after: { missing: 'approver-missing' } })
  })

  it('of an item outside the person’s projects is refused for the project', async () => {
    const client = await somebody('other-project', 'accountant', { scope: ['8'], approver: true })
    expect(codeOf(await ask(client))).toBe('scope-missing')
    expect(codeOf(await ask(client, 'work-order-contract:71'))).toBe('scope-missing')
    expect(lastRefusal()?.after).toEqual({ missing: 'scope-missing', project: '9' })
  })

  it('of an item nobody here knows, as another company’s, finds nothing and writes nothing', async () => {
    const client = await somebody('stranger', 'accountant', { approver: true })
    const before = acts('unlink-refused').length
    for (const id of ['99999', 'work-order-contract:562949953421999', 'nonsense'])
      reaches(id.startsWith('work') ? 'not-linked' : 'no-such-link', codeOf(await ask(client, id)))
    expect(acts('unlink-refused')).toHaveLength(before)
  })

  it('does not get through with every right either: the forecast it names holds no more', async () => {
    const reply = told(await ask(await somebody('approver', 'accountant', { approver: true })))
    expect(reply.outcome).not.toBe('unlinked')
    expect(acts('unlink-asked')).toEqual([])
  })

  it('ends with the right: revoked, the next call is refused', async () => {
    const client = await somebody('once', 'accountant', { approver: true })
    expect(codeOf(await ask(client))).toBe('no problem')
    await made.agent.write('setApprover', { person: idOf('once@example.com'), granted: false, by })
    expect(codeOf(await ask(client))).toBe('approver-missing')
  })
})

describe('what Procore says of a person', () => {
  const said = (email: string, of: { id: string | null; active?: boolean | null; accountant?: boolean | null }) =>
    made.transact((tx) =>
      directorySeen(tx, { connection, people: [{ person: idOf(email), active: true, accountant: null, ...of }], at: made.clock.ms }),
    )

  it('suspends who is inactive there: the key is refused and told why, until they are active again', async () => {
    const client = await somebody('former', 'accountant', { approver: true })
    await said('former@example.com', { id: '5', active: false })
    expect(codeOf(await client.call('me'))).toBe('person-suspended')
    expect(codeOf(await client.call('status', { body: { company: '4711', items: [] } }))).toBe('person-suspended')
    expect(acts('status-refused')).toEqual([]) // open pages ask all day: looking is no act
    expect(codeOf(await ask(client))).toBe('person-suspended')
    expect(lastRefusal()).toMatchObject({ email: 'former@example.com', after: { missing: 'person-suspended' } })
    await said('former@example.com', { id: '5', active: true })
    expect(codeOf(await client.call('me'))).toBe('no problem')
    expect([acts('person-suspended').length, acts('person-resumed').length]).toEqual([1, 1])
  })

  it('shows nobody a project that does not list them, and lets them act on none', async () => {
    const client = await somebody('elsewhere', 'accountant', { approver: true })
    await said('elsewhere@example.com', { id: '6' })
    const seen = async () => {
      const items = [{ type: 'work-order-contract' as const, id: '71', project: '9' }]
      return told(await client.call('status', { body: { company: '4711', items } })).items.length
    }
    expect(await seen()).toBe(1) // the project was not asked about yet
    await made.transact((tx) => membersSeen(tx, { connection, project: '9', ids: ['1', '2'], at: made.clock.ms }))
    expect(await seen()).toBe(0)
    expect(codeOf(await ask(client))).toBe('not-on-project')
    await made.transact((tx) => membersSeen(tx, { connection, project: '9', ids: ['1', '6'], at: made.clock.ms }))
    expect(await seen()).toBe(1)
    expect(codeOf(await ask(client))).toBe('no problem')
  })

  it('decides who is an approver where the connection says so, and /me tells it with its time', async () => {
    const client = await somebody('flagged', 'accountant')
    const mine = async () => told(await client.call('me')).connections[0]?.approver
    expect(await mine()).toEqual({ source: 'tieback', granted: false, asOf: null })
    await made.agent.write('setApproverSource', { connection, source: 'procore', by })
    expect(await mine()).toEqual({ source: 'procore', granted: null, asOf: null })
    expect(codeOf(await ask(client))).toBe('approver-unknown')
    await said('flagged@example.com', { id: '7', accountant: true })
    expect(await mine()).toEqual({ source: 'procore', granted: true, asOf: new Date(made.clock.ms).toISOString() })
    expect(codeOf(await ask(client))).toBe('no problem')
    await said('flagged@example.com', { id: '7', accountant: false })
    expect(codeOf(await ask(client))).toBe('approver-missing-procore')
    await said('flagged@example.com', { id: null, active: null })
    expect(await mine()).toMatchObject({ granted: false })
    await made.agent.write('setApproverSource', { connection, source: 'tieback', by })
  })
})

describe('granting', () => {
  it('is an admin’s alone, and written down with who was refused', async () => {
    const [accountant, admin] = [await somebody('climber', 'accountant'), await somebody('boss', 'admin')]
    const grant = (client: Client) =>
      client.call('setApprover', { params: { id: String(idOf('climber@example.com')) }, body: { granted: true } })
    expect(codeOf(await grant(accountant))).toBe('role-missing')
    expect(acts('setApprover-refused').at(-1)).toMatchObject({
      email: 'climber@example.com',
      after: { missing: 'role-missing', role: 'admin' },
    })
    expect(told(await grant(admin))).toEqual({ approver: true })
    expect(acts('approver-granted').at(-1)).toMatchObject({ email: 'boss@example.com', after: true })
    const people = told(await admin.call('people')).people
    expect(people.find(({ email }) => email === 'climber@example.com')?.approver).toBe(true)
  })
})

describe('why an action is not there', () => {
  it('is answered link by link, also for an item nothing is tied to; an action nobody knows is refused', async () => {
    const client = await somebody('curious', 'viewer')
    const why = (id: string, action: string) => client.call('why', { params: { id }, query: { action: action as 'unlink' } })
    const { chain } = told(await why(String(record), 'unlink'))
    expect(chain.map(({ step, says }) => `${step} ${says}`)).toEqual([
      ...['signed-in yes', 'role no', 'project unknown', 'approver no', 'linked no'],
    ])
    expect(chain.find(({ step }) => step === 'approver')?.who).toBe('erp-admin')
    expect(told(await why('work-order-contract:404', 'send')).chain.find(({ step }) => step === 'status')?.says).toBe('unknown')
    expect(codeOf(await why(String(record), 'delete'))).toBe('request-refused')
  })

  it('is not told of another’s project', async () => {
    const client = await somebody('outside', 'accountant', { scope: ['8'] })
    expect(codeOf(await client.call('why', { params: { id: String(record) }, query: { action: 'unlink' } }))).toBe('no-such-link')
  })
})

type Forged = { call: (client: Client, id: string) => Promise<string>; act: string; route: string }
/** Every act on links beside the single unlink: what it was refused with, the act that is kept, and the one the guard keeps. */
const forged: [string, Forged][] = [
  [
    'relink',
    { call: async (client, id) => codeOf(await client.call('relink', { params: { id }, body: {} })), act: 'relink', route: 'relink' },
  ],
  ['watch', { call: async (client, id) => codeOf(await client.call('watch', { params: { id }, body: {} })), act: 'watch', route: 'watch' }],
  [
    'end of a watch',
    { call: async (client, id) => codeOf(await client.call('unwatch', { params: { id } })), act: 'watch', route: 'unwatch' },
  ],
  [
    'batch',
    {
      call: async (client, id) => {
        const reply = await client.call('askUnlinks', { body: { entries: [{ link: id, forecast: 'forged' }], reason: 'because' } })
        return 'problem' in reply ? reply.problem.code : (reply.value.entries[0]?.problem?.code ?? 'no problem')
      },
      act: 'unlink',
      route: 'askUnlinks',
    },
  ],
]

/** Puts a watch of somebody's on the record. */
async function watchedBy(name: string): Promise<void> {
  await somebody(name, 'accountant', { approver: true })
  const [since, until] = [made.clock.ms, made.clock.ms + 86_400_000]
  const by = { person: idOf(`${name}@example.com`), key: 1, origin: 'cli' }
  await made.transact((tx) => putWatch(tx, { ...by, record, reason: null, since, until }))
}

describe.each(forged)('a forged %s', (name, { call, act, route }) => {
  /** Of another company, in a project of its own. */
  let foreign: number
  const all = (sql: string) => made.agent.reader.raw.prepare(sql).all()
  const written = () => [
    all('select record, op, state from outbox'),
    all('select record, state from links'),
    watchOn(made.agent.reader.raw, record),
  ]

  beforeAll(async () => {
    const other = await made.connection(`of ${name}`)
    foreign = await made.link(other, {
      ...{ entity: 'commitments', key: 'X-1', type: 'work-order-contract', id: `8${route}`, state: 'synced', project: '77' },
    })
    await watchedBy(`setter-${route}`)
  })

  it('by a viewer is refused for the role, and written down', async () => {
    const [client, before] = [await somebody(`viewer-${route}`, 'viewer', { approver: true }), written()]
    expect(await call(client, String(record))).toBe('role-missing')
    const kept = { email: `viewer-${route}@example.com`, after: { missing: 'role-missing', role: 'accountant' } }
    expect(acts(`${route}-refused`).at(-1)).toMatchObject(kept)
    expect(written()).toEqual(before)
  })

  it('without the right is refused for the right, and written down', async () => {
    const [client, before] = [await somebody(`right-${route}`, 'accountant'), written()]
    expect(await call(client, String(record))).toBe('approver-missing')
    expect(acts(`${act}-refused`).at(-1)).toMatchObject({ email: `right-${route}@example.com`, after: { missing: 'approver-missing' } })
    expect(written()).toEqual(before)
  })

  it('of another project’s or another company’s record is refused for the project, however it is named, and written down', async () => {
    const [client, before] = [await somebody(`scope-${route}`, 'accountant', { scope: ['8'], approver: true }), written()]
    const named = [
      ...([
        [String(record), '9'],
        ['work-order-contract:71', '9'],
      ] as const),
      ...([
        [String(foreign), '77'],
        [`work-order-contract:8${route}`, '77'],
      ] as const),
    ]
    for (const [id, project] of named) {
      const count = acts(`${act}-refused`).length
      expect(await call(client, id)).toBe('scope-missing')
      const kept = acts(`${act}-refused`).slice(count)
      expect(kept).toMatchObject([{ email: `scope-${route}@example.com`, after: { missing: 'scope-missing', project } }])
    }
    expect(written()).toEqual(before)
  })

  it('by somebody Procore’s directory lacks is refused for the project, and written down', async () => {
    const [client, before] = [await somebody(`left-${route}`, 'accountant', { approver: true }), written()]
    const person = { person: idOf(`left-${route}@example.com`), id: null, active: null, accountant: null }
    await made.transact((tx) => directorySeen(tx, { connection, people: [person], at: made.clock.ms }))
    expect(await call(client, String(record))).toBe('not-on-project')
    expect(acts(`${act}-refused`).at(-1)).toMatchObject({ email: `left-${route}@example.com`, after: { missing: 'not-on-project' } })
    expect(written()).toEqual(before)
  })

  it('of an item nobody here knows finds nothing and writes nothing', async () => {
    const [client, before] = [await somebody(`stranger-${route}`, 'accountant', { approver: true }), written()]
    const count = acts(`${act}-refused`).length
    for (const id of ['99999', 'work-order-contract:562949953421999', 'nonsense']) {
      const said = await call(client, id)
      // An item that nothing is tied to could be of any of the companies served here; a batch tells it as one that is not there.
      expect(said).toBe(id.includes(':') && route !== 'askUnlinks' ? 'wrong-company' : 'no-such-link')
    }
    expect(acts(`${act}-refused`)).toHaveLength(count)
    expect(written()).toEqual(before)
  })
})

it('a watch somebody else set is ended by an approver, once', async () => {
  await watchedBy('setter')
  const client = await somebody('ender', 'accountant', { approver: true })
  const end = async () => told(await client.call('unwatch', { params: { id: String(record) } }))
  expect([await end(), await end()]).toEqual([{ cancelled: true }, { cancelled: false }])
  expect(acts('watch-cancelled')).toMatchObject([{ email: 'ender@example.com', after: { code: 'asked' } }])
})
