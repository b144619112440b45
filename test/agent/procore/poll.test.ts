import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { itemsSeen } from '../../../agent/ledger/items-seen.ts'
import { sourceOf } from '../../../agent/ledger/sources.ts'
import { procoreCommands } from '../../../agent/procore/commands.ts'
import { procoreLists } from '../../../agent/procore/index.ts'
import { type Polling, startPolling } from '../../../agent/procore/poll.ts'
import { dueAt, isFull, nextPolls, type Polled, planFirstRead, sinceOf } from '../../../agent/procore/poll-plan.ts'
import { pollState } from '../../../agent/procore/poll-state.ts'
import { itemTypes } from '../../../shared/item.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { openLedger, type TestLedger } from '../ledger/open-ledger.ts'
import { openDoor, quickClock } from './open-door.ts'

const minute = 60_000
const hour = 60 * minute
const now = Date.parse('2026-11-02T12:00:00Z')
const read: Polled = {
  ...{ connection: 1, list: 'direct-costs', project: '88', wholeMs: 24 * 3_600_000, notBefore: 0, seenAt: null, touchedAt: null },
  ...{ readAt: now, fullAt: now, readTo: '2026-11-02T11:59:00Z' },
}

describe('the tiers', () => {
  it.each([
    ['on a screen', { seenAt: now }, minute],
    ['touched within a day', { touchedAt: now - 23 * hour }, 20 * minute],
    ['of the company', { project: null }, 20 * minute],
    ['the rest', { touchedAt: now - 25 * hour }, 12 * hour],
    ['no longer on a screen', { seenAt: now - 3 * minute }, 12 * hour],
  ] as const)('read a list that is %s in time', (_name, change, every) => {
    expect(dueAt({ ...read, ...change }, now)).toBe(now + every)
  })

  it('never leave a list unread for longer than its tier, and never read it sooner', () => {
    const polled = fc.record({
      readAt: fc.option(fc.nat(24 * hour)),
      seenAt: fc.option(fc.nat(10 * minute)),
      touchedAt: fc.option(fc.nat(48 * hour)),
    })
    fc.assert(
      fc.property(fc.array(polled, { maxLength: 30 }), (ages) => {
        const back = (age: number | null): number | null => (age === null ? null : now - age)
        const state = ages.map(
          (one, n): Polled => ({
            ...read,
            list: `l${n}`,
            readAt: back(one.readAt),
            seenAt: back(one.seenAt),
            touchedAt: back(one.touchedAt),
          }),
        )
        const due = new Set(nextPolls(state, now).map((one) => one.polled.list))
        for (const one of state) expect(due.has(one.list)).toBe(dueAt(one, now) <= now)
      }),
    )
  })

  it('put what is on a screen first', () => {
    const old = { ...read, readAt: now - 13 * hour, list: 'old' }
    const shown = { ...read, readAt: now - 2 * minute, list: 'shown', seenAt: now }
    expect(nextPolls([old, shown], now).map((one) => one.polled.list)).toEqual(['shown', 'old'])
  })

  it('compare whole where no filter exists, at first, and once a day', () => {
    expect(isFull({ ...read, wholeMs: 0 }, now)).toBe(true)
    expect(isFull({ ...read, readTo: null }, now)).toBe(true)
    expect(isFull({ ...read, fullAt: now - 24 * hour }, now)).toBe(true)
    expect(isFull(read, now)).toBe(false)
  })

  it('go back five minutes before the newest known change', () => {
    expect(sinceOf('2026-11-02T11:59:00Z')).toBe('2026-11-02T11:54:00Z')
  })

  it('say beforehand what a first read costs', () => {
    const lists = [
      { id: 'vendors', scope: 'company', perPage: 2_000 },
      { id: 'direct-costs', scope: 'project', perPage: 1_000 },
    ] as const
    expect(planFirstRead(lists, 120, 600, { vendors: 9_000 })).toEqual({ calls: 125, ms: 62_500 })
    expect(planFirstRead(lists, 1_795, 600, { vendors: 9_000 })).toEqual({ calls: 1_800, ms: 2 * 3_600_000 })
  })
})

