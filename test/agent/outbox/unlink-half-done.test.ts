import { afterEach, describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { eyesOf } from '../../../agent/ledger/look.ts'
import { applyConfirmed, reconciling } from '../../../agent/ledger/reconcile.ts'
import { lastUnlink } from '../../../agent/ledger/unlinks.ts'
import { askUnlink } from '../../../agent/unlink/ask-unlink.ts'
import { heldBy, unlinkFacts } from '../../../agent/unlink/facts.ts'
import { forecastOf } from '../../../agent/unlink/forecast.ts'
import { snapshotSaid } from '../../../agent/unlink/snapshot.ts'
import { undoOf } from '../../../agent/unlink/undo.ts'
import { linkStates } from '../../../shared/link-state.ts'
import { problem } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'
import { originOf } from './firm.ts'
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

/** What happens in Procore right after the first attempt has freed the lines and not come to the header. */
function afterHeaderCall(happens: () => void): void {
  const { client } = one.firm
  let met = false
  one.firm.client = {
    ...client,
    async write(ask) {
      const answer = await client.write(ask)
      if (!met && ask.path.endsWith(headers.path)) {
        met = true
        happens()
      }
      return answer
    },
  }
}

const contract = () => one.standIn.company.tables.work_order_contracts.get(one.all[0]!.id)!
const stopped = [
  ['429', { do: 'answer', status: 429, retryAfterSeconds: 1 }],
  ['no answer', { do: 'drop before reading' }],
] as const

describe.each(stopped)('an unlink that freed its lines and met %s at the record itself', (_, fault) => {
  it('gives the lines their link back where somebody else claims the record before it goes on', async () => {
    await gone()
    const before = one.origins()
    one.standIn.faults.add({ when: headers, fault })
    afterHeaderCall(() => one.standIn.company.steal('work_order_contracts', one.all[0]!.id, 'other:1'))
    await one.unlink()
    expect(one.origins().slice(1)).toEqual(before.slice(1))
    expect(one.origins()[0]?.origin_id).toBe('other:1')
    expect(codes()).toContain('owner-lost')
    expect(codes()).not.toContain('unlink-half-done')
  })

  it('tells as half done what it cannot give back, and keeps what carried it', async () => {
    await gone()
    const before = one.origins()
    const { company, faults } = one.standIn
    faults.add({ when: headers, fault }, { when: lines, after: 1, fault: refusing(0) })
    afterHeaderCall(() => {
      company.steal('work_order_contracts', one.all[0]!.id, 'other:1')
      company.steal('contract_line_items', one.all[3]!.id, 'other:2')
    })
    await one.unlink()
    reaches('unlink-half-done', codes())
    // One was refused, one is somebody else's by now and stays theirs.
    expect(one.origins()[2]?.origin_id).toBeNull()
    expect(one.origins()[3]?.origin_id).toBe('other:2')
    expect(lastUnlink(one.firm.ledger.raw, one.record)?.carried.lines.map(({ originId }) => originId)).toEqual(
      before.slice(2).map(({ origin_id }) => origin_id),
    )
    company.edit('contract_line_items', one.all[3]!.id, before[3]!)
    company.edit('work_order_contracts', one.all[0]!.id, before[0]!)
    await one.firm.see('work-order-contracts', String(contract().project_id))
    expect(await one.relink()).toBe('under-way')
    expect([one.origins(), codes()]).toEqual([before, []])
  })

  it('tells it as half done where Procore no longer shows the project, and goes on once it does', async () => {
    await gone()
    const before = one.origins()
    one.standIn.faults.add({ when: headers, fault })
    afterHeaderCall(() => {
      one.standIn.company.permittedProjects = new Set()
    })
    await one.unlink()
    reaches('unlink-half-hidden', codes())
    expect([one.firm.state(one.record), acts()]).toEqual(['left-with-job', expect.arrayContaining(['unlink-half-done'])])
    const kept = snapshotSaid(one.firm.ledger.raw, one.record)!
    expect(kept.lines.map(({ originId }) => originId)).toEqual(before.slice(1).map(({ origin_id }) => origin_id))
    one.standIn.company.permittedProjects = 'all'
    expect(await one.relink()).toBe('under-way')
    expect([one.origins(), codes()]).toEqual([before, []])
  })
})

describe('more unlinks at once than are read one by one, in a project Procore hides', () => {
  /** Four commitments of one project, asked for together. */
  async function four(): Promise<number[]> {
    await gone()
    const { firm, standIn } = one
    const { work_order_contracts, projects } = standIn.company.tables
    const home = contract().project_id
    const others = work_order_contracts.live().filter(({ id, project_id }) => project_id === home && id !== contract().id)
    const records = [one.record]
    for (const [n, { id }] of others.slice(0, 3).entries())
      standIn.company.edit('work_order_contracts', id, { origin_id: originOf('commitments', `SC-Y${n}`) })
    await firm.see('work-order-contracts', String(home))
    for (const [n, { title }] of others.slice(0, 3).entries())
      records.push(
        await firm.record('commitments', `SC-Y${n}`, {
          ...{ commitment: `SC-Y${n}`, description: title, job: projects.get(home)!.project_number },
        }),
      )
    await firm.deliver()
    firm.ledger.raw.exec('update records set vanished_at = 1')
    for (const record of records) one.wish(record)
    return records
  }
  const left = () => one.firm.outbox().filter(({ state }) => state !== 5)

  it('after a lost answer: each ends as half done, told, and can be put back once the project shows', async () => {
    const records = await four()
    const before = one.origins()
    one.standIn.faults.add({ when: headers, fault: { do: 'drop after commit' } })
    afterHeaderCall(() => {
      one.standIn.company.permittedProjects = new Set()
    })
    await one.firm.deliver()
    expect([left(), codes().filter((code) => code === 'unlink-half-hidden')]).toEqual([[], Array(4).fill('unlink-half-hidden')])
    expect(records.map((record) => one.firm.state(record))).not.toContain('unlinking')
    expect(acts().filter((act) => act === 'unlink-half-done')).toHaveLength(4)
    one.standIn.company.permittedProjects = 'all'
    expect(await one.relink()).toBe('under-way')
    expect(one.origins()).toEqual(before)
  })

  it('before anything was sent: each is refused, and the project is named', async () => {
    const records = await four()
    one.standIn.company.permittedProjects = new Set()
    await one.firm.deliver()
    expect([left(), new Set(codes())]).toEqual([[], new Set(['project-not-permitted'])])
    expect(records.map((record) => one.firm.state(record))).not.toContain('unlinking')
    expect(acts().filter((act) => act === 'unlink-refused')).toHaveLength(4)
  })
})

it('an unlink Procore never let begin is asked anew, and nothing of it is told as half done', async () => {
  await gone()
  const before = one.origins()
  one.standIn.faults.add({ when: lines, fault: { do: 'answer', status: 429, retryAfterSeconds: 1 } })
  const { client } = one.firm
  one.firm.client = {
    ...client,
    async write(ask) {
      const answer = await client.write(ask)
      one.standIn.company.permittedProjects = new Set()
      return answer
    },
  }
  await one.unlink()
  expect([one.origins(), codes()]).toEqual([before, expect.not.arrayContaining(['unlink-half-done'])])
})

it('an unlink refused for another reason than a lock gives its lines back too', async () => {
  await gone()
  const before = one.origins()
  const { client } = one.firm
  one.firm.client = {
    ...client,
    write: async (ask) =>
      ask.path.endsWith(headers.path)
        ? { outcome: 'refused', status: 404, body: null, problem: problem('procore-not-found', { item: 'SC-X' }) }
        : client.write(ask),
  }
  await one.unlink()
  expect([one.origins(), codes()]).toEqual([before, ['procore-not-found']])
})

/** Half done with the record itself free, one line still linked. */
async function halfFree(): Promise<ReturnType<Linked['origins']>> {
  await gone()
  const before = one.origins()
  one.standIn.faults.add({ when: lines, fault: refusing(0), times: 2 }, { when: headers, after: 1, fault: refusing(0) })
  await one.unlink()
  expect([one.firm.state(one.record), codes()]).toEqual(['unlinked', ['unlink-half-done']])
  return before
}

/** Half done with the record itself linked, one line free. */
async function halfLinked(): Promise<ReturnType<Linked['origins']>> {
  await gone()
  const before = one.origins()
  one.standIn.faults.add({ when: headers, fault: refusing(0) }, { when: lines, after: 1, fault: refusing(0) })
  await one.unlink()
  expect([one.firm.state(one.record), codes()]).toEqual(['left-with-job', ['unlink-half-done']])
  return before
}

const looked = () => eyesOf(one.firm.ledger.raw, kinds, 1).look(one.record)!
const forecast = () => {
  const { raw } = one.firm.ledger
  return forecastOf(unlinkFacts(raw, eyesOf(raw, kinds, 1), one.record, heldBy(raw))!, one.firm.clock.time)
}
/** As a click on what is shown does. */
async function askAgain(): Promise<string> {
  one.firm.ledger.clock.now = one.firm.clock.time
  const by = { person: null, origin: 'cli' }
  const { asked } = await one.firm.ledger.transact((tx) =>
    askUnlink(tx, kinds, { record: one.record, forecast: forecast().id, reason: 'once more', by }),
  )
  await one.firm.deliver()
  return asked
}

describe.each([
  ['free', halfFree, [{ when: lines, fault: refusing(0), times: 2 }]],
  ['linked', halfLinked, [{ when: headers, fault: refusing(0) }]],
] as const)('an unlink half done, the record itself %s,', (_, half, refused) => {
  it('is undone: all carries its link again', async () => {
    const before = await half()
    expect(undoOf(one.firm.ledger.raw, looked(), one.firm.clock.time)).toMatchObject({ refused: null, underWay: false })
    expect(await one.relink()).toBe('under-way')
    expect([one.origins(), codes(), one.firm.state(one.record)]).toEqual([before, [], 'left-with-job'])
    expect(undoOf(one.firm.ledger.raw, looked(), one.firm.clock.time)).toBeNull()
    expect((await one.ask()).why).toBe('nothing')
  })

  it('is gone on with when it is unlinked again, and what all of it carried can still be put back', async () => {
    const before = await half()
    expect(forecast().kind).not.toBe('done')
    expect(await askAgain()).toBe('asked')
    expect(one.origins().filter(({ origin_id }) => origin_id !== null)).toEqual([before[1]])
    expect([one.firm.state(one.record), codes(), forecast().kind]).toEqual(['unlinked', [], 'done'])
    const kept = snapshotSaid(one.firm.ledger.raw, one.record)!
    expect([kept.header.originId, ...kept.lines.map(({ originId }) => originId)]).toEqual(before.map(({ origin_id }) => origin_id))
    await one.relink()
    expect([one.origins(), codes()]).toEqual([before, []])
  })

  it('stays told while the next one waits, and where that is dropped', async () => {
    await half()
    one.firm.ledger.raw.exec('update sources set writing = 0')
    const was = [one.origins(), one.firm.state(one.record)]
    expect(await askAgain()).toBe('refused')
    expect([one.origins(), one.firm.state(one.record), codes()]).toEqual([...was, ['unlink-half-done']])
  })

  it('is whole again, and no longer told, where Procore refuses the next one and takes all of it back', async () => {
    const before = await half()
    one.standIn.faults.add(...refused)
    await askAgain()
    expect([one.origins(), codes(), one.firm.state(one.record)]).toEqual([before, ['locked-in-procore'], 'left-with-job'])
  })

  it('is left alone while a change of it is on its way', async () => {
    await half()
    one.firm.ledger.raw.exec(`insert into outbox (record, op, state, attempts, not_before) values (${one.record}, 1, 1, 1, 0)`)
    const { why } = await one.ask()
    expect(why).toBe('under-way')
  })
})

it('an unlink half done stays told after another change of its record was confirmed', async () => {
  await halfLinked()
  await one.firm.ledger.transact((tx) => applyConfirmed(reconciling(tx, kinds, 1, { code: 'sent' }), one.record))
  expect(codes()).toEqual(['unlink-half-done'])
})

it('an undo Procore refuses leaves what carries its link under a linked record', async () => {
  await halfLinked()
  const half = one.origins()
  one.standIn.faults.add({ when: lines, fault: refusing(0) })
  await one.relink()
  expect([one.origins(), codes()]).toEqual([half, ['unlink-half-done']])
})

it('an unlink gone on with and then dropped is unlinked as before: nothing links it by itself', async () => {
  await halfFree()
  const { raw } = one.firm.ledger
  const half = one.origins()
  raw.prepare('update links set state = ? where record = ?').run(linkStates.indexOf('unlinking'), one.record)
  await one.firm.see('work-order-contracts', String(contract().project_id))
  await one.firm.deliver()
  expect([one.origins(), one.firm.state(one.record), codes()]).toEqual([half, 'unlinked', ['unlink-half-done']])
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
