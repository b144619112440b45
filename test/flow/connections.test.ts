import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { askBySheet } from '../../shared/agent-link/handing-in.ts'
import type { AskedDraft, ConnectionDraft, TestStepShape } from '../../shared/api/set-up.ts'
import { codeOf, ownPageWire, told } from '../agent/server/browser.ts'
import { reaches } from '../support/reaches.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { type ProcoreAccess, standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf } from './books.ts'

/** Of another ERP company, in a folder of its own beside the first one's. */
async function secondBooks(agent: RunningAgent, access: ProcoreAccess): Promise<ConnectionDraft> {
  const path = join(agent.home.exports, '..', 'second')
  await mkdir(path, { recursive: true })
  return {
    ...{ name: 'Second books', connector: 'folder', erp: 'Sage 300 CRE', erpCompany: 'Practice Civil', owner: 'tieback' },
    fields: { path, quietMs: 40, scanMs: 1_000 },
    procore: {
      ...{ company: access.companyId, companyName: 'Practice Builders, Inc.', environment: 'custom' },
      ...{ apiBase: access.apiBase, loginBase: access.loginBase, clientId: access.clientId, secret: access.clientSecret },
    },
  }
}

const vendorsFile = (names: readonly string[]): string =>
  ['Vendor,Name,City', ...names.map((name, n) => `Z${n},${name},Portwell`), ''].join('\r\n')

const test = async (agent: RunningAgent, draft: AskedDraft, id?: string): Promise<readonly TestStepShape[]> =>
  (await agent.ask('testConnection', { body: { ...(id === undefined ? {} : { id }), draft } })).steps

/** The code an act was refused with; null where it was not. */
const refusalOf = (act: Promise<unknown>): Promise<string | null> =>
  act.then(
    () => null,
    ({ code }: { code: string }) => code,
  )

const states = (steps: readonly TestStepShape[]) => Object.fromEntries(steps.map(({ step, state }) => [step, state]))

/** Names of the second connection's vendors, as the ledger has them. */
const taken = (agent: RunningAgent, connection: string): unknown[] =>
  agent.ledger
    .rows(`select r.key from records r join sources s on s.id = r.source where s.connection = ${Number(connection)} order by r.key`)
    .map(({ key }) => key)

it('a connection is tested, saved as it passed, started, stopped and started again while the agent runs', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const draft = await secondBooks(agent, standIn.access)
  const { path } = draft.fields as { path: string }
  await writeFile(join(path, 'vendors.csv'), vendorsFile(['Abel', 'Baker']))

  reaches('connection-untested', await refusalOf(agent.ask('addConnection', { body: { draft } })))
  const steps = await test(agent, draft)
  expect(states(steps)).toEqual({
    ...{ reachable: 'ok', writable: 'ok', sample: 'ok', environment: 'ok', clock: 'ok', company: 'ok', projects: 'ok', directory: 'ok' },
  })
  expect(steps.find(({ step }) => step === 'sample')?.values).toEqual({
    file: 'vendors.csv',
    format: 'Sage 300 CRE vendors (APM_MASTER__VENDOR)',
  })
  expect(steps.find(({ step }) => step === 'company')?.values).toEqual({ name: standIn.company.name })
  expect(steps.find(({ step }) => step === 'projects')?.values).toMatchObject({ count: standIn.company.tables.projects.live().length })
  const { id } = await agent.ask('addConnection', { body: { draft } })

  const kept = await agent.ask('connections')
  const { secret: _, ...procore } = draft.procore
  expect(kept.connections.find((one) => one.id === id)).toEqual({
    id,
    active: false,
    deletedAt: null,
    scope: null,
    draft: { ...draft, procore },
  })
  await agent.atRest()
  expect(taken(agent, id)).toEqual([])

  expect(await agent.ask('setActive', { params: { id }, body: { active: true } })).toMatchObject({ active: true })
  await agent.until('the new folder is read', () => taken(agent, id).length === 2)
  expect((await agent.ask('schedule')).entries.map(({ connection }) => connection)).toContain(id)

  expect(await agent.ask('setActive', { params: { id }, body: { active: false } })).toMatchObject({ active: false, steps: [] })
  await agent.until('it no longer runs', async () => !(await agent.ask('schedule')).entries.some((one) => one.connection === id))
  await writeFile(join(path, 'vendors.csv'), vendorsFile(['Abel', 'Baker', 'Clark']))
  await agent.drop('other.csv', vendorsFile(['Ames']))
  await agent.until('the first connection went on', () => taken(agent, '1').length === 1)
  expect(taken(agent, id)).toHaveLength(2)

  await agent.ask('setActive', { params: { id }, body: { active: true } })
  await agent.until('what came meanwhile is read', () => taken(agent, id).length === 3)
  expect(agent.ledger.rows(`select act from audit where subject = 'connection:${id}' order by id`).map(({ act }) => act)).toEqual([
    ...['connection-added', 'connection-started', 'connection-stopped', 'connection-started'],
  ])
})

