import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportsMissed, exportsSeen } from '../../../agent/ledger/exports-missed.ts'
import { awaited, type ExportSeen, missedOf } from '../../../agent/schedule/missed.ts'
import { type RhythmWatch, watchRhythm } from '../../../agent/schedule/watch-rhythm.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import type { Event } from '../../../shared/event.ts'
import type { Entity } from '../../../shared/item.ts'
import { zoneOf } from '../../support/zone.ts'
import { clientOf, told } from '../server/browser.ts'
import { type MadeAgent, makeAgent } from '../server/made-agent.ts'

const at = (text: string): number => Date.parse(text)
const night = (n: number, hour = 2): number => at('2026-11-02T00:00:00Z') + n * 86_400_000 + hour * 3_600_000
const seen = (name: string, times: readonly number[], lag = 0): ExportSeen[] =>
  times.map((asOf) => ({ path: `/exports/${name}`, name, asOf, seenAt: asOf + lag }))
const nights = (count: number): number[] => Array.from({ length: count }, (_, n) => night(n))
const missed = (all: readonly ExportSeen[], now: number): string | undefined => missedOf(awaited(all, zoneOf('UTC')), now)?.file

describe('an export', () => {
  it('is missed once its time and its grace have passed', () => {
    expect(missed(seen('a.csv', nights(10)), night(10))).toBeUndefined()
    expect(missed(seen('a.csv', nights(10)), night(10, 3))).toBe('a.csv')
  })

  it('that takes an hour from the ERP to here is given that hour', () => {
    expect(missed(seen('a.csv', nights(10), 3_600_000), night(10, 3))).toBeUndefined()
    expect(missed(seen('a.csv', nights(10), 3_600_000), night(10, 4))).toBe('a.csv')
  })

  it('that lay there before the agent came says nothing about the way', () =>
    expect(missed(seen('a.csv', nights(10), 9 * 86_400_000), night(10, 3))).toBe('a.csv'))

  it('of two files is named by the one that did not come', () =>
    expect(missed([...seen('north.csv', nights(11)), ...seen('south.csv', nights(10))], night(10, 9))).toBe('south.csv'))

  it('under a new name is the same export', () => {
    const renamed = [...seen('old.csv', nights(10)), ...seen('new.csv', [night(10)])]
    expect(missed(renamed, night(10, 9))).toBeUndefined()
    expect(missed(renamed, night(11, 9))).toBe('new.csv')
  })

  it('with its date in its name keeps the rhythm of all', () => {
    const dated = nights(10).flatMap((time, n) => seen(`a-${n}.csv`, [time]))
    expect(missed(dated, night(10))).toBeUndefined()
    expect(missed(dated, night(10, 9))).toBe('a-9.csv')
  })
})

let made: MadeAgent
let client: Client
let watch: RhythmWatch
let connection = 0
let events: Event[] = []

async function take(entity: Entity, asOf: number): Promise<void> {
  await made.transact(({ raw }) => {
    raw
      .prepare(
        `insert into export_files (connection, source, path, name, size, mtime, sha256, as_of, complete, state, seen_at)
         values (?, (select id from sources where entity = ?), ?, ?, 1, 1, '', ?, '{}', 'taken', ?)`,
      )
      .run(connection, entity, `/exports/${entity}.csv`, `${entity}.csv`, asOf, asOf)
  })
}

const ask = async () =>
  told(
    await client.call('status', {
      body: {
        company: '4711',
        items: [
          { type: 'work-order-contract', id: '900', project: '31' },
          { type: 'vendor', id: '77' },
        ],
      },
    }),
  )

const problemsNow = async () => told(await client.call('problems', { query: {} })).groups.map(({ problem }) => problem)

