import { afterEach, describe, expect, it } from 'vitest'
import { lastUnlink } from '../../../agent/ledger/unlinks.ts'
import { reaches } from '../../support/reaches.ts'
import { type Linked, leavesLinks, linkedCommitment } from './linked.ts'

const errors = { base: ['is not editable because it has been synced with ERP'] }
const lines = { method: 'PATCH', path: '/line_items/sync' } as const
const headers = { method: 'PATCH', path: '/work_order_contracts/sync' } as const
const refusing = (...rows: number[]) => ({ do: 'partial errors', rows, errors }) as const

const none = { origin_id: null, origin_code: null, origin_data: null }

let one: Linked
afterEach(() => one.standIn.close())
const codes = () => one.firm.problems().map(({ code }) => code)
const acts = () =>
  one.firm.ledger.raw
    .prepare('select act from audit')
    .all()
    .map(({ act }) => act)

/** Gone from the ERP with its job, so that it may be unlinked. */
async function gone(): Promise<void> {
  one = await linkedCommitment()
  one.firm.ledger.raw.prepare('update records set vanished_at = 1 where id = ?').run(one.record)
}

describe('an unlink Procore refuses after the record itself was free', () => {
  it('leaves everything as it was before, the record’s own link too', async () => {
    await gone()
    const before = one.origins()
    one.standIn.faults.add({ when: lines, fault: refusing(0), times: 2 })
    await one.unlink()
    expect(one.origins()).toEqual(before)
    expect([one.firm.state(one.record), codes()]).toEqual(['left-with-job', ['locked-in-procore']])
    await one.unlink()
    expect(one.firm.state(one.record)).toBe('unlinked')
    expect(lastUnlink(one.firm.ledger.raw, one.record)?.carried.header.originId).toBe(before[0]?.origin_id)
  })

  it('is looked at and taken on where the answer to that was lost', async () => {
    await gone()
    one.standIn.faults.add({ when: lines, fault: refusing(0), times: 2 }, { when: headers, after: 1, fault: { do: 'drop after commit' } })
    await one.unlink()
    // The second attempt meets no refusal any more.
    expect(one.firm.state(one.record)).toBe('unlinked')
    expect(one.origins().filter(({ origin_id }) => origin_id !== null)).toHaveLength(1)
  })

  it('says that it is half done where Procore does not take the link back, and can be undone', async () => {
    await gone()
    const before = one.origins()
    one.standIn.faults.add({ when: lines, fault: refusing(0), times: 2 }, { when: headers, after: 1, fault: refusing(0) })
    await one.unlink()
    reaches('unlink-half-done', codes())
    expect(codes()).not.toContain('owner-lost')
    expect(one.origins()).toEqual([none, ...before.slice(1)])
    expect([one.firm.state(one.record), acts()]).toEqual(['unlinked', expect.arrayContaining(['unlink-half-done'])])
    await one.relink()
    expect([one.origins(), codes()]).toEqual([before, []])
  })
})

describe('an unlink whose lines Procore does not give their link back', () => {
  it('is told as half done, and what the lines carried is not forgotten by the next one', async () => {
    await gone()
    const before = one.origins()
    one.standIn.faults.add({ when: headers, fault: refusing(0) }, { when: lines, after: 1, fault: refusing(0) })
    await one.unlink()
    reaches('unlink-half-done', codes())
    expect(one.firm.state(one.record)).toBe('left-with-job')
    expect(one.origins()[0]).toEqual(before[0])
    expect(one.origins()).not.toEqual(before)
    await one.unlink()
    expect([one.firm.state(one.record), codes()]).toEqual(['unlinked', []])
    await one.relink()
    expect(one.origins()).toEqual(before)
  })
})

it('is half done too where Procore answers as if all were well, and is taken on by the next one', async () => {
  await gone()
  const before = one.origins()
  const end = leavesLinks(one.firm, (path, originId) => path.includes(headers.path) || originId !== null)
  await one.unlink()
  reaches('unlink-half-unchanged', codes())
  expect([one.firm.state(one.record), one.origins()[0]]).toEqual(['left-with-job', before[0]])
  expect(acts()).toContain('unlink-half-done')
  end()
  await one.unlink()
  expect([one.firm.state(one.record), codes()]).toEqual(['unlinked', []])
  await one.relink()
  expect(one.origins()).toEqual(before)
})
