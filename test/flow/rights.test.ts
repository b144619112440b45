import { describe, expect, it } from 'vitest'
import { approver } from '../../agent/cli/approver.ts'
import { pair } from '../../agent/cli/pair.ts'
import type { Client } from '../../shared/agent-link/client.ts'
import { codeOf, extensionOrigin, makeWire, pairedClient, told } from '../agent/server/browser.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes } from './books.ts'

const numbers = ['SC-1001', 'SC-1002']
const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))

type Office = Awaited<ReturnType<typeof office>>

/** Two subcontracts, linked in Procore by Tieback; the first has left the books. */
async function office(standIn: Awaited<ReturnType<typeof standInWithAccess>>, agent: RunningAgent) {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows(...numbers)), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  await agent.export(exportOf(erp, 'commitments', rows('SC-1002')), 'commitments')
  await agent.atRest()
  const item = standIn.company.commitments().find((one) => one.number === 'SC-1001')
  if (!item) throw new Error('SC-1001 is not in the practice company.')
  const id = `work-order-contract:${item.id}`
  const forecast = (await agent.ask('link', { params: { id } })).unlink?.id ?? ''
  const origin = () => standIn.company.commitments().find((one) => one.number === 'SC-1001')?.origin_id ?? null
  return { id, item, forecast, origin }
}

/** A person's browser, paired as people do it; resolves once Procore was asked about them. */
async function browserOf(agent: RunningAgent, email: string, role = 'accountant'): Promise<Client> {
  const { result } = await agent.cli(pair, [], { name: email.split('@')[0] ?? email, email, role })
  const client = await pairedClient(agent.url, String((result as { code: string }).code), await makeWire(extensionOrigin, 20_000))
  const asked = () =>
    agent.ledger.rows(`select 1 from procore_people s join people p on p.id = s.person where p.email = '${email}'
      and (s.id is null or s.active = 0 or exists (select 1 from procore_members m where m.person = p.id))`).length > 0
  await agent.until(`Procore was asked about ${email}`, asked)
  return client
}
/** The command line's flags are true where they are given. */
const granting = { grant: true } as unknown as Record<string, string>
const looking = { look: true } as unknown as Record<string, string>
const at = (name: string) => `${name}@practice-builders.example`
const acts = (agent: RunningAgent, act: string) =>
  agent.ledger.rows(`select p.email, a.after from audit a left join people p on p.id = a.person where a.act = '${act}' order by a.id`)

/** However the call ends, how the link ends. */
async function unlink(agent: RunningAgent, client: Client, { id, forecast }: Office) {
  const reply = await client.call('unlink', { params: { id }, body: { forecast } })
  await agent.until('it has ended', () => agent.ledger.link('commitments', 'SC-1001')?.state !== 'unlinking')
  return reply
}

describe.each(modes)('an unlink from a browser, Procore %s', (mode) => {
  it('wants the right an admin grants at the server, and is then done once, though two ask at once', async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const at1001 = await office(standIn, agent)
    const [one, two] = [await browserOf(agent, at('lucia.serrano')), await browserOf(agent, at('jonas.keller'))]
    expect(codeOf(await unlink(agent, one, at1001))).toBe('approver-missing')
    expect(at1001.origin()).not.toBeNull()
    expect(JSON.parse(String(acts(agent, 'unlink-refused')[0]?.['after']))).toEqual({ missing: 'approver-missing' })
    for (const name of ['lucia.serrano', 'jonas.keller']) expect((await agent.cli(approver, [at(name)], granting)).code).toBe(0)
    standIn.forget()
    const outcomes = await Promise.all([one, two].map(async (client) => told(await unlink(agent, client, at1001)).outcome))
    expect(outcomes.filter((outcome) => outcome !== 'unlinked' && outcome !== 'under-way')).toEqual([])
    expect([at1001.origin(), agent.ledger.link('commitments', 'SC-1001')?.state]).toEqual([null, 'unlinked'])
    expect(acts(agent, 'unlink-asked')).toHaveLength(1)
    const cleared = standIn.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith('work_order_contracts/sync'))
    expect(cleared).toHaveLength(1)
  })
})

describe('an unlink against the forecast', () => {
  it('is an admin’s alone: an approver who is none is refused, and that is written down', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await office(standIn, agent)
    const id = agent.ledger.link('commitments', 'SC-1002')?.item ?? ''
    const against = async (client: Client) => {
      const forecast = told(await client.call('link', { params: { id: `work-order-contract:${id}` } })).unlink?.id ?? ''
      const body = { forecast, override: true, reason: 'was entered in the wrong company' }
      return client.call('unlink', { params: { id: `work-order-contract:${id}` }, body })
    }
    const [accountant, admin] = [await browserOf(agent, at('lucia.serrano')), await browserOf(agent, at('jonas.keller'), 'admin')]
    for (const name of ['lucia.serrano', 'jonas.keller']) await agent.cli(approver, [at(name)], granting)
    expect(codeOf(await against(accountant))).toBe('role-missing')
    expect(agent.ledger.link('commitments', 'SC-1002')?.state).toBe('not-compared')
    expect(acts(agent, 'unlink-refused').map(({ email }) => email)).toEqual([at('lucia.serrano')])
    expect(['unlinked', 'under-way']).toContain(told(await against(admin)).outcome)
    await agent.until('it has ended', () => agent.ledger.link('commitments', 'SC-1002')?.state === 'unlinked')
    expect(acts(agent, 'unlink-overridden').map(({ email }) => email)).toEqual([at('jonas.keller')])
  })
})

