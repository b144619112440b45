import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { audit } from '../../agent/cli/audit.ts'
import { evidence } from '../../agent/cli/evidence.ts'
import { relink } from '../../agent/cli/relink.ts'
import { unlink } from '../../agent/cli/unlink.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, writes } from './books.ts'

const numbers = ['SC-1001', 'SC-1002']
const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))

/** Two subcontracts, linked in Procore; `first` is the one that will leave the books. */
async function linked(standIn: Awaited<ReturnType<typeof standInWithAccess>>, agent: RunningAgent) {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows(...numbers)), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  const inProcore = (number: string) => standIn.company.commitments().find((one) => one.number === number)
  const idOf = (number: string) => `work-order-contract:${inProcore(number)?.id}`
  return {
    inProcore,
    idOf,
    forecast: async (number: string) => (await agent.ask('link', { params: { id: idOf(number) } })).unlink,
    /** Asks once; on a slow day how it ended is told by the link. */
    ask: async (number: string, forecast: string) => {
      const first = await agent.ask('unlink', { params: { id: idOf(number) }, body: { forecast } })
      if (first.outcome !== 'under-way') return first
      await agent.until('it has ended', () => agent.ledger.link('commitments', number)?.state !== 'unlinking')
      const { status, unlink: now, problems } = await agent.ask('link', { params: { id: idOf(number) } })
      return { outcome: status.state === 'unlinked' ? 'unlinked' : 'refused', forecast: now, problem: problems[0] ?? null }
    },
    gone: () => agent.export(exportOf(erp, 'commitments', rows('SC-1002')), 'commitments').then(() => agent.atRest()),
  }
}

describe.each(modes)('unlinking a commitment, Procore %s', (mode) => {
  it('is refused while the ERP has it, done once it is gone, once, and written down', async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { inProcore, forecast, ask, gone, idOf } = await linked(standIn, agent)
    const origin = inProcore('SC-1001')?.origin_id
    expect(origin).toMatch(/:commitments:SC-1001$/)
    const there = await forecast('SC-1001')
    expect(there).toMatchObject({ kind: 'refused', code: 'still-there', params: { key: 'SC-1001' } })
    standIn.forget()
    expect(await ask('SC-1001', there?.id ?? '')).toMatchObject({ outcome: 'refused', forecast: { code: 'still-there' } })
    await gone()
    expect(await ask('SC-1001', there?.id ?? '')).toMatchObject({ outcome: 'changed', forecast: { code: 'gone' } })
    expect(writes(standIn.requests)).toEqual([])

    const ready = await forecast('SC-1001')
    expect(ready).toMatchObject({ kind: 'ready', code: 'gone' })
    expect(await ask('SC-1001', ready?.id ?? '')).toMatchObject({
      outcome: 'unlinked',
      forecast: { kind: 'done', code: 'unlinked' },
      problem: null,
    })
    expect(inProcore('SC-1001')).toMatchObject({ origin_id: null, origin_code: null, origin_data: null })
    expect(inProcore('SC-1002')?.origin_id).toMatch(/:commitments:SC-1002$/)
    expect(agent.ledger.link('commitments', 'SC-1001')?.state).toBe('unlinked')

    // Asked again, as after a lost answer: nothing is sent twice. And nothing links it again by itself.
    standIn.forget()
    expect((await ask('SC-1001', ready?.id ?? '')).outcome).toBe('unlinked')
    await agent.export(exportOf(erp, 'commitments', rows(...numbers)), 'commitments')
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(agent.ledger.link('commitments', 'SC-1001')?.state).toBe('unlinked')

    const acts = agent.ledger.rows("select before, after from audit where act = 'unlink-asked'")
    expect(acts).toHaveLength(1)
    expect(JSON.parse(String(acts[0]?.['before']))).toMatchObject({ key: 'SC-1001', originId: origin })
    const file = join(agent.home.data, 'acts.json')
    expect((await agent.cli(audit, ['export', file])).code).toBe(0)
    const { acts: handedOut } = JSON.parse(readFileSync(file, 'utf8')) as { acts: { act: string; before: object | null }[] }
    const [done, ...more] = handedOut.filter(({ act }) => act === 'unlinked')
    expect([done?.before, more]).toEqual([
      expect.objectContaining({ key: 'SC-1001', header: expect.objectContaining({ originId: origin }) }),
      [],
    ])
    const { history } = await agent.ask('link', { params: { id: idOf('SC-1001') } })
    expect(history.slice(0, 2).map(({ to }) => to)).toEqual(['unlinked', 'unlinking'])
    expect(standIn.violations).toEqual([])
  })

  it.each([
    ['422', 'locked-in-procore'],
    ['200-but-unchanged', 'link-unchanged'],
  ] as const)('says why Procore keeps the link (%s), leaves all as it was, and may be asked again', async (how, why) => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { inProcore, forecast, ask, gone } = await linked(standIn, agent)
    const before = inProcore('SC-1001')?.origin_id
    await gone()
    standIn.behaviour.unlinkNull = how
    const ready = await forecast('SC-1001')
    expect(await ask('SC-1001', ready?.id ?? '')).toMatchObject({ outcome: 'refused', problem: { code: why } })
    expect(inProcore('SC-1001')?.origin_id).toBe(before)
    expect(agent.ledger.link('commitments', 'SC-1001')?.state).toBe('gone-from-erp')
    expect(agent.ledger.outbox()).toEqual([])
    standIn.behaviour.unlinkNull = 'clears'
    expect((await ask('SC-1001', ready?.id ?? '')).outcome).toBe('unlinked')
    expect(agent.ledger.problems().map(({ code }) => code)).not.toContain(why)
  })
})

