import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import type { ConnectionDraft, TestStepShape } from '../../shared/api/set-up.ts'
import { root } from '../structure/sources.ts'
import { reaches } from '../support/reaches.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { type MadeConnector, startConnector } from '../support/start-connector.ts'
import { type ProcoreAccess, standInWithAccess } from '../support/start-stand-in.ts'

const draftFor = (url: string, key: string, access: ProcoreAccess): ConnectionDraft => ({
  ...{ name: 'Asked books', connector: 'http', erp: 'Own books', erpCompany: 'Practice Civil', owner: 'tieback' },
  fields: { url, key },
  procore: {
    ...{ company: access.companyId, companyName: 'Practice Builders, Inc.', environment: 'custom' },
    ...{ apiBase: access.apiBase, loginBase: access.loginBase, clientId: access.clientId, secret: access.clientSecret },
  },
})

const test = async (agent: RunningAgent, draft: ConnectionDraft, id?: string): Promise<readonly TestStepShape[]> =>
  (await agent.ask('testConnection', { body: { ...(id === undefined ? {} : { id }), draft } })).steps

const refusalOf = (act: Promise<unknown>): Promise<string | null> =>
  act.then(
    () => null,
    ({ code }: { code: string }) => code,
  )

/** Tested, saved and started. */
async function connect(agent: RunningAgent, draft: ConnectionDraft): Promise<string> {
  expect((await test(agent, draft)).filter(({ state }) => state === 'wrong')).toEqual([])
  const { id } = await agent.ask('addConnection', { body: { draft } })
  expect(await agent.ask('setActive', { params: { id }, body: { active: true } })).toMatchObject({ active: true })
  return id
}

/** Asks the connector now, as its schedule does, and waits until it ended. */
async function askNow(agent: RunningAgent, id: string): Promise<string> {
  await agent.until('nothing is asked', async () => !(await agent.ask('schedule')).entries.some(({ running }) => running))
  const { run } = await agent.ask('runNow', { params: { id: `${id}:files` }, body: {} })
  await agent.until('the connector was asked', async () => (await agent.ask('run', { params: { id: run } })).run.endedAt !== null)
  return (await agent.ask('run', { params: { id: run } })).run.state
}

/** The vendors of a connection, those that are gone with a minus before their key. */
const vendors = (agent: RunningAgent, id: string): string[] =>
  agent.ledger
    .rows(
      `select r.key, r.vanished_at, r.content from records r join sources s on s.id = r.source where s.connection = ${Number(id)} order by r.key`,
    )
    .map(({ key, vanished_at, content }) => `${vanished_at === null ? '' : '-'}${key} ${(JSON.parse(String(content)) as string[])[1]}`)

const open = (agent: RunningAgent, id: string): string[] =>
  agent.ledger
    .rows(`select code from problems where closed_at is null and connection = ${Number(id)} order by code`)
    .map(({ code }) => String(code))

const of = (changed: number, vendor: string, name: string): MadeConnector['vendors'][number] => ({
  changed,
  row: { vendor, name, city: 'Portwell' },
})

it('the example of the docs is asked, and what it gives is taken as any export is', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const table = join(agent.home.exports, '..', 'vendors.json')
  const write = (rows: object[]): Promise<void> => writeFile(table, JSON.stringify(rows))
  await write([
    { code: '0012', name: 'Abel, Ltd', city: 'Portwell', changed: 1 },
    { code: 'B7', name: 'Baker', changed: 2 },
  ])
  const sample = spawn(process.execPath, [join(root, 'docs/samples/connector.mjs')], {
    env: { ...process.env, KEY: 'example', PORT: '0', TABLE: table },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(createInterface({ input: sample.stdout }), 'line')) as [string]
    const draft = draftFor(`http://127.0.0.1:${line.split(' ').at(-1)}`, 'example', standIn.access)
    const steps = await test(agent, draft)
    expect(steps.slice(0, 3).map(({ step, state, values }) => [step, state, values])).toEqual([
      ['describe', 'ok', { name: 'Vendor table', count: 1 }],
      ['connector', 'ok', undefined],
      ['first-page', 'ok', { entity: 'vendors', count: 2 }],
    ])
    const id = await connect(agent, draft)
    await agent.until('it was asked as soon as it ran', () => vendors(agent, id).length === 2)
    expect(vendors(agent, id)).toEqual(['0012 Abel, Ltd', 'B7 Baker'])
    const { entries } = await agent.ask('schedule')
    expect(entries.find((one) => one.id === `${id}:files`)?.when).toBe('60')

    await write([
      { code: '0012', name: 'Abel, Ltd', city: 'Portwell', changed: 1 },
      { code: 'B7', name: 'Baker & Sons', changed: 3 },
    ])
    expect(await askNow(agent, id)).toBe('done')
    expect(vendors(agent, id)).toEqual(['0012 Abel, Ltd', 'B7 Baker & Sons'])
    expect(open(agent, id)).toEqual([])
    // Its key is nowhere but in the agent's store.
    expect(JSON.stringify(agent.ledger.rows('select settings from connections'))).not.toContain('example"')
    expect(JSON.stringify(await agent.ask('connections'))).not.toContain('"key"')
  } finally {
    sample.kill()
    await once(sample, 'exit')
  }
})