describe('where Procore says who is an approver', () => {
  it('its flag counts, and nobody’s word else', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access, settings: { approvers: 'procore' } })
    const at1001 = await office(standIn, agent)
    const [without, flagged] = [await browserOf(agent, at('jonas.keller'), 'admin'), await browserOf(agent, at('Ada.Brenner'))]
    expect(codeOf(await unlink(agent, without, at1001))).toBe('approver-missing-procore')
    expect(told(await flagged.call('me')).connections[0]?.approver).toMatchObject({ source: 'procore', granted: true })
    expect((await agent.cli(approver)).said.join('\n')).toContain('jonas.keller')
    expect(told(await unlink(agent, flagged, at1001)).outcome).toBe('unlinked')
    // On Tieback's own list, and unknown to Procore: the administrator at the server.
    const refused = await agent
      .ask('unlink', { params: { id: at1001.id }, body: { forecast: at1001.forecast } })
      .catch((error: Error) => error.message)
    expect(refused).toMatch(/^Procore does not list you/)
  })
})

describe('a right mended in Procore', () => {
  const userOf = (standIn: Awaited<ReturnType<typeof standInWithAccess>>, name: string) => {
    const user = standIn.company.tables.users.live().find(({ email_address }) => email_address.toLowerCase() === at(name).toLowerCase())
    if (!user) throw new Error(`${name} is not in the practice company.`)
    return user
  }
  const looks = (standIn: Awaited<ReturnType<typeof standInWithAccess>>) =>
    standIn.requests.filter(({ path }) => /companies\/\d+\/users$/.test(path))

  it('counts with the next click, though Procore was asked this morning; each look is one call, and they are not many', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access, settings: { approvers: 'procore' } })
    const at1001 = await office(standIn, agent)
    const jonas = await browserOf(agent, at('jonas.keller'))
    standIn.forget()
    expect(codeOf(await unlink(agent, jonas, at1001))).toBe('approver-missing-procore')
    expect(looks(standIn)).toHaveLength(1)
    standIn.company.tables.users.change(userOf(standIn, 'jonas.keller').id, { erp_integrated_accountant: true })
    expect(told(await unlink(agent, jonas, at1001)).outcome).toBe('unlinked')
    expect([at1001.origin(), looks(standIn).length]).toEqual([null, 2])
    expect(acts(agent, 'rights-seen').length).toBeGreaterThan(0)
  })

  it('is not asked after by a person who clicks and clicks', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access, settings: { approvers: 'procore' } })
    const at1001 = await office(standIn, agent)
    const jonas = await browserOf(agent, at('jonas.keller'))
    standIn.forget()
    for (let n = 0; n < 6; n += 1) expect(codeOf(await unlink(agent, jonas, at1001))).toBe('approver-missing-procore')
    expect(looks(standIn).length).toBeLessThanOrEqual(2)
  })

  it('and who was taken onto the project act there with the next click', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const at1001 = await office(standIn, agent)
    standIn.company.projectPeople.set(at1001.item.project_id, new Set())
    const lucia = await browserOf(agent, at('lucia.serrano'))
    await agent.cli(approver, [at('lucia.serrano')], granting)
    expect(codeOf(await unlink(agent, lucia, at1001))).toBe('not-on-project')
    standIn.company.projectPeople.set(at1001.item.project_id, new Set([userOf(standIn, 'lucia.serrano').id]))
    expect(told(await unlink(agent, lucia, at1001)).outcome).toBe('unlinked')
    expect(told(await lucia.call('link', { params: { id: at1001.id } })).status.state).toBe('unlinked')
  })

  it('shows the forecast of a record to who was taken onto its project a moment ago', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const at1001 = await office(standIn, agent)
    standIn.company.projectPeople.set(at1001.item.project_id, new Set())
    const lucia = await browserOf(agent, at('lucia.serrano'))
    const look = () => lucia.call('link', { params: { id: at1001.id } })
    expect(codeOf(await look())).toBe('no-such-link')
    standIn.company.projectPeople.set(at1001.item.project_id, new Set([userOf(standIn, 'lucia.serrano').id]))
    expect(told(await look()).unlink?.code).toBe('gone')
  })

  it('is not waited for longer than a person waits: without an answer what Procore said before holds, with its time', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access, settings: { approvers: 'procore' } })
    const at1001 = await office(standIn, agent)
    const jonas = await browserOf(agent, at('jonas.keller'))
    const before = agent.ledger.rows('select max(seen_at) as at from procore_people')[0]?.['at']
    standIn.company.tables.users.change(userOf(standIn, 'jonas.keller').id, { erp_integrated_accountant: true })
    standIn.faults.add({ when: { path: '/users' }, fault: { do: 'slow', ms: 20_000 }, times: 50 })
    const began = performance.now()
    const reply = await unlink(agent, jonas, at1001)
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(reply).toMatchObject({ problem: { code: 'approver-missing-procore', params: { asOf: new Date(Number(before)).toISOString() } } })
    expect(at1001.origin()).not.toBeNull()
  })

  it('and one taken away counts once an admin has Procore asked; until then its time is said', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access, settings: { approvers: 'procore' } })
    const at1001 = await office(standIn, agent)
    const ada = await browserOf(agent, at('Ada.Brenner'))
    standIn.company.tables.users.change(userOf(standIn, 'Ada.Brenner').id, { erp_integrated_accountant: false })
    const saidOf = async () => told(await ada.call('me')).connections[0]?.approver
    const before = await saidOf()
    expect(before).toMatchObject({ granted: true, asOf: expect.any(String) })
    expect((await agent.cli(approver, [], looking)).said.join('\n')).toMatch(/Ada.*no approver in Procore/i)
    const after = await saidOf()
    expect(after).toMatchObject({ granted: false })
    expect(String(after?.asOf) > String(before?.asOf)).toBe(true)
    expect(codeOf(await unlink(agent, ada, at1001))).toBe('approver-missing-procore')
    expect(at1001.origin()).not.toBeNull()
  })
})

