import { describe, expect, it } from 'vitest'
import { status } from '../../agent/cli/status.ts'
import type { ProblemCode } from '../../shared/problem.ts'
import type { ErpRecord } from '../procore/erp-company.ts'
import { toCsv } from '../procore/erp-exports.ts'
import { type AgentSetup, setUpAgent } from '../support/set-up-agent.ts'
import { type RunningAgent, startAgent, startAgentAt } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { zipBomb } from '../support/zip-bomb.ts'
import { books, exportOf, writes } from './books.ts'

const file = 'APM_MASTER__VENDOR.csv'

/** Three vendors that agree on both sides, one with a letter outside ASCII. */
const rows = () => books().APM_MASTER__VENDOR.slice(8, 11)

type Bad = {
  name: string
  code: ProblemCode
  bytes: (good: Buffer, rows: ErpRecord[]) => Buffer
  reading?: Record<string, unknown>
  refused: boolean
  /** Of trouble with a row, which no record shows: what the command line says. */
  shows?: string
}

const bad: Bad[] = [
  { name: 'an encoding it was not set to', code: 'file-encoding', bytes: (good) => good, reading: { encoding: 'utf-8' }, refused: true },
  { name: 'half a file', code: 'file-half', bytes: (good) => good.subarray(0, good.length - 40), refused: true },
  {
    name: 'two delimiters',
    code: 'file-mixed-delimiter',
    bytes: (good) =>
      Buffer.from(
        good
          .toString('latin1')
          .split('\r\n')
          .map((line, n) => (n % 2 === 1 ? line.replaceAll(',', ';') : line))
          .join('\r\n'),
        'latin1',
      ),
    refused: true,
  },
  {
    name: 'no text at all',
    code: 'file-not-text',
    bytes: () => Buffer.from('89504e470d0a1a0a0000000d4948445200000000', 'hex'),
    refused: true,
  },
  {
    name: 'one key twice',
    code: 'key-twice',
    bytes: (_good, [first = {}, ...others]) => toCsv([first, { ...first, City: 'Elsewhere' }, ...others]),
    refused: false,
    shows: 'both claim',
  },
  {
    name: 'a field of ten megabytes',
    code: 'row-too-long',
    bytes: (good) => Buffer.concat([good, Buffer.alloc(10_000_000, 'x'), Buffer.from('\r\n')]),
    refused: false,
    shows: 'is longer than',
  },
  { name: 'a small file that unpacks to something huge', code: 'file-too-large', bytes: (good) => zipBomb(good), refused: true },
  { name: 'columns nobody knows', code: 'header-changed', bytes: () => Buffer.from('Alpha,Beta\r\n1,2\r\n'), refused: true },
]

/** The next try moves on while we look. */
const timeless = (text: string): string =>
  text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?\d{1,2}:\d\d\s[AP]M/g, '…')

/** The problem is told the same way to everyone who may ask: the route, the command line and the record’s own page. */
async function expectTold(agent: RunningAgent, code: ProblemCode, item: string): Promise<void> {
  const { groups } = await agent.ask('problems', { query: {} })
  const told = groups.find(({ problem }) => problem.code === code)?.problem
  expect(told, JSON.stringify(groups)).toBeDefined()
  expect(told?.says).not.toMatch(/\{\w+\}/)
  expect(told?.do).not.toMatch(/\{\w+\}/)
  expect(told?.do.length).toBeGreaterThan(10)
  const { code: exit, said } = await agent.cli(status)
  expect(exit).toBe(1)
  const lines = said.map((line) => timeless(line).trim()).join(' ') // a long sentence is broken between words
  expect(lines).toContain(timeless(told?.says ?? ''))
  expect(lines).toContain(`→ ${timeless(told?.do ?? '')}`)
  const shown = said.slice(said.findIndex((line) => line.endsWith('by cause:')) + 1)
  expect(shown.filter((line) => line.length > 100 && !line.includes('tieback retry'))).toEqual([])
  const { problems } = await agent.ask('link', { params: { id: item } })
  expect(problems.map((one) => one.code)).toContain(code)
}

async function firm(setup: Partial<AgentSetup> = {}) {
  const standIn = await standInWithAccess()
  const agent = await startAgent({ access: standIn.access, ...setup })
  const dispose = () => agent[Symbol.asyncDispose]().finally(() => standIn.close())
  const vendor = standIn.company.tables.vendors.live().find(({ origin_code }) => origin_code === rows()[1]?.['Vendor'])
  return { standIn, agent, item: `vendor:${vendor?.id}`, [Symbol.asyncDispose]: dispose }
}

