import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProcoreItem } from '../../../agent/items/kind.ts'
import type { Client } from '../../../agent/procore/client.ts'
import { workOrderContracts } from '../../../agent/procore/commitments.ts'
import { companies, people, webBase, whoAmI } from '../../../agent/procore/companies.ts'
import { procoreLists } from '../../../agent/procore/index.ts'
import { vendors } from '../../../agent/procore/vendors.ts'
import type { Trouble } from '../../../shared/problem.ts'
import { published } from '../../procore/options.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { openDoor, quickClock } from './open-door.ts'

const all = async (pages: AsyncIterable<ProcoreItem[]> | Iterable<ProcoreItem[]>): Promise<ProcoreItem[]> => {
  const found: ProcoreItem[] = []
  for await (const page of pages) found.push(...page)
  return found
}
const nowhere = { project: null }

describe.each(['strict', 'lenient'] as const)('a %s Procore', (mode) => {
  let standIn: StandIn
  let clock: ReturnType<typeof quickClock>
  let client: Client
  let project: string

  beforeEach(async () => {
    clock = quickClock()
    standIn = await startStandIn({ mode, now: () => clock.time })
    client = openDoor(standIn, clock)
    project = String(standIn.company.commitments()[0]!.project_id)
  })
  afterEach(async () => {
    if (mode === 'strict') expect(standIn.violations).toEqual([])
    await standIn.close()
  })

  it('is asked with company header and token on every call, and for one token only', async () => {
    await Promise.all([whoAmI(client), companies(client), webBase(client)])
    expect(standIn.requests.filter((one) => one.path === '/oauth/token')).toHaveLength(1)
    for (const one of standIn.requests.filter((one) => one.path.startsWith('/rest')))
      expect(one.headers).toMatchObject({ company: String(standIn.company.id), bearer: true })
  })

  it.each(procoreLists.map((list) => [list.id, list] as const))('shows its list %s as items', async (_id, list) => {
    const contracts = standIn.company.commitments(Number(project)).map((one) => String(one.id))
    const items = await all(list.read(client, { project: list.scope === 'company' ? null : project, anyProject: project, contracts }))
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      expect(list.itemTypes).toContain(item.type)
      expect(item.id).toMatch(/^\d+$/)
      expect(item.project).toBe(list.scope === 'company' ? null : project)
      expect(Object.values(item.content).every((value) => value === null || typeof value !== 'number')).toBe(true)
    }
  })

  it('is paged to the last page by its links', async () => {
    const small = { ...vendors, read: vendors.read }
    const items = await all(small.read(client, nowhere))
    expect(items).toHaveLength(standIn.company.tables.vendors.live().length)
    expect(new Set(items.map((one) => one.id)).size).toBe(items.length)
  })

  it('is asked for changes alone where a filter exists, deleted ones included', async () => {
    const one = standIn.company.tables.work_order_contracts.live().find((contract) => String(contract.project_id) === project)!
    clock.time += 3_600_000
    standIn.company.remove('work_order_contracts', one.id)
    const items = await all(workOrderContracts.read(client, { project }, { since: new Date(clock.time - 60_000).toISOString() }))
    expect(items.map((item) => [item.id, item.deletedAt !== null])).toEqual([[String(one.id), true]])
  })

  it('is asked for several ids in one call, and what it does not show is missing', async () => {
    const ids = standIn.company.tables.vendors
      .live()
      .slice(0, 40)
      .map((one) => String(one.id))
    await whoAmI(client)
    standIn.forget()
    const found = await vendors.byIds(client, nowhere, [...ids, '999999'])
    expect(found.map((one) => one.id).sort()).toEqual([...ids].sort())
    expect(standIn.requests.length).toBeLessThanOrEqual(2)
  })

  it('is not believed when it ignores the origin filter', async () => {
    const [some] = standIn.company.tables.vendors.live()
    standIn.company.steal('vendors', some!.id, 'other:1')
    expect(await vendors.byOrigin!(client, nowhere, 'never:heard:of')).toEqual([])
    expect((await vendors.byOrigin!(client, nowhere, 'other:1')).map((one) => one.id)).toEqual([String(some!.id)])
  })

  it('shows the lines of one commitment', async () => {
    const contract = standIn.company.tables.work_order_contracts.live().find((one) => String(one.project_id) === project)!
    const lines = await all(workOrderContracts.under?.read(client, { project, contracts: [String(contract.id)] }) ?? [])
    expect(lines.length).toBeGreaterThan(0)
    expect(lines[0]?.content['amount']).toMatch(/^-?\d+(\.\d+)?$/)
  })

  it('shows who works there', async () => {
    const found: { email: string | null }[] = []
    for await (const page of people(client)) found.push(...page)
    expect(found.length).toBeGreaterThan(0)
  })

  it('renews the token before it ends, and once more when it is refused', async () => {
    await whoAmI(client)
    clock.time += 84 * 60_000
    await whoAmI(client)
    expect(standIn.requests.filter((one) => one.path === '/oauth/token')).toHaveLength(1)
    clock.time += 2 * 60_000
    await whoAmI(client)
    expect(standIn.requests.filter((one) => one.path === '/oauth/token')).toHaveLength(2)
    standIn.tokens.revokeAll()
    await whoAmI(client)
    expect(standIn.requests.filter((one) => one.path === '/oauth/token')).toHaveLength(3)
  })

  it('says so when the secret is wrong, once, and names it nowhere', async () => {
    const wrong = openDoor(standIn, clock, { secret: 'a-wrong-secret' })
    const trouble = await whoAmI(wrong).catch((cause: unknown) => cause)
    await whoAmI(wrong).catch(() => undefined)
    expect(trouble).toMatchObject({ problem: { code: 'procore-secret' } })
    expect(JSON.stringify(trouble) + String(trouble)).not.toContain('a-wrong-secret')
    expect(standIn.requests.filter((one) => one.path === '/oauth/token')).toHaveLength(1)
  })

  it('says so when the app is not connected to the company', async () => {
    const other = openDoor(standIn, clock, { company: '12345' })
    const trouble = await all(vendors.read(other, nowhere)).catch((cause: unknown) => cause)
    reaches('procore-not-connected', (trouble as Trouble).problem.code)
  })

  it('says so when a project is hidden from it', async () => {
    standIn.company.permittedProjects = new Set([1])
    await expect(all(workOrderContracts.read(client, { project }))).rejects.toMatchObject({
      problem: { code: 'project-not-permitted', params: { project } },
    })
  })

  it.each([
    [500, 1],
    [502, 2],
    [503, 1],
    [408, 1],
  ])('is asked again after %i', async (status, times) => {
    standIn.faults.add({
      when: { method: 'GET' },
      times,
      fault: { do: 'answer', status, ...(status === 503 ? { retryAfterSeconds: 3 } : {}) },
    })
    expect((await whoAmI(client)).id).toMatch(/^\d+$/)
  })

  it('is left in peace when it stays down, with a time to come back', async () => {
    standIn.faults.add({ when: { method: 'GET' }, times: 99, fault: { do: 'drop before reading' } })
    await expect(whoAmI(client)).rejects.toMatchObject({ problem: { code: 'procore-down' }, retryAt: expect.any(Number) })
  })

  it('is never throttled at its published limits', async () => {
    standIn.rate.limits = published
    await Promise.all(Array.from({ length: 120 }, () => whoAmI(client)))
    expect(standIn.requests.filter((one) => one.status === 429)).toEqual([])
  })
})