it('says which step is wrong, and lets nothing be saved or started then', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const draft = await secondBooks(agent, standIn.access)
  const procore = (more: Partial<ConnectionDraft['procore']>): ConnectionDraft => ({ ...draft, procore: { ...draft.procore, ...more } })
  const wrong = async (of: ConnectionDraft) =>
    (await test(agent, of)).filter(({ state }) => state === 'wrong').map(({ step, problem }) => [step, problem?.code])
  const refused = (of: ConnectionDraft) => refusalOf(test(agent, of))
  const add = (of: ConnectionDraft) => agent.ask('addConnection', { body: { draft: of } })

  expect(await wrong({ ...draft, fields: { path: join(agent.home.exports, 'nowhere') } })).toEqual([
    ['reachable', 'folder-unreachable'],
    ['writable', 'folder-read-only'],
  ])
  expect(await wrong(procore({ secret: 'wrong' }))).toEqual([['company', 'procore-secret']])
  expect(await refusalOf(add(procore({ secret: 'wrong' })))).toBe('connection-untested')
  expect(await wrong(procore({ company: '99' }))).toEqual([['company', 'procore-not-connected']])
  reaches('environment-mixed', (await wrong({ ...procore({ environment: 'sandbox' }), fields: { path: agent.home.exports } })).flat())

  reaches('field-missing', await refused({ ...draft, fields: {} }))
  const { secret: _, ...open } = draft.procore
  expect(await refused({ ...draft, procore: open })).toBe('field-missing')
  reaches('field-wrong', await refused({ ...draft, fields: { ...draft.fields, originals: 'burn' } }))
  expect(await refused({ ...draft, connector: 'fax' })).toBe('field-wrong')

  await test(agent, { ...draft, name: 'Books' })
  reaches('connection-name-taken', await refusalOf(add({ ...draft, name: 'Books' })))

  // Passed, and saved; then its folder goes: it is not started, and why is said.
  await test(agent, draft)
  const { id } = await add(draft)
  await rm(String(draft.fields['path']), { recursive: true })
  const started = await agent.ask('setActive', { params: { id }, body: { active: true } })
  expect([started.active, states(started.steps)['reachable']]).toEqual([false, 'wrong'])
  expect(agent.ledger.rows(`select active from connections where id = ${Number(id)}`)).toEqual([{ active: 0 }])
  expect(await refusalOf(agent.ask('setActive', { params: { id: '77' }, body: { active: true } }))).toBe('request-refused')
})

it('tells what is for a person to know, and a clock that is wrong', async () => {
  let late = 0
  await using standIn = await standInWithAccess({ now: () => Date.now() - late })
  await using agent = await startAgent({ access: standIn.access })
  const draft = await secondBooks(agent, standIn.access)
  standIn.company.permittedProjects = new Set()
  const noted = (await test(agent, draft)).filter(({ state }) => state === 'note')
  expect(noted.map(({ step }) => step)).toEqual(['projects'])
  reaches('projects-none', noted[0]?.problem?.code)

  await writeFile(join(String(draft.fields['path']), 'letter.csv'), 'Dear,Sir\r\n1,2\r\n')
  expect((await test(agent, draft)).find(({ step }) => step === 'sample')).toMatchObject({
    state: 'note',
    problem: { code: 'file-unknown' },
  })
  late = 120_000
  reaches('clock-off', (await test(agent, draft)).find(({ step }) => step === 'clock')?.problem?.code)
})