beforeEach(async () => {
  made = await makeAgent()
  events = []
  made.agent.onEvents((all) => void events.push(...all))
  connection = await made.connection()
  await made.link(connection, {
    entity: 'commitments',
    key: 'SC-1',
    type: 'work-order-contract',
    id: '900',
    state: 'synced',
    project: '31',
  })
  await made.link(connection, { entity: 'vendors', key: 'V-1', type: 'vendor', id: '77', state: 'synced' })
  await made.transact(({ raw }) => void raw.exec("update export_files set state = 'dropped'"))
  for (const time of nights(10)) {
    await take('commitments', time)
    await take('vendors', time)
  }
  await take('vendors', night(10))
  client = await clientOf(made, 'admin')
  watch = watchRhythm({
    now: () => made.clock.ms,
    zone: zoneOf('UTC'),
    seen: (of) => exportsSeen(made.agent.reader.raw, of),
    tell: (of, all) => made.transact((tx) => exportsMissed(tx, { connection: of, missed: all })),
  })
  watch.watch(connection)
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

describe('an expected export that did not come', () => {
  it('makes old what rests on it and nothing else, opens one problem, and is over once a newer one is taken', async () => {
    made.clock.ms = night(10, 2)
    await watch.tick()
    expect((await ask()).connections[connection]?.old).toBeNull()
    expect(events.filter(({ kind }) => kind === 'problem-opened')).toEqual([])

    made.clock.ms = night(10, 3)
    await watch.tick()
    const old = { expected: '2026-11-12T02:00:00.000Z', entity: 'commitments' }
    const late = await ask()
    expect(late.connections[connection]?.old).toEqual(old)
    expect(late.items.map((item) => item.old)).toEqual([old, undefined])
    expect(await problemsNow()).toMatchObject([
      {
        code: 'export-missed',
        params: { entity: 'commitments', file: 'commitments.csv', expected: old.expected, asOf: '2026-11-11T02:00:00.000Z' },
      },
    ])
    const { problems } = told(await client.call('link', { params: { id: 'work-order-contract:900' } }))
    expect(problems.map(({ code }) => code)).toEqual(['export-missed'])
    expect(told(await client.call('overview')).connections[0]?.sources.map(({ entity, missed: since }) => [entity, since])).toEqual([
      ['commitments', old.expected],
      ['vendors', null],
    ])

    await take('commitments', night(10, 3))
    watch.taken(connection)
    await watch.tick()
    const fresh = await ask()
    expect(fresh.connections[connection]?.old).toBeNull()
    expect(fresh.items.map((item) => item.old)).toEqual([undefined, undefined])
    expect(await problemsNow()).toEqual([])
    expect(events.filter(({ kind }) => kind === 'problem-closed').map(({ data }) => data?.['code'])).toEqual(['export-missed'])
  })

  it('is told once, however often it is looked at, also after a restart', async () => {
    made.clock.ms = night(10, 3)
    await watch.tick()
    made.clock.ms += 3_600_000
    await watch.tick()
    watch.taken(connection)
    await watch.tick()
    watch.watch(connection)
    await watch.tick()
    expect(events.filter(({ kind }) => kind === 'problem-opened')).toHaveLength(1)
  })

  it('is not looked for before the folder was listed', async () => {
    const other = watchRhythm({ now: () => night(10, 9), zone: zoneOf('UTC'), seen: () => expect.fail(), tell: () => expect.fail() })
    other.taken(connection)
    await other.tick()
    expect(await problemsNow()).toEqual([])
  })
})

describe('a list of Procore', () => {
  it('is old once its plan was missed by a whole period, and not while it is kept', async () => {
    made.clock.ms = night(20)
    await made.transact(({ raw }) => {
      const poll = raw.prepare('insert into polls (connection, list, project, read_at, touched_at) values (?, ?, ?, ?, null)')
      poll.run(connection, 'work-order-contracts', '31', night(20) - 25 * 3_600_000)
      poll.run(connection, 'vendors', '', night(20) - 30 * 60_000)
    })
    const { items } = await ask()
    expect(items.map((item) => item.old)).toEqual([
      { expected: new Date(night(20) - 13 * 3_600_000).toISOString(), entity: 'work-order-contracts', side: 'procore' },
      undefined,
    ])
    made.clock.ms += 15 * 60_000
    expect((await ask()).items[1]?.old).toMatchObject({ side: 'procore' })
  })
})