describe('a login that falters', () => {
  it.each([
    ['answers 503', async () => new Response('', { status: 503 })],
    ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
  ])('%s: told with the next try', async (_, fetch) => {
    const client = openDoor({ url: 'https://api.example', company: { id: 7 } as StandIn['company'] }, quickClock(), { fetch })
    const when = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const written = await client.write({ method: 'PATCH', path: '/rest/v1.0/x', body: '{}', priority: 'write' })
    expect(written).toMatchObject({ outcome: 'later', problem: { code: 'procore-down', params: { when } } })
  })
})

describe('an answer nobody expects', () => {
  const clock = quickClock()
  const answering = (answer: () => Response | Promise<Response>): Client =>
    openDoor({ url: 'https://api.example', company: { id: 7 } as StandIn['company'] }, clock, {
      fetch: async (address) =>
        String(address).endsWith('/oauth/token') ? Response.json({ access_token: 't', expires_in: 5_400 }) : answer(),
    })

  it.each([
    ['{"errors":{"vendor_id":["can\'t be blank"]}}', "vendor_id: can't be blank"],
    ['{"errors":"Item not found"}', 'Item not found'],
    ['{"errors":["one","two"]}', 'one; two'],
    ['{"message":"Missing Procore-Company-Id header! Say it."}', 'Missing Procore-Company-Id header! Say it.'],
    ['{"error":{"code":"422","message":"m","details":[{"code":"INVALID","message":"is odd","source":"vendor_id"}]}}', 'vendor_id: is odd'],
    [
      '{"error":{"code":"BAD_REQUEST","message":"Bad Request","details":[{"reason_code":"INVALID_PROPERTY","message":"no such key"}]}}',
      'no such key',
    ],
    ['{"error":"plain"}', 'plain'],
    ['{"code":422,"message":"wrong","fields":[],"reason":"because","error":"e"}', 'e; wrong; because'],
    ['just text', 'just text'],
    ['<html>oops</html>', 'HTTP 422'],
  ])('is read for its words: %s', async (body, words) => {
    const client = answering(() => new Response(body, { status: 422 }))
    const written = await client.write({ method: 'PATCH', path: '/rest/v1.0/x', body: '{}', priority: 'write' })
    expect(written).toMatchObject({ outcome: 'refused', problem: { code: 'procore-refused', params: { text: words } } })
  })

  it('is unknown after a write that may have happened', async () => {
    const write = (client: Client) => client.write({ method: 'PATCH', path: '/rest/v1.0/x', body: '{}', priority: 'write' })
    expect(await write(answering(() => new Response('<html>', { status: 200 })))).toMatchObject({ outcome: 'unknown' })
    expect(await write(answering(() => new Response('', { status: 502 })))).toMatchObject({ outcome: 'unknown' })
    expect(await write(answering(() => Promise.reject(new Error('socket hang up'))))).toMatchObject({ outcome: 'unknown' })
    expect(
      await write(answering(() => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example' } }))),
    ).toMatchObject({ outcome: 'unknown' })
  })

  it('surely did nothing when no connection came about', async () => {
    const refused = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
    expect(
      await answering(() => Promise.reject(refused)).write({ method: 'PATCH', path: '/rest/v1.0/x', body: '{}', priority: 'write' }),
    ).toMatchObject({ outcome: 'later' })
  })

  it('is refused when it is larger than we read, and a body when it is larger than we send', async () => {
    const piece = new Uint8Array(1024 * 1024)
    const endless = () => new Response(new ReadableStream({ pull: (to) => to.enqueue(piece) }))
    await expect(answering(endless).read({ path: '/rest/v1.0/x', priority: 'single' })).rejects.toMatchObject({
      problem: { code: 'procore-down' },
    })
    const big = await answering(() => Response.json({})).write({
      method: 'PATCH',
      path: '/rest/v1.0/x',
      body: 'x'.repeat(9 * 1024 * 1024),
      priority: 'write',
    })
    expect(big).toMatchObject({ outcome: 'refused', status: 413 })
  })

  it('does not send the token to another host, wherever a link points', async () => {
    const asked: string[] = []
    const client = answering(() => Response.json([{ id: 1 }], { headers: { link: '<https://evil.example/steal>; rel="next"' } }))
    const { pages } = await import('../../../agent/procore/paging.ts')
    const read = async () => {
      for await (const _ of pages(client, { path: '/rest/v1.0/x', priority: 'page' })) asked.push('page')
    }
    await expect(read()).rejects.toMatchObject({ problem: { code: 'procore-answer' } })
    expect(asked).toEqual(['page'])
  })
})