it('only what changed is asked for, from where the last good take ended; only all of it shows what is gone', async () => {
  await using standIn = await standInWithAccess()
  await using made = await startConnector()
  await using agent = await startAgent({ access: standIn.access })
  made.vendors = [of(1, 'A', 'Abel'), of(2, 'B', 'Baker'), of(3, 'C', 'Clark')]
  made.pageRows = 2
  const id = await connect(agent, draftFor(made.url, 'right', standIn.access))
  await agent.until('it is read', () => vendors(agent, id).length === 3)
  const reads = (): unknown[] => made.calls.filter(({ operation }) => operation === 'read').map(({ body }) => [body['since'], body['page']])
  await agent.until('the first read is over', async () => !(await agent.ask('schedule')).entries.some(({ running }) => running))
  expect(reads().slice(-2)).toEqual([
    [null, null],
    [null, '2'],
  ])

  // Nothing new: known as of now all the same.
  const asOf = (): number =>
    Number(agent.ledger.rows(`select as_of from sources where connection = ${Number(id)} and entity = 'vendors'`)[0]?.['as_of'])
  const before = asOf()
  expect(await askNow(agent, id)).toBe('done')
  expect([reads().at(-1), asOf() > before, vendors(agent, id).length]).toEqual([['3', null], true, 3])

  // What an admin says of whole exports says nothing of a part.
  await agent.ask('setComplete', { params: { id }, body: { entity: 'vendors', always: true } })
  for (const changed of [4, 5]) {
    made.vendors[0] = of(changed, 'A', `Abel ${changed}`)
    await askNow(agent, id)
  }
  expect(vendors(agent, id)).toEqual(['A Abel 5', 'B Baker', 'C Clark'])
  await agent.ask('setComplete', { params: { id }, body: { entity: 'vendors', always: false } })

  // A row that cannot be read is asked for again, until it can.
  made.vendors.push({ changed: 6, row: { vendor: '', name: 'Nobody', city: null } })
  await askNow(agent, id)
  await askNow(agent, id)
  expect([reads().at(-1), open(agent, id)]).toEqual([['5', null], ['key-missing']])
  made.vendors[3] = of(7, 'D', 'Dean')
  await askNow(agent, id)
  expect([vendors(agent, id).at(-1), open(agent, id)]).toEqual(['D Dean', []])

  // Other fields: all of it is read anew, and B is not there any more.
  made.vendors.splice(1, 1)
  made.fields = ['vendor', 'name', 'city', 'state']
  await askNow(agent, id)
  expect(reads().at(-1)).toEqual([null, '2'])
  expect(vendors(agent, id)).toEqual(['A Abel 5', '-B Baker', 'C Clark', 'D Dean'])
  expect(open(agent, id)).toEqual([])
})