it('a known connection keeps what its links hang on, and its secret where none is given', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const [books] = (await agent.ask('connections')).connections
  if (!books) throw new Error('There is no connection.')
  const changed: ConnectionDraft = { ...books.draft, description: 'The main books', fields: { ...books.draft.fields, keepDays: 30 } }
  const change = (draft: ConnectionDraft) => agent.ask('changeConnection', { params: { id: '1' }, body: { draft } })

  const other = { ...changed, erpCompany: 'Somebody else' }
  await test(agent, other, '1')
  reaches('connection-joins', await refusalOf(change(other)))
  expect((await test(agent, changed, '1')).every(({ state }) => state === 'ok' || state === 'note')).toBe(true)
  reaches('connection-untested', await refusalOf(change({ ...changed, description: 'Another' })))

  await change(changed)
  expect((await agent.ask('connections')).connections).toEqual([{ id: '1', active: true, deletedAt: null, scope: null, draft: changed }])
  // The folder is watched on, with the new settings.
  await agent.drop('vendors.csv', vendorsFile(['Abel']))
  await agent.until('an export is read', () => taken(agent, '1').length === 1)
  // Another secret alone: kept and written down, and nothing is read anew for it.
  const version = () => agent.ledger.rows('select settings_version from connections')[0]?.['settings_version']
  const before = version()
  const withSecret = { ...changed, procore: { ...changed.procore, secret: standIn.access.clientSecret } }
  await test(agent, withSecret, '1')
  await change(withSecret)
  expect(version()).toBe(before)
  expect(agent.ledger.rows('select act from audit order by id desc limit 1')).toEqual([{ act: 'secret-changed' }])
})

it('a secret that is kept is sent to where it belongs alone', async () => {
  await using standIn = await standInWithAccess()
  await using elsewhere = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const [books] = (await agent.ask('connections')).connections
  if (!books) throw new Error('There is no connection.')
  for (const address of ['loginBase', 'apiBase'] as const) {
    const draft = { ...books.draft, procore: { ...books.draft.procore, [address]: elsewhere.access[address] } }
    expect(await refusalOf(test(agent, draft, '1'))).toBe('field-missing')
  }
  expect(elsewhere.requests).toEqual([])
})

it('is deleted and restored with all it knows; another connection meanwhile doubles nothing it linked', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { company } = standIn
  const erp = books()
  const known = erp.business.vendors.find(
    ({ procoreHas, disaster, name, erpName }) => procoreHas === 'code' && !disaster && name === erpName,
  )
  const key = String(known?.code)
  const file = exportOf(
    erp,
    'vendors',
    erp.APM_MASTER__VENDOR.filter(({ Vendor }) => Vendor === key),
  )
  await agent.writing('vendors', 'on')
  await agent.export(file, 'vendors')
  const marks = () => company.tables.vendors.live().flatMap(({ origin_id }) => (origin_id?.endsWith(`:vendors:${key}`) ? [origin_id] : []))
  await agent.until('it is linked in Procore', () => marks().length === 1)
  const [mark] = marks()
  const item = company.tables.vendors.live().find(({ origin_id }) => origin_id === mark)
  const badge = async () => (await agent.status([{ type: 'vendor', id: String(item?.id) }])).items[0]?.state
  await agent.until('it is synced', async () => (await badge()) === 'synced')
  await agent.drop('letter.csv', 'Dear,Sir\r\n1,2\r\n')
  await agent.until('there is trouble', async () => (await agent.ask('overview')).problems > 0)

  expect(await agent.ask('deletion', { params: { id: '1' } })).toEqual({ links: 1, tied: 1, waiting: 0 })
  expect(await agent.ask('deleteConnection', { params: { id: '1' } })).toEqual({ deleted: true })
  expect(await agent.ask('deleteConnection', { params: { id: '1' } })).toEqual({ deleted: false })
  await agent.until('it no longer runs', async () => (await agent.ask('schedule')).entries.length === 0)
  const { connections: all } = await agent.ask('connections')
  expect(all.map(({ active, deletedAt }) => [active, deletedAt !== null])).toEqual([[false, true]])
  expect([(await agent.ask('overview')).connections, (await agent.ask('overview')).problems]).toEqual([[], 0])
  for (const act of [
    agent.ask('setActive', { params: { id: '1' }, body: { active: true } }),
    agent.ask('deletion', { params: { id: '1' } }),
  ])
    expect(await refusalOf(act)).toBe('request-refused')
  const draft = await secondBooks(agent, standIn.access)
  await test(agent, { ...draft, name: 'Books' })
  expect(await refusalOf(agent.ask('addConnection', { body: { draft: { ...draft, name: 'Books' } } }))).toBe('connection-name-taken')

  // Another takes the same projects and the same exports, and may create: what is linked stays linked once, by the mark it has.
  await writeFile(join(String(draft.fields['path']), file.name), file.bytes)
  await test(agent, draft)
  const { id } = await agent.ask('addConnection', { body: { draft } })
  await agent.ask('setWriting', { params: { id }, body: { entity: 'vendors', writing: true, creating: true } })
  await agent.ask('setActive', { params: { id }, body: { active: true } })
  await agent.until('it has read both sides', () => taken(agent, id).length === 1)
  await agent.until('it knows what others hold', async () => (await badge()) === 'foreign')
  await agent.atRest()
  expect(marks()).toEqual([mark])

  expect(await agent.ask('setActive', { params: { id }, body: { active: false } })).toMatchObject({ active: false })
  await agent.ask('deleteConnection', { params: { id } })
  expect(await agent.ask('restoreConnection', { params: { id: '1' } })).toEqual({ restored: true })
  expect((await agent.ask('connections')).connections.map(({ active, deletedAt }) => [active, deletedAt === null])).toEqual([
    [false, true],
    [false, false],
  ])
  expect(await badge()).toBe('synced')
  expect(await agent.ask('setActive', { params: { id: '1' }, body: { active: true } })).toMatchObject({ active: true })
  await agent.until('it runs again', async () => (await agent.ask('schedule')).entries.some(({ connection }) => connection === '1'))
  expect(marks()).toEqual([mark])
  expect(
    agent.ledger.rows("select act from audit where subject = 'connection:1' and act like 'connection-%' order by id").map(({ act }) => act),
  ).toEqual([...['connection-added', 'connection-deleted', 'connection-restored', 'connection-started']])
})