it('tells why Procore keeps a link whose amount is trouble of its own, here and at the command line', async () => {
  const negative = 'PO-2085'
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitment-items'), 'commitment-items')
  await agent.export(exportOf(erp, 'commitments', rows(negative, 'SC-1002')), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  // Asking closes what is told of the record; what judging opens anew is older than what Procore says.
  await agent.export(exportOf(erp, 'commitments', rows('SC-1002')), 'commitments')
  await agent.atRest()
  standIn.behaviour.unlinkNull = '422'
  const id = `purchase-order-contract:${standIn.company.commitments().find((one) => one.number === negative)?.id}`
  const { unlink: ready } = await agent.ask('link', { params: { id } })
  expect(ready).toMatchObject({ kind: 'ready' })
  const told = await agent.ask('unlink', { params: { id }, body: { forecast: ready?.id ?? '' } })
  expect(told).toMatchObject({ outcome: 'refused', problem: { code: 'locked-in-procore' } })
  const link = await agent.ask('link', { params: { id } })
  expect(link.problems.map(({ code }) => code)).toEqual(['amount-negative', 'locked-in-procore'])
  expect(link.reason).toMatchObject({ code: 'locked-in-procore' })
  expect((await agent.cli(unlink, [id])).said[0]).toMatch(/^Not unlinked\. Procore/)
  // Still so once both sides were looked at again.
  await agent.askProcore()
  await agent.atRest()
  expect((await agent.ask('link', { params: { id } })).reason).toMatchObject({ code: 'locked-in-procore' })

  standIn.behaviour.unlinkNull = 'clears'
  expect((await agent.cli(unlink, [id])).code).toBe(0)
  standIn.company.steal('purchase_order_contracts', Number(id.split(':')[1]), 'other:1')
  expect(await agent.ask('relink', { params: { id }, body: {} })).toMatchObject({ outcome: 'refused', problem: { code: 'undo-claimed' } })
})

it('reads an export that waits before it takes anything off, also one still coming to rest', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { inProcore, forecast, gone, idOf } = await linked(standIn, agent)
  await gone()
  const ready = await forecast('SC-1001')
  standIn.forget()
  // It is back in the books: whoever asks now saw what no longer holds, though nobody has read it yet.
  const { name, bytes } = exportOf(erp, 'commitments', rows(...numbers))
  await agent.drop(name, bytes)
  const answer = await agent.ask('unlink', { params: { id: idOf('SC-1001') }, body: { forecast: ready?.id ?? '' } })
  expect(answer).toMatchObject({ outcome: 'changed', forecast: { code: 'still-there' } })
  expect(writes(standIn.requests)).toEqual([])
  expect(inProcore('SC-1001')?.origin_id).toMatch(/:commitments:SC-1001$/)
})

it('reads it for a person who only looks too: nothing is taken off and nothing written down', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { forecast, gone, idOf } = await linked(standIn, agent)
  await gone()
  expect(await forecast('SC-1001')).toMatchObject({ code: 'gone' })
  standIn.forget()
  const acts = () => agent.ledger.rows('select count(*) as n from audit')[0]?.['n']
  const before = acts()
  const { name, bytes } = exportOf(erp, 'commitments', rows(...numbers))
  await agent.drop(name, bytes)
  const answer = await agent.ask('readFirst', { params: { id: idOf('SC-1001') } })
  expect(answer).toMatchObject({ reading: false, forecast: { code: 'still-there' } })
  expect([writes(standIn.requests), acts()]).toEqual([[], before])
})