it('one that is down, answers otherwise than agreed or refuses its key is a problem, over by itself; nothing known is lost', async () => {
  await using standIn = await standInWithAccess()
  await using made = await startConnector()
  await using elsewhere = await startConnector()
  await using agent = await startAgent({ access: standIn.access })
  made.vendors = [of(1, 'A', 'Abel')]
  const id = await connect(agent, draftFor(made.url, 'right', standIn.access))
  await agent.until('it is read', () => vendors(agent, id).length === 1)
  await agent.until('the first read is over', async () => !(await agent.ask('schedule')).entries.some(({ running }) => running))
  const meets = async (instead: MadeConnector['instead']): Promise<string[]> => {
    made.instead = instead
    expect(await askNow(agent, id)).toBe('failed')
    return open(agent, id)
  }
  const read = (body: unknown) => meets({ read: { status: 200, body } })

  reaches('connector-silent', await meets({ describe: { status: 503, body: {} } }))
  reaches('connector-answer', await meets({ describe: { status: 302, body: {}, headers: { Location: `${elsewhere.url}/describe` } } }))
  expect(elsewhere.calls).toEqual([])
  expect(await meets({ read: { status: 200, body: 'no JSON' } })).toEqual(['connector-answer'])
  expect(await read({ rows: [{ vendor: 'A', name: 12 }], cursor: '9' })).toEqual(['connector-answer'])
  expect(await read({ rows: [{ vendor: 'A', colour: 'red' }], cursor: '9' })).toEqual(['connector-answer'])
  expect(await read({ rows: [], page: '1' })).toEqual(['connector-answer'])
  expect(await read({ rows: [{ vendor: 'A', name: 'Abel' }], cursor: '9', complete: true })).toEqual(['connector-answer'])
  made.fields = ['vendor', 'nmae']
  reaches('connector-field', await meets({}))
  made.fields = ['vendor', 'name', 'city']
  made.key = 'another'
  reaches('connector-key', await meets({}))

  made.key = 'right'
  made.instead = {}
  expect(await askNow(agent, id)).toBe('done')
  expect([open(agent, id), vendors(agent, id)]).toEqual([[], ['A Abel']])

  // Complete, and not as many rows as it says: nothing of it is taken.
  made.instead = { read: { status: 200, body: { rows: [{ vendor: 'B', name: 'Baker' }], cursor: '9', complete: true, total: 2 } } }
  await askNow(agent, id)
  expect([open(agent, id), vendors(agent, id)]).toEqual([['manifest-mismatch'], ['A Abel']])
})

it('its test names what is wrong, and its key goes to the address it was entered for alone', async () => {
  await using standIn = await standInWithAccess()
  await using made = await startConnector()
  await using elsewhere = await startConnector()
  await using agent = await startAgent({ access: standIn.access })
  const draft = draftFor(made.url, 'right', standIn.access)
  const at = (url: string): ConnectionDraft => ({ ...draft, fields: { ...draft.fields, url } })
  const wrong = async (of: ConnectionDraft) =>
    (await test(agent, of)).filter(({ state }) => state === 'wrong').map(({ step, problem }) => [step, problem?.code])

  for (const url of ['http://erp.example/tieback', 'https://me:secret@erp.example/', 'https://erp.example/?key=1', 'ftp://127.0.0.1/'])
    expect([url, await refusalOf(test(agent, at(url)))]).toEqual([url, 'field-wrong'])
  expect(await refusalOf(test(agent, { ...draft, fields: { url: made.url } }))).toBe('field-missing')
  expect(await wrong({ ...draft, fields: { ...draft.fields, key: 'wrong' } })).toEqual([['describe', 'connector-key']])
  made.instead = { test: { status: 200, body: { ok: false, says: 'The database is closed.' } } }
  reaches('connector-erp', (await wrong(draft)).flat())
  made.instead = {}

  const id = await connect(agent, draft)
  const known = (await agent.ask('connections')).connections.find((one) => one.id === id)?.draft
  if (!known) throw new Error('It was not kept.')
  expect(known.fields).toEqual({ url: made.url })
  expect(await wrong(known).catch(({ code }: { code: string }) => code)).toBe('field-missing')
  expect((await test(agent, known, id)).filter(({ state }) => state === 'wrong')).toEqual([])
  expect(await refusalOf(test(agent, { ...known, fields: { url: elsewhere.url } }, id))).toBe('field-missing')
  expect(elsewhere.calls).toEqual([])

  made.key = 'another'
  const changed = { ...known, fields: { ...known.fields, key: 'another' } }
  await test(agent, changed, id)
  await agent.ask('changeConnection', { params: { id }, body: { draft: changed } })
  expect(agent.ledger.rows('select act from audit order by id desc limit 1')).toEqual([{ act: 'connector-secret-changed' }])
  expect(await askNow(agent, id)).toBe('done')
})