it('id and secret the Procore admin hands in are tested and kept with the connection, and stand nowhere in clear', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const whole = await secondBooks(agent, standIn.access)
  const { clientId, secret = '', ...procore } = whole.procore
  const begun = { ...whole, procore }
  reaches('field-missing', await refusalOf(test(agent, begun)))

  const sheet = await agent.ask('makeHandOver', { body: { draft: begun } })
  const draft = { ...begun, procore: { ...procore, handOver: sheet.id } }
  reaches('hand-over-waits', await refusalOf(test(agent, draft)))
  const wire = await ownPageWire(agent.url)
  const handIn = (given: { clientId: string; secret: string }) =>
    askBySheet(wire, 'handIn', { address: agent.url, id: sheet.id, body: { code: sheet.code, ...given } })
  told(await handIn({ clientId, secret }))
  expect(codeOf(await handIn({ clientId, secret: 'another' }))).toBe('hand-over-ended')

  expect((await test(agent, draft)).filter(({ state }) => state === 'wrong')).toEqual([])
  const { id } = await agent.ask('addConnection', { body: { draft } })
  expect((await agent.ask('connections')).connections.find((one) => one.id === id)?.draft.procore).toEqual({ ...procore, clientId })
  expect(await agent.ask('handOvers')).toEqual({ handOvers: [] })
  reaches('hand-over-gone', await refusalOf(test(agent, { ...draft, name: 'Third books' })))
  expect(await agent.ask('setActive', { params: { id }, body: { active: true } })).toMatchObject({ active: true })

  // Another sheet of the one that is there: what runs stays as it is until it was tested and saved.
  const known = (await agent.ask('connections')).connections.find((one) => one.id === id)?.draft ?? whole
  const second = await agent.ask('makeHandOver', { body: { id, draft: known } })
  const body = { code: second.code, clientId, secret: 'wrong-one-77' }
  told(await askBySheet(wire, 'handIn', { address: agent.url, id: second.id, body }))
  const changed = { ...known, procore: { ...procore, handOver: second.id } }
  expect(states(await test(agent, changed, id))['company']).toBe('wrong')
  expect(await refusalOf(agent.ask('changeConnection', { params: { id }, body: { draft: changed } }))).toBe('connection-untested')
  expect(states(await test(agent, known, id))['company']).toBe('ok')

  const acts = agent.ledger.rows("select act from audit where subject like 'hand-over:%' order by id").map(({ act }) => act)
  const of = ['hand-over-made', 'hand-over-arrived']
  expect(acts).toEqual([...of, 'hand-over-saved', ...of])
  const tables = ['audit', 'hand_overs', 'events', 'connections'].map((table) => agent.ledger.rows(`select * from ${table}`))
  const kept = await readFile(join(agent.home.data, 'secrets.json'), 'utf8')
  const written = JSON.stringify([tables, agent.log, kept])
  for (const word of [secret, 'wrong-one-77', sheet.code, second.code]) expect(written).not.toContain(word)
}, 30_000)
