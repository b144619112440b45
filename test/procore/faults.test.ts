import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStandInProcess } from '../support/start-stand-in.ts'
import { type Ask, asker, syncVendors } from './ask.ts'
import type { LoggedRequest, Stage } from './request-log.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

describe('faults', () => {
  let standIn: StandIn
  let ask: Ask
  beforeEach(async () => {
    standIn = await startStandIn()
    ask = await asker(standIn)
  })
  afterEach(() => standIn.close())
  const known = (origin: string) => standIn.company.tables.vendors.byOrigin(origin) !== undefined
  const send = (origin_id: string) => syncVendors(standIn, ask, [{ origin_id, name: 'Faulty' }])

  it.each([
    ['drop before reading', false],
    ['drop after commit', true],
    ['drop mid-answer', true],
  ] as const)('%s: the sender hears nothing, and the row is there: %s', async (fault, there) => {
    standIn.faults.add({ when: { path: 'vendors/sync' }, fault: { do: fault } })
    await expect(send('f:1')).rejects.toThrow()
    expect(known('f:1')).toBe(there)
    expect(standIn.requests.at(-1)).toMatchObject({ fault, status: undefined })
    await send('f:1')
    expect(standIn.company.tables.vendors.where((one) => one.origin_id === 'f:1')).toHaveLength(1)
  })

  it.each([429, 503, 500, 502, 408])('answers %i in place of the work, once', async (status) => {
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'answer', status, retryAfterSeconds: 3 } })
    const heard = await ask('PATCH', '/rest/v1.0/vendors/sync', {
      company_id: standIn.company.id,
      updates: [{ origin_id: 'f:2', name: 'Later' }],
    })
    expect(heard.status).toBe(status)
    expect(heard.headers.get('retry-after')).toBe('3')
    expect(known('f:2')).toBe(false)
    expect((await send('f:2')).entities).toHaveLength(1)
  })

  it('gives single rows of a sync an error and takes the others', async () => {
    standIn.faults.add({ when: { path: 'sync' }, fault: { do: 'partial errors', rows: [1], errors: { name: ['is too long'] } } })
    const answer = await syncVendors(standIn, ask, [
      { origin_id: 'p:0', name: 'A' },
      { origin_id: 'p:1', name: 'B' },
      { origin_id: 'p:2', name: 'C' },
    ])
    expect(answer.errors).toEqual([{ origin_id: 'p:1', name: 'B', errors: { name: ['is too long'] } }])
    expect(answer.entities).toHaveLength(2)
  })

  it('hits by ordinal, after some, and as often as told', async () => {
    const next = standIn.requests.length + 1
    standIn.faults.add({ when: { nth: next + 1 }, fault: { do: 'answer', status: 500 } })
    standIn.faults.add({ when: { path: '/companies' }, after: 1, times: 2, fault: { do: 'answer', status: 502 } })
    const status = async (path: string) => (await ask('GET', path)).status
    expect([await status('/rest/v1.0/me'), await status('/rest/v1.0/me')]).toEqual([200, 500])
    const path = '/rest/v1.0/companies'
    expect([await status(path), await status(path), await status(path), await status(path)]).toEqual([200, 502, 502, 200])
  })

  it('goes down and comes back on the same address with the same data', async () => {
    await send('d:1')
    await standIn.close()
    await expect(send('d:2')).rejects.toThrow()
    standIn = await startStandIn({ port: standIn.port, company: standIn.company })
    expect((await ask('GET', '/rest/v1.0/me')).status).toBe(401)
    ask = await asker(standIn)
    expect([known('d:1'), known('d:2')]).toEqual([true, false])
    expect((await send('d:2')).entities).toHaveLength(1)
  })

  it('tells each stage in order and waits for the listener', async () => {
    const seen: Stage[] = []
    let writtenAtCommit = false
    standIn.onRequest(async (stage: Stage, request: LoggedRequest) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (request.path.endsWith('vendors/sync')) seen.push(stage)
      if (stage === 'committed') writtenAtCommit = known('s:1')
    })
    await send('s:1')
    expect(seen.slice(0, 4)).toEqual(['received', 'before-reading', 'committed', 'mid-answer'])
    expect(writtenAtCommit).toBe(true)
  })
})

describe('a stand-in in its own process', () => {
  it('is steered and read from outside: faults, edits, holds, log, end state', async () => {
    await using remote = await startStandInProcess(['--seed', '3', '--mode', 'lenient'])
    const { control, access } = remote
    const credentials = { grant_type: 'client_credentials', client_id: access.clientId, client_secret: access.clientSecret }
    const signed = await fetch(`${remote.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(credentials) })
    const { access_token } = (await signed.json()) as { access_token: string }
    const headers = { authorization: `Bearer ${access_token}`, 'procore-company-id': access.companyId }
    const list = () => fetch(`${remote.url}/rest/v1.0/vendors?company_id=${access.companyId}&per_page=1`, { headers })

    await control('POST', 'faults', { when: { path: '/vendors' }, fault: { do: 'answer', status: 503, retryAfterSeconds: 1 } })
    expect((await list()).status).toBe(503)

    const { id } = await control<{ id: number }>('POST', 'holds', { stage: 'committed', when: { path: '/vendors' } })
    const held = list()
    const standing = await control<LoggedRequest>('GET', `holds/${id}`)
    expect(standing).toMatchObject({ method: 'GET', path: '/rest/v1.0/vendors' })
    await control('POST', `holds/${id}/release`)
    const [vendor] = (await (await held).json()) as { id: number; name: string }[]

    expect(await control('PATCH', 'pages', { locale: 'de-DE' })).toMatchObject({ locale: 'de-DE' })
    const project = (await control<{ id: number; project_number: string }[]>('GET', 'items/projects'))[0]!
    const page = await fetch(
      `${remote.url}/webclients/host/companies/${access.companyId}/projects/${project.id}/tools/contracts/commitments`,
    )
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    await control('PATCH', `items/vendors/${vendor!.id}`, { name: 'Edited in Procore' })
    await control('POST', `items/vendors/${vendor!.id}/steal`, { originId: 'other:1' })
    expect(await control('GET', `items/vendors/${vendor!.id}`)).toMatchObject({ name: 'Edited in Procore', origin_id: 'other:1' })
    const state = await control<{ requests: number; behaviour: { mode: string } }>('GET', 'state')
    expect(state).toMatchObject({ requests: 3, behaviour: { mode: 'lenient' } })
    expect(Object.keys(await control<object>('GET', 'export'))).toContain('direct_cost_line_items')
  })
})