describe('people of Procore', () => {
  it('who are inactive there are refused, and who are not on a project see nothing of it', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const at1001 = await office(standIn, agent)
    standIn.company.projectPeople.set(at1001.item.project_id, new Set())
    const items = [{ type: 'work-order-contract' as const, id: String(at1001.item.id), project: String(at1001.item.project_id) }]
    const seen = async (client: Client) => told(await client.call('status', { body: { company: null, items } })).items.length
    expect(codeOf(await (await browserOf(agent, at('former.colleague'))).call('me'))).toBe('person-suspended')
    const offProject = await browserOf(agent, at('lucia.serrano'))
    await agent.cli(approver, [at('lucia.serrano')], granting)
    expect(await seen(offProject)).toBe(0)
    expect(codeOf(await unlink(agent, offProject, at1001))).toBe('not-on-project')
    expect(await seen(await browserOf(agent, at('nobody.known')))).toBe(0)
    const said = (await agent.cli(approver)).said
    expect(said.filter((line) => line.includes('suspended')).map((line) => line.split(' ')[0])).toEqual(['former.colleague'])
    expect(said.find((line) => line.startsWith('nobody.known'))).toContain('not in Procore’s directory')
    expect(await seen({ call: async () => ({ value: await agent.status(items) }) } as unknown as Client)).toBe(1)
  })

  it('cannot be asked about: the way there is told, nobody is taken for gone, and it is asked again', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const at1001 = await office(standIn, agent)
    const refusal = {
      do: 'answer',
      status: 403,
      body: '{"errors":"You may not read the directory."}',
      contentType: 'application/json',
    } as const
    standIn.faults.add({ when: { path: '/users' }, fault: refusal, times: 50 })
    const { result } = await agent.cli(pair, [], { name: 'Lucía', email: at('lucia.serrano') })
    const client = await pairedClient(agent.url, String((result as { code: string }).code), await makeWire(extensionOrigin, 20_000))
    await agent.until('it is told', () => agent.ledger.problems().some(({ code }) => code === 'procore-forbidden'))
    const items = [{ type: 'work-order-contract' as const, id: String(at1001.item.id), project: String(at1001.item.project_id) }]
    expect(told(await client.call('status', { body: { company: null, items } })).items).toHaveLength(1)
    expect(codeOf(await client.call('me'))).toBe('no problem')
  })

  it('on one project Procore does not show stop no other from being asked about', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { item } = await office(standIn, agent)
    const refusal = { do: 'answer', status: 403, body: '{"errors":"Not this one."}', contentType: 'application/json' } as const
    standIn.faults.add({ when: { path: `/projects/${item.project_id}/users` }, fault: refusal, times: 50 })
    await browserOf(agent, at('lucia.serrano'))
    await agent.until('all others were asked about', () => {
      const [row] = agent.ledger.rows(
        "select (select count(*) from procore_members) as asked, (select count(*) from links l join records r on r.id = l.record join sources s on s.id = r.source where s.entity = 'jobs' and l.item_id is not null) as linked",
      )
      return Number(row?.['linked']) > 1 && Number(row?.['asked']) === Number(row?.['linked']) - 1
    })
    expect(agent.ledger.rows('select 1 from procore_members where project = ?', String(item.project_id))).toEqual([])
  })
})