describe('polling', () => {
  let standIn: StandIn
  let ledger: TestLedger
  let clock: ReturnType<typeof quickClock>
  let stop: AbortController
  let polling: Polling

  beforeEach(async () => {
    ledger = await openLedger()
    clock = quickClock()
    ledger.clock.now = clock.time
    standIn = await startStandIn({ now: () => clock.time })
    ledger.raw
      .prepare("insert into connections values (1, 'k', 'Books', 'folder', 'Northgate', ?, 'tieback', '{}', 1, 1, null, null)")
      .run(String(standIn.company.id))
    sourceOf(ledger.raw, 1, 'jobs')
    stop = new AbortController()
  })
  afterEach(async () => {
    stop.abort()
    await polling?.stopped
    expect(standIn.violations).toEqual([])
    await standIn.close()
  })

  /** Time moves only when a test lets it: a sleep lasts until its end has come. */
  const slow = () => ({
    now: clock.now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      const end = clock.time + ms
      while (clock.time < end) {
        signal?.throwIfAborted()
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    },
  })
  const start = () => {
    const at = <T>(work: () => T): T => {
      ledger.clock.now = clock.time
      return work()
    }
    polling = startPolling({
      ...{ client: openDoor(standIn, slow()), connection: 1, lists: procoreLists, clock: slow(), signal: stop.signal },
      state: () => pollState(ledger.raw, 1, procoreLists),
      itemsSeen: (seen) => at(() => ledger.transact((tx) => itemsSeen(tx, kinds, seen))),
      onTrouble: (trouble) => at(() => ledger.transact((tx) => procoreCommands.pollTrouble(tx, trouble))),
      onWell: (list) => at(() => ledger.transact((tx) => procoreCommands.pollWell(tx, list))),
    })
  }
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const count = (type: (typeof itemTypes)[number]) =>
    Number(ledger.raw.prepare('select count(*) as n from items where type = ? and deleted_at is null').get(itemTypes.indexOf(type))?.['n'])
  const asOf = (list: string) => ledger.raw.prepare('select read_at from polls where list = ?').get(list)?.['read_at'] as number | undefined
  const asked = (path: string) => standIn.requests.filter((one) => one.path === path)
  const problems = () =>
    ledger.raw
      .prepare('select code from problems where closed_at is null')
      .all()
      .map((row) => row['code'])
  const settled = () => until(() => ['projects', 'vendors', 'line-item-types'].every((list) => asOf(list) !== undefined))

  it('reads the company’s lists first, whole, and says since when they are known', async () => {
    start()
    await settled()
    expect(count('vendor')).toBe(standIn.company.tables.vendors.live().length)
    expect(asOf('vendors')).toBeLessThanOrEqual(clock.time)
  })

  it('asks only for what changed the next time, and for what is on a screen within a minute', async () => {
    start()
    await settled()
    const [vendor] = standIn.company.tables.vendors.live()
    standIn.forget()
    clock.time += 3 * minute
    standIn.company.edit('vendors', vendor!.id, { city: 'Newtown' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(asked('/rest/v1.0/vendors')).toEqual([])
    polling.seen([{ type: 'vendor', id: String(vendor!.id) }])
    await until(() => asked('/rest/v1.0/vendors').some((one) => one.status !== undefined))
    expect(asked('/rest/v1.0/vendors')[0]?.query).toContain('updated_at')
    await until(() =>
      String(ledger.raw.prepare('select content from items where id = ?').get(String(vendor!.id))?.['content']).includes('Newtown'),
    )
  })

  it('notices a day later what was deleted', async () => {
    start()
    await settled()
    const [vendor] = standIn.company.tables.vendors.live()
    const before = count('vendor')
    standIn.company.remove('vendors', vendor!.id)
    clock.time += 25 * hour
    polling.wake()
    await until(() => count('vendor') === before - 1)
  })

  it('says that Procore is down, comes back later and says that it is over', async () => {
    standIn.faults.add({ when: { method: 'GET' }, times: 1_000, fault: { do: 'answer', status: 500 } })
    start()
    const passing = setInterval(() => (clock.time += 2_000), 2)
    await until(() => problems().length > 0)
    reaches('procore-down', problems())
    standIn.faults.clear()
    await until(() => problems().length === 0 && asOf('vendors') !== undefined)
    clearInterval(passing)
    expect(count('vendor')).toBe(standIn.company.tables.vendors.live().length)
  })

  it('down for an hour: one problem, few calls, and everything is read once it is back', async () => {
    standIn.faults.add({ when: { method: 'GET' }, times: 100_000, fault: { do: 'answer', status: 503 } })
    const began = clock.time
    start()
    const passing = setInterval(() => (clock.time += 5_000), 2)
    await until(() => clock.time - began > hour)
    expect(problems()).toEqual(['procore-down'])
    expect(standIn.requests.filter(({ method }) => method === 'GET').length).toBeLessThan(150)
    standIn.faults.clear()
    await until(() => problems().length === 0 && asOf('vendors') !== undefined)
    clearInterval(passing)
    expect(count('vendor')).toBe(standIn.company.tables.vendors.live().length)
  })

  it('says of an answer that is no list that it could not be understood, and reads the other lists', async () => {
    standIn.faults.add({
      ...{ when: { method: 'GET', path: /vendors/ }, times: 1_000 },
      fault: { do: 'answer', status: 200, body: '{"all":"fine"}', contentType: 'application/json' },
    })
    start()
    const passing = setInterval(() => (clock.time += 2_000), 2)
    await until(() => problems().length > 0 && asOf('line-item-types') !== undefined)
    clearInterval(passing)
    reaches('procore-answer', problems())
  })

  it('names the project it may not see, and reads the others', async () => {
    const [hidden, seen] = [...new Set(standIn.company.commitments().map((one) => one.project_id))] as [number, number]
    standIn.company.permittedProjects = new Set([seen])
    const source = sourceOf(ledger.raw, 1, 'jobs')
    for (const [n, id] of [hidden, seen].entries()) {
      ledger.raw
        .prepare("insert into records (id, source, key, content, left_out, take, line) values (?, ?, ?, '[]', 0, 1, 1)")
        .run(n + 1, source.id, `J${n}`)
      ledger.raw
        .prepare('insert into links (record, state, since, item_type, item_id) values (?, 5, 0, ?, ?)')
        .run(n + 1, itemTypes.indexOf('project'), String(id))
    }
    start()
    const passing = setInterval(() => (clock.time += 500), 2)
    const lists = pollState(ledger.raw, 1, procoreLists).polled.filter(({ project }) => project === String(seen)).length
    expect(lists).toBeGreaterThan(3)
    await until(() => Number(ledger.raw.prepare('select count(*) as n from polls where project = ?').get(String(seen))?.['n']) === lists)
    await until(() => problems().includes('project-not-permitted'))
    clearInterval(passing)
    expect(problems()).toHaveLength(1)
    reaches('project-not-permitted', problems())
  })

  it('does not undo what was confirmed while it was reading', async () => {
    start()
    await settled()
    const [vendor] = standIn.company.tables.vendors.live()
    const [item] = await (async () => {
      for await (const page of procoreLists.find((list) => list.id === 'vendors')!.read(openDoor(standIn, slow()), { project: null }))
        return page.filter((one) => one.id === String(vendor!.id))
      return []
    })()
    const tell = (city: string, at: number) =>
      ledger.transact((tx) =>
        itemsSeen(tx, kinds, {
          connection: 1,
          list: 'vendors',
          types: ['vendor'],
          project: null,
          complete: false,
          readTo: null,
          at,
          items: [{ ...item!, content: { ...item!.content, city } }],
        }),
      )
    await tell('Confirmed', clock.time + 2_000)
    await tell('Older', clock.time + 1_000)
    expect(ledger.raw.prepare('select content from items where id = ?').get(item!.id)?.['content']).toContain('Confirmed')
  })
})