describe('a file that cannot be taken', () => {
  it.concurrent.each(bad)('$name', async ({ code, bytes, reading, refused, shows }) => {
    await using made = await firm(reading ? { settings: { reading } } : {})
    const { agent, item } = made
    const good = toCsv(rows())
    const readable = reading ? Buffer.from(good.toString('latin1')) : good
    await agent.drop(file, readable)
    await agent.atRest()
    expect(agent.ledger.states('vendors')).toEqual({ synced: 3 })

    await agent.drop(file, bytes(good, rows()))
    await agent.until('it was looked at', () => agent.ledger.problems().length > 0)
    await agent.atRest()
    if (shows !== undefined) {
      const { groups } = await agent.ask('problems', { query: {} })
      expect(groups.map(({ problem }) => problem.code)).toEqual([code])
      expect((await agent.cli(status)).said.join('\n')).toContain(shows)
    } else await expectTold(agent, code, item)
    expect(agent.ledger.files().at(-1)?.state).toBe(refused ? 'refused' : 'taken')
    expect(agent.ledger.states('vendors'), 'what was known stays').toEqual({ synced: 3 })

    // The next good file ends it.
    await agent.drop(file, Buffer.concat([readable, Buffer.from('\r\n')]))
    await agent.until('the problem is over', () => agent.ledger.problems().length === 0)
    expect((await agent.cli(status)).code).toBe(0)
    expect(agent.ledger.states('vendors')).toEqual({ synced: 3 })
  })
})

describe('a Procore that cannot be used', () => {
  it.concurrent('a wrong secret: told once, everything waits, and goes on once the right one is entered', async () => {
    await using standIn = await standInWithAccess()
    await using folder = await tempFolder('secret')
    const home = await setUpAgent(folder.path, { access: standIn.access, clientSecret: 'not the secret' })
    const agent = await startAgentAt(home)
    await agent.drop(file, toCsv(rows()))
    await agent.writing('vendors', 'create')
    await agent.until('the file is taken', () => agent.ledger.links('vendors').length === 3)
    await agent.until('the refusal is told', () => agent.ledger.problems().some(({ code }) => code === 'procore-secret'))
    const vendor = standIn.company.tables.vendors.live()[0]
    await expectTold(agent, 'procore-secret', `vendor:${vendor?.id}`)
    expect(agent.ledger.problems().filter(({ code }) => code === 'procore-secret')).toHaveLength(1)
    expect(standIn.requests.filter(({ path }) => path === '/oauth/token').length).toBeLessThanOrEqual(2)
    await agent.stop()

    await setUpAgent(folder.path, { access: standIn.access })
    await using again = await startAgentAt(home)
    await again.until('the vendors are linked', () => again.ledger.states('vendors').synced === 3)
    await again.atRest()
    expect(again.ledger.problems()).toEqual([])
  })

  it.concurrent('a project the app may not see: named, the others go on; permitted, its problem ends', async () => {
    await using made = await firm()
    const { standIn, agent } = made
    const projects = standIn.company.tables.projects.live()
    const hidden = projects.find(({ project_number }) => project_number === '24-1002')
    const shown = new Set(projects.flatMap(({ id }) => (id === hidden?.id ? [] : [id])))
    const erp = books()
    // Linked while it could be seen; then the permission is taken away.
    await agent.export(exportOf(erp, 'jobs'), 'jobs')
    await agent.export(exportOf(erp, 'commitments'), 'commitments')
    await agent.atRest()
    standIn.company.permittedProjects = shown
    await agent.askProcore().catch(() => undefined)
    await agent.until('it is told', () => agent.ledger.problems().some(({ code }) => code === 'project-not-permitted'))
    expect(agent.ledger.problems().filter(({ code }) => code === 'project-not-permitted')).toHaveLength(1)
    const lost = standIn.company.tables.work_order_contracts.live().find(({ project_id }) => project_id === hidden?.id)
    await expectTold(agent, 'project-not-permitted', `work-order-contract:${lost?.id}`)
    expect(agent.ledger.states('commitments').orphan, 'hidden is not deleted').toBeUndefined()

    standIn.company.permittedProjects = 'all'
    await agent.askProcore()
    await agent.until('its problem is over', () => agent.ledger.problems().length === 0)
  })

  it.concurrent('Procore down: told with the next try, and delivered once it is back', async () => {
    await using made = await firm()
    const { standIn, agent, item } = made
    const fresh = books()
      .business.vendors.filter(({ where }) => where === 'erp')
      .slice(0, 2)
    await agent.drop(file, toCsv(rows()))
    await agent.atRest()
    await agent.writing('vendors', 'create')
    await agent.atRest()
    standIn.faults.add({ when: { path: /\/rest\// }, fault: { do: 'answer', status: 503, body: '<html>down</html>' }, times: 6 })
    const more = books().APM_MASTER__VENDOR.filter((row) => fresh.some(({ code }) => code === row['Vendor']))
    await agent.drop(file, toCsv([...rows(), ...more]))
    await agent.until('it is told', () => agent.ledger.problems().some(({ code }) => code === 'procore-down'))
    await expectTold(agent, 'procore-down', item)
    await agent.until('the new ones are there', () => agent.ledger.states('vendors').synced === 5, { withinMs: 45_000 })
    expect(agent.ledger.problems()).toEqual([])
    expect(writes(standIn.requests).filter(({ status: code }) => code === 200)).toHaveLength(2)
  })
})
