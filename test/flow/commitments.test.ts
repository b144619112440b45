import { describe, expect, it } from 'vitest'
import type { ItemRef } from '../../shared/item.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, rowsSent, writes } from './books.ts'

/** Records of one job that both sides know and agree on, two of them where titles or amounts differ, and one foreign one. */
function someCommitments() {
  const erp = books()
  const known = erp.known.commitments
  const wanted = new Set([
    ...['SC-1001', 'SC-1002', 'PO-2004', 'PO-2005', known.tooLongTitle, known.negative],
    ...[known.differ.amount[0], known.differ.title[0], known.differ.closed[0], known.foreign[0], known.erpOnly[0]],
  ])
  const headers = erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.has(row['Commitment'] ?? ''))
  const lines = erp.JCM_MASTER__COMMITMENT_ITEM.filter((row) => wanted.has(row['Commitment'] ?? ''))
  return { erp, known, headers, lines }
}

describe.each(modes)('commitments with their items and jobs, Procore %s', (mode) => {
  it('find their items through the job, say which side moved, are linked without changing anything else', async () => {
    const { erp, known, headers, lines } = someCommitments()
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const key = String(agent.ledger.rows('select key from connections')[0]?.['key'])
    const inProcore = (number: string) => standIn.company.commitments().find((one) => one.number === number)
    const refOf = (number: string): ItemRef => {
      const one = inProcore(number)
      return { type: one?.kind === 'WorkOrderContract' ? 'work-order-contract' : 'purchase-order-contract', id: String(one?.id) }
    }
    const stateOf = (number: string) => agent.ledger.link('commitments', number)?.state

    // Items first, headers next, jobs last: the order in which files arrive does not matter.
    await agent.export(exportOf(erp, 'commitment-items', lines), 'commitment-items')
    await agent.until('items are taken', () => agent.ledger.files().length === 1)
    await agent.export(exportOf(erp, 'commitments', headers), 'commitments')
    await agent.until('headers are taken', () => agent.ledger.files().length === 2)
    await agent.export(exportOf(erp, 'jobs'), 'jobs')
    await agent.atRest()
    const differ = [known.differ.amount[0], known.differ.title[0], known.differ.closed[0]].map((one) => one ?? '')
    expect(differ.map(stateOf)).toEqual(['changed-in-both', 'changed-in-both', 'changed-in-both'])
    expect(stateOf(known.foreign[0] ?? '')).toBe('foreign')
    expect(stateOf(known.erpOnly[0] ?? '')).toBe('not-linked')
    expect([known.tooLongTitle, known.negative, 'SC-1001', 'PO-2004'].map(stateOf)).toEqual(Array(4).fill('synced'))
    expect(agent.ledger.states('jobs')).toEqual({ synced: erp.known.jobs.matched.length, 'not-linked': erp.known.jobs.erpOnly.length })
    expect(writes(standIn.requests)).toEqual([])

    // Which field differs, and by how much, stands beside both numbers.
    const { figures, row } = await agent.ask('link', { params: { id: `${refOf(differ[0] ?? '').type}:${refOf(differ[0] ?? '').id}` } })
    expect(figures.filter(({ agrees }) => agrees === false).map(({ field, difference }) => [field, difference])).toContainEqual([
      'original',
      '-1250.00',
    ])
    expect(row?.file).toBe('JCM_MASTER__COMMITMENT.csv')

    // Writing on: jobs and commitments are linked by id and origin_id, once each; nothing else is in the rows, nobody else's is touched.
    await agent.writing('jobs', 'on')
    await agent.writing('commitments', 'create') // and still none is made
    await agent.atRest()
    const sent = rowsSent(standIn.requests, /contracts\/sync$/)
    const ours = headers.map((one) => one['Commitment'] ?? '').filter((one) => one !== known.foreign[0] && one !== known.erpOnly[0])
    expect(sent.map(({ id, ...rest }) => rest)).toHaveLength(ours.length)
    for (const number of ours) expect(sent).toContainEqual({ id: inProcore(number)?.id, origin_id: `${key}:commitments:${number}` })
    expect(inProcore(known.foreign[0] ?? '')?.origin_id).toBe(`otherlink-${known.foreign[0]}`)
    expect(
      writes(standIn.requests).filter(({ path }) => path.endsWith('/projects/sync')),
      'jobs go together',
    ).toHaveLength(1)
    const projects = standIn.company.tables.projects.live()
    expect(projects.map(({ origin_id }) => origin_id).sort()).toEqual(erp.known.jobs.matched.map((job) => `${key}:jobs:${job}`).sort())
    // The practice company's negative purchase order is told, whatever its state.
    expect(agent.ledger.problems().map(({ code, key }) => [code, key])).toEqual([['amount-negative', 'PO-2085']])

    // Nothing to do the second time.
    standIn.forget()
    await agent.askProcore()
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])

    // An item of the ERP changes: its commitment changed there; nothing is sent, for Procore's amounts are its own.
    const more = lines.map((line) => (line['Commitment'] === 'SC-1001' && line['Item_Number'] === '1' ? { ...line, Amount: '1.00' } : line))
    await agent.export(exportOf(erp, 'commitment-items', more), 'commitment-items')
    await agent.until('the header shows it', () => stateOf('SC-1001') === 'changed-in-erp')
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])

    // A person edits one in Procore: changed there.
    standIn.company.edit(
      refOf('SC-1002').type === 'work-order-contract' ? 'work_order_contracts' : 'purchase_order_contracts',
      Number(refOf('SC-1002').id),
      { title: 'Renamed' },
    )
    await agent.askProcore()
    await agent.until('the edit shows', () => stateOf('SC-1002') === 'changed-in-procore')
    const [badge] = (await agent.status([refOf('SC-1002')])).items
    expect(badge).toMatchObject({ state: 'changed-in-procore', erpKey: 'SC-1002' })

    // The job leaves the books: its commitments have left with it, nothing says that they are gone.
    await agent.export(exportOf(erp, 'commitments', headers.slice(1)), 'commitments')
    await agent.until('one is gone', () => stateOf(headers[0]?.['Commitment'] ?? '') === 'gone-from-erp')
    await agent.export(exportOf(erp, 'jobs', erp.JCM_MASTER__JOB.slice(1)), 'jobs')
    await agent.until('its job has left', () => stateOf(headers[0]?.['Commitment'] ?? '') === 'left-with-job')
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(standIn.violations).toEqual([])
  })
})
