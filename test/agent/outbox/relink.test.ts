import { afterEach, describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { lastUnlink, snapshotOf } from '../../../agent/ledger/unlinks.ts'
import { setWriting } from '../../../agent/ledger/writing.ts'
import type { UnlinkNull } from '../../procore/api/endpoint.ts'
import type { Fault } from '../../procore/faults.ts'
import { reaches } from '../../support/reaches.ts'
import { type Linked, leavesLinks, linkedCommitment, linkedCost, linkedOrder } from './linked.ts'

let one: Linked
afterEach(() => one.standIn.close())

const nulls = ['clears', '422', '200-but-unchanged'] as const satisfies UnlinkNull[]
const modes = ['strict', 'lenient'] as const
const codes = () => one.firm.problems().map(({ code }) => code)
const told = () =>
  one.firm.ledger.raw
    .prepare('select params from problems where closed_at is null')
    .all()
    .map(({ params }) => JSON.parse(String(params)))
const open = () => one.firm.outbox().filter(({ state }) => state !== 5)
const acts = () =>
  one.firm.ledger.raw
    .prepare("select act from audit where act like 'relink%' order by id")
    .all()
    .map(({ act }) => act)
const lineCalls = { method: 'PATCH', path: '/line_items/sync' } as const
const headerCalls = { method: 'PATCH', path: '/work_order_contracts/sync' } as const
const refusing: Fault = { do: 'partial errors', rows: [0], errors: { base: ['is not editable today'] } }

async function unlinked(make: () => Promise<Linked>): Promise<Linked> {
  one = await make()
  await one.unlink()
  expect(one.firm.state(one.record)).toBe('unlinked')
  return one
}

describe.each(modes)('an unlink taken back, Procore %s', (mode) => {
  it.each([
    ['commitment of several lines', linkedCommitment],
    ['direct cost', linkedCost],
    ['change order', linkedOrder],
  ])('leaves a %s exactly as it was before', async (_, make) => {
    one = await make({ mode })
    const before = one.origins()
    const agreed = one.firm.state(one.record)
    expect(before.every(({ origin_id }) => origin_id !== null)).toBe(true)
    await one.unlink()
    expect(one.origins().filter(({ origin_id }) => origin_id !== null)).toEqual(before.filter(({ origin_id }) => origin_id === 'other:9'))
    expect(await one.relink()).toBe('under-way')
    expect(one.origins()).toEqual(before)
    expect([one.firm.state(one.record), agreed]).toEqual(['synced', 'synced'])
    expect([open(), codes(), acts()]).toEqual([[], [], ['relink-asked', 'relinked']])
    if (mode === 'strict') expect(one.standIn.violations).toEqual([])
  })
})

it('asks for header and lines, sets the lines, then the header, and reads it back', async () => {
  await unlinked(linkedCommitment)
  const from = one.standIn.requests.length
  await one.relink()
  const calls = one.standIn.requests
    .slice(from)
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/(?=\D)/, '').replace(/\d+/g, 'N')}`)
  expect(calls.filter((call) => call.startsWith('PATCH'))).toHaveLength(2)
  expect(calls.length).toBeLessThanOrEqual(5)
})

it('can be done, undone and done again', async () => {
  one = await linkedCommitment()
  const before = one.origins()
  for (let n = 0; n < 2; n++) {
    await one.unlink()
    expect(one.firm.state(one.record)).toBe('unlinked')
    await one.relink()
    expect([one.origins(), one.firm.state(one.record)]).toEqual([before, 'synced'])
  }
  expect(await one.ask()).toEqual({ asked: 'refused', why: 'nothing' })
})

it('keeps what it was, whole, but for tax numbers', async () => {
  one = await linkedCommitment()
  const [header, ...lines] = one.origins()
  await one.unlink()
  const kept = lastUnlink(one.firm.ledger.raw, one.record)!
  const contract = one.standIn.company.tables.work_order_contracts.get(one.all[0]!.id)!
  expect(kept).toMatchObject({ forecast: 'gone', reason: 'void', relinkedAt: null, type: 'work-order-contract', item: String(contract.id) })
  expect(kept.carried.header).toMatchObject({ originId: header!.origin_id, originCode: 'SC-X', originData: 'h' })
  expect(kept.carried.lines.map(({ originId }) => originId)).toEqual(lines.slice(1).map(({ origin_id }) => origin_id))
  const snapshot = snapshotOf(one.firm.ledger.raw, kept.id)
  expect(snapshot.header.content).toMatchObject({ number: contract.number, title: contract.title })
  expect(snapshot.lines.map(({ id, originId }) => [id, originId])).toEqual(
    one.all.slice(1).map(({ id }, n) => [String(id), lines[n]!.origin_id]),
  )
})

describe('is refused, and nothing is changed,', () => {
  it.each([
    ['header', 0],
    ['line', 2],
  ])('where somebody else has linked its %s since', async (_, at) => {
    await unlinked(linkedCommitment)
    const { kind, id } = one.all[at]!
    one.standIn.company.steal(kind, id, 'other:1')
    const before = one.origins()
    await one.relink()
    expect(one.origins()).toEqual(before)
    reaches('undo-claimed', codes())
    expect([one.firm.state(one.record), open(), acts()]).toEqual(['unlinked', [], ['relink-asked', 'relink-refused']])
  })

  it('where a line that carried a link is no longer there', async () => {
    await unlinked(linkedCommitment)
    one.standIn.company.remove('contract_line_items', one.all[3]!.id)
    const before = one.origins()
    await one.relink()
    expect(one.origins()).toEqual(before)
    reaches('undo-line-gone', codes())
  })

  it('where the item was deleted', async () => {
    await unlinked(linkedCommitment)
    one.standIn.company.remove('work_order_contracts', one.all[0]!.id)
    await one.relink()
    reaches('procore-not-found', codes())
    expect(one.firm.state(one.record)).toBe('unlinked')
  })

  it('after 30 days, not before', async () => {
    await unlinked(linkedCommitment)
    const dayMs = 86_400_000
    one.firm.clock.time += 30 * dayMs
    expect(await one.ask()).toEqual({ asked: 'refused', why: 'expired' })
    expect(acts()).toEqual(['relink-refused'])
    one.firm.clock.time -= 1
    expect(await one.ask()).toEqual({ asked: 'under-way', why: null })
  })

  it('while writing is off, where Procore’s connector owns the links, and where nothing was unlinked', async () => {
    one = await linkedCommitment()
    expect((await one.ask()).why).toBe('nothing')
    await one.unlink()
    const { raw } = one.firm.ledger
    raw.exec('update sources set writing = 0')
    expect((await one.ask()).why).toBe('writing-off')
    raw.exec("update sources set writing = 1; update connections set owner = 'procore'")
    expect((await one.ask()).why).toBe('not-ours')
    raw.exec("update connections set owner = 'tieback'; delete from unlinks")
    expect((await one.ask()).why).toBe('nothing')
  })

  it('once writing is switched off while it waits: that it ended so is written down, and it can be asked for again', async () => {
    await unlinked(linkedCommitment)
    const before = one.origins()
    expect(await one.ask()).toEqual({ asked: 'under-way', why: null })
    const { ledger } = one.firm
    const set = (writing: boolean) =>
      ledger.transact((tx) => setWriting(tx, kinds, { connection: 1, entity: 'commitments', writing, by: { person: null, origin: 'cli' } }))
    await set(false)
    expect([one.firm.state(one.record), open(), acts()]).toEqual(['unlinked', [], ['relink-asked', 'relink-dropped']])
    expect(ledger.raw.prepare("select after from audit where act = 'relink-dropped'").get()?.['after']).toBe('{"why":"writing-off"}')
    await set(true)
    await one.firm.deliver()
    expect(one.origins()).toEqual(before)
    expect(await one.relink()).toBe('under-way')
    expect(one.firm.state(one.record)).toBe('synced')
  })

  it('once, and then done when asked again after what stood in the way is gone', async () => {
    one = await linkedCommitment()
    const before = one.origins()
    await one.unlink()
    one.standIn.company.steal('work_order_contracts', one.all[0]!.id, 'other:1')
    await one.relink()
    one.standIn.company.release('work_order_contracts', one.all[0]!.id)
    await one.firm.see('work-order-contracts', String(one.standIn.company.tables.work_order_contracts.get(one.all[0]!.id)?.project_id))
    expect(await one.relink()).toBe('under-way')
    expect([one.origins(), one.firm.state(one.record), codes()]).toEqual([before, 'synced', []])
  })
})

describe('where Procore refuses half way', () => {
  it('the lines are freed again, and it is said why', async () => {
    await unlinked(linkedCommitment)
    const before = one.origins()
    one.standIn.faults.add({ when: headerCalls, fault: refusing })
    await one.relink()
    expect(one.origins()).toEqual(before)
    reaches('undo-refused', codes())
    expect([one.firm.state(one.record), open()]).toEqual(['unlinked', []])
  })

  it('or answers as if all were well: that is said in our words, not quoted as Procore’s', async () => {
    one = await linkedCommitment()
    const linkedBefore = one.origins()
    await one.unlink()
    const before = one.origins()
    const end = leavesLinks(one.firm, (path, originId) => path.includes(headerCalls.path) && originId !== null)
    await one.relink()
    reaches('undo-unchanged', codes())
    expect([one.origins(), one.firm.state(one.record), told()]).toEqual([before, 'unlinked', [{ item: expect.any(String) }]])
    one.standIn.behaviour.unlinkNull = '200-but-unchanged'
    await one.relink()
    reaches('undo-half-unchanged', codes())
    expect(told().every((params) => !('text' in params))).toBe(true)
    end()
    await one.relink()
    expect([one.origins(), one.firm.state(one.record), codes()]).toEqual([linkedBefore, 'synced', []])
  })

  it('one line refused leaves none of them linked', async () => {
    await unlinked(linkedCommitment)
    const before = one.origins()
    one.standIn.faults.add({ when: lineCalls, fault: refusing })
    await one.relink()
    expect([one.origins(), codes()]).toEqual([before, ['undo-refused']])
  })

  it.each(nulls)('it is rolled back, or told as half done and gone on with (an empty origin_id %s)', async (how) => {
    one = await linkedCommitment()
    const linkedBefore = one.origins()
    await one.unlink()
    const before = one.origins()
    one.standIn.behaviour.unlinkNull = how
    one.standIn.faults.add({ when: headerCalls, fault: refusing })
    await one.relink()
    if (how === 'clears') expect([one.origins(), codes()]).toEqual([before, ['undo-refused']])
    else reaches('undo-half-done', codes())
    expect(one.firm.state(one.record)).toBe('unlinked')
    await one.relink()
    expect([one.origins(), one.firm.state(one.record), codes()]).toEqual([linkedBefore, 'synced', []])
  })
})

describe.each([
  ['commitment', linkedCommitment, ['/line_items/sync', '/work_order_contracts/sync']],
  ['direct cost', linkedCost, ['/line_items/sync', '/direct_costs/sync']],
] as const)('undoing the unlink of a %s', (_, make, paths) => {
  it.each(
    paths.flatMap((path) =>
      (['drop before reading', 'drop after commit', 'drop mid-answer'] as const).map((fault) => [path, fault] as const),
    ),
  )('goes on where an answer was lost (%s, %s)', async (path, fault) => {
    one = await make()
    const before = one.origins()
    await one.unlink()
    one.standIn.faults.add({ when: { method: 'PATCH', path }, fault: { do: fault } })
    await one.relink()
    expect([one.origins(), one.firm.state(one.record), open(), codes()]).toEqual([before, 'synced', [], []])
  })

  const deaths = [0, 1, 2, 3].flatMap((nth) => [true, false].map((done) => [nth, done] as const))

  it.each(deaths)('goes on where the agent died at call %i (that call done: %s)', async (nth, done) => {
    one = await make()
    const before = one.origins()
    await one.unlink()
    await one.ask()
    expect(await dying(nth, done)).toBe(true)
    await one.firm.deliver()
    expect([one.origins(), one.firm.state(one.record), open(), codes()]).toEqual([before, 'synced', [], []])
  })

  it.each(deaths)('restores all although the agent died during the unlink, at call %i (that call done: %s)', async (nth, done) => {
    one = await make()
    const before = one.origins()
    one.wish()
    expect(await dying(nth, done)).toBe(true)
    await one.firm.deliver()
    expect(one.firm.state(one.record)).toBe('unlinked')
    await one.relink()
    expect([one.origins(), one.firm.state(one.record), open(), codes()]).toEqual([before, 'synced', [], []])
  })
})

/** Works until the nth call that writes to Procore or the ledger, which is still done or not; then nothing more of this process is. Answers whether it came so far. */
async function dying(nth: number, done: boolean): Promise<boolean> {
  const { firm } = one
  const [client, calls] = [firm.client, firm.calls]
  let seen = 0
  const mortal =
    <I extends unknown[], O>(call: (...input: I) => Promise<O>) =>
    async (...input: I): Promise<O> => {
      seen += 1
      if (seen <= nth || (seen === nth + 1 && done)) {
        const answer = await call(...input)
        if (seen <= nth) return answer
      }
      throw new Error('killed')
    }
  firm.client = { ...client, write: mortal(client.write) }
  firm.calls = { ...calls, settle: mortal(calls.settle), progress: mortal(calls.progress) }
  const lived = await firm.deliver().then(
    () => true,
    () => false,
  )
  Object.assign(firm, { client, calls })
  return !lived
}