describe('tieback unlink', () => {
  it('says what would come of it, and does it', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { inProcore, gone, idOf } = await linked(standIn, agent)
    const id = idOf('SC-1001')
    const refused = await agent.cli(unlink, [id])
    expect([refused.code, refused.said[0]]).toEqual([
      1,
      expect.stringMatching(/^Not unlinked\. Not now\. Still in .+ as SC-1001, last seen/),
    ])
    await gone()
    const done = await agent.cli(unlink, [id])
    expect([done.code, done.said[0]]).toEqual([
      0,
      expect.stringMatching(/^Successfully unlinked\. Unlinked\. Since .+ can be edited in Procore again\.$/),
    ])
    expect(inProcore('SC-1001')?.origin_id).toBeNull()
  })

  it('takes the address of the record’s page in Procore, in either family, and refuses that of a list', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { inProcore, gone } = await linked(standIn, agent)
    const { id, project_id } = inProcore('SC-1001') ?? {}
    const host = `https://us02.procore.com/webclients/host/companies/${standIn.access.companyId}/projects/${project_id}/tools/contracts/commitments`
    await expect(agent.cli(unlink, [host])).rejects.toThrow(/not one record’s own/)
    await expect(agent.cli(unlink, [host.replace(/companies.\d+/, 'companies/1')])).rejects.toThrow(/one record’s own/)
    const record = `work_order_contracts/${id}`
    await expect(agent.cli(unlink, [`${host.replace(/companies.\d+/, 'companies/1')}/${record}`])).rejects.toThrow(/of company 1, /)
    expect((await agent.cli(unlink, [`${host}/${record}`], { look: true })).said[0]).toMatch(/^Not now\. Still in .+ as SC-1001,/)
    await gone()
    expect((await agent.cli(unlink, [`${host}/${record}?tab=sov`])).code).toBe(0)
    expect(inProcore('SC-1001')?.origin_id).toBeNull()
    expect((await agent.cli(relink, [`us02.procore.com/${project_id}/project/commitments/${record}`])).code).toBe(0)
    expect(inProcore('SC-1001')?.origin_id).toMatch(/:commitments:SC-1001$/)
  })

  it('leaves what left with its job to a person who says why', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { inProcore, gone, idOf } = await linked(standIn, agent)
    const job = rows('SC-1001')[0]?.['Job']
    await agent.export(
      exportOf(
        erp,
        'jobs',
        erp.JCM_MASTER__JOB.map((row) => (row['Job'] === job ? { ...row, Status: 'Closed' } : row)),
      ),
      'jobs',
    )
    await gone()
    expect((await agent.cli(unlink, [idOf('SC-1001')])).said[0]).toMatch(/^Not unlinked\. A person decides\./)
    expect(inProcore('SC-1001')?.origin_id).not.toBeNull()
    expect((await agent.cli(unlink, [idOf('SC-1001')], { reason: 'job closed, contract void' })).code).toBe(0)
    expect(inProcore('SC-1001')?.origin_id).toBeNull()
    const [act] = agent.ledger.rows("select after from audit where act = 'unlink-asked'")
    expect(JSON.parse(String(act?.['after']))).toMatchObject({ reason: 'job closed, contract void' })
  })

  it('goes against the forecast on an admin’s typed reason alone, and stays unlinked', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { inProcore, idOf } = await linked(standIn, agent)
    const id = idOf('SC-1001')
    await expect(agent.cli(unlink, [id], { override: true, reason: 'because' })).rejects.toThrow('10 characters')
    expect((await agent.cli(unlink, [id], { reason: 'was entered in the wrong company' })).code).toBe(1)
    expect((await agent.cli(unlink, [id], { override: true, reason: 'was entered in the wrong company' })).code).toBe(0)
    expect(inProcore('SC-1001')?.origin_id).toBeNull()
    await agent.export(exportOf(erp, 'commitments', rows(...numbers)), 'commitments')
    await agent.atRest()
    expect(agent.ledger.link('commitments', 'SC-1001')?.state).toBe('unlinked')
    const { history } = await agent.ask('link', { params: { id } })
    expect(history.map(({ to, override }) => [to, override ?? false]).slice(0, 2)).toEqual([
      ['unlinked', false],
      ['unlinking', true],
    ])
    expect(agent.ledger.rows("select act from audit where act like 'unlink-%' order by id").map(({ act }) => act)).toEqual([
      ...['unlink-refused', 'unlink-overridden'],
    ])
    const file = join(agent.home.data, 'SC-1001.html')
    expect((await agent.cli(evidence, [id, file], { lang: 'fr-CA' })).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(/malgré la prévision[\s\S]*was entered in the wrong company/)
    await expect(agent.cli(evidence, [id, file])).rejects.toThrow('is there already')
    await expect(agent.cli(evidence, [id, 'page.pdf'])).rejects.toThrow('evidence TYPE:ID')
    const day = new Date().toISOString().slice(0, 10)
    expect((await agent.cli(evidence, [join(agent.home.data, 'today.html')], { from: day, to: day })).code).toBe(0)
    expect((await agent.cli(evidence, [join(agent.home.data, 'run.html')], { run: '1' })).code).toBe(0)
  })
})
