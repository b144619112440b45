import { describe, expect, it } from 'vitest'
import type { ExportFile } from '../../../agent/connectors/connector.ts'
import { kinds } from '../../../agent/items/index.ts'
import { eyesOf } from '../../../agent/ledger/look.ts'
import { openWriting } from '../../../agent/ledger/open.ts'
import { turns } from '../../../agent/ledger/turns.ts'
import { watchOn } from '../../../agent/ledger/watches.ts'
import { waitsSince } from '../../../agent/unlink/gone-together.ts'
import { lookAtWatches } from '../../../agent/unlink/look-at-watches.ts'
import { cancelWatch, setWatch } from '../../../agent/unlink/set-watch.ts'
import { routes } from '../../../shared/api.ts'
import { reaches } from '../../support/reaches.ts'
import { admin, jobsCsv, ok, type TestCompany } from '../ledger/company.ts'
import { csv, forecast, office, ordersCsv, withOrders } from './office.ts'

const by = { person: 1, key: 1, origin: 'moz-extension://tieback' }
const dayMs = 86_400_000

/** An office with Ada, an approver, and the browser she paired. */
async function withAda(more: Parameters<typeof office>[0] = {}) {
  const company = await office(more)
  company.raw.exec(`insert into people (id, name, email, role, approver, created_at) values (1, 'Ada', 'ada@example.com', 'accountant', 1, 0);
    insert into keys (id, person, thumbprint, jwk, origin, label, created_at) values (1, 1, 't', '{}', '${by.origin}', 'Firefox', 0)`)
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  return {
    ...{ company, record },
    set: (days = 14, reason: string | null = null) => company.transact((tx) => setWatch(tx, kinds, { record, days, reason, by })),
    look: () => company.transact((tx) => lookAtWatches(tx, kinds)),
    /** What was told of watches: kind, why, whom. */
    told: () =>
      company.events.flatMap(({ kind, data, person }) => (kind.startsWith('watch-') ? [`${kind} ${data?.['code']} to ${person}`] : [])),
    acts: () =>
      company
        .rows("select act, person from audit where act like 'watch%' or act = 'unlink-asked' order by id")
        .map(({ act, person }) => [act, person]),
    watch: () => watchOn(company.raw, record),
    /** As of when it is gone, while one more export has to agree (ms). */
    waits: () => {
      const eyes = eyesOf(company.raw, kinds, company.connection)
      return waitsSince(company.raw, eyes, eyes.look(record)!, forecast(company, 'A')!)
    },
  }
}

const gone = (company: TestCompany) => company.drop('commitments.csv', csv('B'), { complete: ok(1) })
/** Two exports, each of them whole, lack it. */
const goneTwice = async (company: TestCompany) => {
  await gone(company)
  await gone(company)
}
const asked = [{ key: 'A', op: 'unlink', state: 'waiting' }]

describe('a watch', () => {
  it('fires once the record is gone, in the name of whoever set it, and once though two exports say so', async () => {
    const { company, record, set, look, told, acts, watch } = await withAda()
    expect(await set()).toMatchObject({ set: true, forecast: { code: 'still-there' } })
    expect(watch()).toMatchObject({ name: 'Ada', until: company.clock.now + 14 * dayMs })
    expect([await look(), told(), company.outbox()]).toEqual([0, [], []])
    await goneTwice(company)
    expect(await look()).toBe(1)
    expect([company.state('commitments', 'A'), company.outbox()]).toEqual(['unlinking', asked])
    await gone(company)
    expect(await look()).toBe(0)
    expect([company.outbox(), told()]).toEqual([asked, ['watch-fired gone to 1']])
    expect(acts()).toEqual([
      ['watch-set', 1],
      ['unlink-asked', 1],
      ['watch-fired', 1],
    ])
    expect(watch()).toBeNull()
    expect(company.rows('select distinct browser from audit where person = 1')).toEqual([{ browser: '{"key":"1","label":"Firefox"}' }])
    expect(company.rows('select asked from outbox')[0]?.['asked']).toContain('"forecast":"gone"')
    expect(record).toBeGreaterThan(0)
  })

  it('does not fire on a first absence, but on the second', async () => {
    const { company, set, look, told } = await withAda()
    await company.transact((tx) =>
      company.command.setAlwaysComplete(tx, { connection: company.connection, entity: 'commitments', always: true, by: admin }),
    )
    await set()
    await company.drop('commitments.csv', csv('B'))
    expect(forecast(company, 'A')?.code).toBe('absent-once')
    expect([await look(), company.outbox()]).toEqual([0, []])
    await company.drop('commitments.csv', csv('B'))
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('does not fire on the first export that lacks it, however whole, and says since when it waits for the second', async () => {
    const { company, set, look, told, waits } = await withAda()
    await set()
    expect(waits()).toBeNull()
    await gone(company)
    const since = company.clock.now
    expect([forecast(company, 'A')?.code, forecast(company, 'A')?.kind]).toEqual(['gone', 'ready']) // by hand it goes
    expect([await look(), told(), company.outbox(), waits()]).toEqual([0, [], [], since])
    company.clock.now += 30 * 60_000
    expect([await look(), told(), waits()]).toEqual([0, [], since])
    await company.drop('commitments.csv', csv('B', 'C'), { complete: ok(2) })
    expect(waits()).toBeNull()
    expect([await look(), told(), company.outbox()]).toEqual([1, ['watch-fired gone to 1'], asked])
  })

  const again = (company: TestCompany, text: string, complete: ExportFile['complete'], asOf?: string) =>
    company.drop('commitments.csv', text, { complete, ...(asOf ? { asOf } : {}) })
  it.each([
    ['the same one read again', (company: TestCompany, asOf: string) => again(company, csv('B'), ok(1), asOf)],
    ['the same one read again and otherwise', (company: TestCompany, asOf: string) => again(company, csv('B', 'C'), ok(2), asOf)],
    ['one nothing proves to be whole', (company: TestCompany) => again(company, csv('B', 'C'), { proof: 'none' })],
    ['one equal to the letter that nothing proves to be whole', (company: TestCompany) => again(company, csv('B'), { proof: 'none' })],
    ['one with a row nobody can name', (company: TestCompany) => again(company, csv('B', ''), ok(2))],
    ['another file, whole for its own part', (company: TestCompany) => company.drop('east.csv', csv('D'), { complete: ok(1) })],
  ])('takes for no second export %s', async (_, second) => {
    const { company, set, look, told, waits } = await withAda()
    await set()
    await gone(company)
    const since = company.clock.now
    await second(company, new Date(since).toISOString())
    expect([await look(), told(), waits()]).toEqual([0, [], since])
    await gone(company)
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('takes the next day’s, by a name of its own, for a second export', async () => {
    const { company, set, look, told } = await withAda()
    await set()
    await company.drop('commitments.csv', csv('B'))
    await company.drop('c-2026-11-22.csv', csv('B'), { complete: ok(1) })
    expect([forecast(company, 'A')?.code, await look(), told()]).toEqual(['gone', 0, []])
    await company.drop('c-2026-11-23.csv', csv('B'), { complete: ok(1) })
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('starts anew where the record came back in between', async () => {
    const { company, set, look, told, waits } = await withAda()
    await set()
    await gone(company)
    await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
    expect([await look(), told(), waits()]).toEqual([0, [], null])
    await gone(company)
    expect([await look(), told(), waits()]).toEqual([0, [], company.clock.now])
    await gone(company)
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('takes any later export as the second where an admin has said that each holds every record', async () => {
    const { company, set, look, told } = await withAda()
    const always = { connection: company.connection, entity: 'commitments', always: true, by: admin } as const
    await company.transact((tx) => company.command.setAlwaysComplete(tx, always))
    await set()
    await gone(company)
    expect([await look(), told()]).toEqual([0, []])
    await company.drop('others.csv', csv('B', 'C'))
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('does not fire for what left with its job, which a person decides', async () => {
    const { company, set, look, told, watch } = await withAda()
    await set()
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'Closed']), { complete: ok(1) })
    await goneTwice(company)
    expect([await look(), told(), company.outbox()]).toEqual([0, [], []])
    expect(watch()).not.toBeNull()
  })

  it('waits for the jobs of the same night, which may say that its job left', async () => {
    const { company, set, look, told } = await withAda()
    await set()
    company.clock.now += dayMs
    await goneTwice(company)
    expect(forecast(company, 'A')?.code).toBe('gone')
    expect([await look(), told(), company.outbox()]).toEqual([0, [], []])
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'Closed']), { complete: ok(1) })
    expect(forecast(company, 'A')?.code).toBe('with-job')
    expect([await look(), told(), company.outbox()]).toEqual([0, [], []])
  })

  it('fires once the jobs of the same night say that its job is still there', async () => {
    const { company, set, look, told } = await withAda()
    await set()
    company.clock.now += dayMs
    await goneTwice(company)
    expect(await look()).toBe(0)
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress']), { complete: ok(1) })
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('waits for the jobs of its own division: a newer file of another’s says nothing of its job', async () => {
    const { company, set, look, told } = await withAda()
    await company.drop('jobs-west.csv', jobsCsv(['K', 'Depot', 'In progress']), { complete: ok(1) })
    await set()
    company.clock.now += dayMs
    await goneTwice(company)
    await company.drop('jobs-west.csv', jobsCsv(['K', 'Depot', 'Closed']), { complete: ok(1) })
    expect([await look(), told()]).toEqual([0, []])
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress']), { complete: ok(1) })
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('on a change order does not fire where its commitment left too, as it does with its job', async () => {
    const { company } = await withAda()
    const order = (...keys: string[]) => ['Commitment,Commitment_CO,Amount', ...keys.map((key) => `A,${key},5.00`)].join('\r\n') + '\r\n'
    await company.drop('orders.csv', order('1', '2', '3'))
    const item = (n: number) => ({
      ...{ id: `9${n}`, originId: `${company.key}:commitment-cos:A|${n}` },
      content: { contract_id: 'A', number: String(n), grand_total: '5.00', status: 'pending' },
    })
    await company.seen('commitment-change-order', [item(1), item(2), item(3)], '9')
    const on = { connection: company.connection, entity: 'commitment-cos', writing: true, by: admin } as const
    await company.transact((tx) => company.command.setWriting(tx, on))
    const orders = company.links('commitment-cos')
    expect(orders.map(({ item: id }) => id)).toEqual(['91', '92', '93'])
    const watchAll = async () => {
      for (const { record } of orders) await company.transact((tx) => setWatch(tx, kinds, { record, days: 14, reason: null, by }))
    }
    await watchAll()
    for (let n = 0; n < 2; n++) await company.drop('orders.csv', order('2', '3'), { complete: ok(2) })
    expect(await company.transact((tx) => lookAtWatches(tx, kinds))).toBe(1)
    await goneTwice(company)
    for (let n = 0; n < 2; n++) await company.drop('orders.csv', order('3'), { complete: ok(1) })
    expect(await company.transact((tx) => lookAtWatches(tx, kinds))).toBe(0)
    expect(company.outbox().filter(({ op }) => op === 'unlink')).toHaveLength(1)
  })

  it('is over by the agent’s clock, and then an export changes nothing', async () => {
    const { company, set, look, told, acts } = await withAda()
    await set(3)
    company.clock.now += 3 * dayMs
    await goneTwice(company)
    expect([await look(), told(), company.outbox()]).toEqual([1, ['watch-expired time to 1'], []])
    expect(acts().at(-1)).toEqual(['watch-expired', null])
    expect(await look()).toBe(0)
  })

  it('can be taken back by anybody who may, and is told to whoever set it', async () => {
    const { company, record, set, look, told, acts } = await withAda()
    await set()
    const cancel = () => company.transact((tx) => cancelWatch(tx, kinds, { record, by: admin }))
    expect([await cancel(), await cancel()]).toEqual([{ cancelled: true }, { cancelled: false }])
    await goneTwice(company)
    expect([await look(), told(), company.outbox()]).toEqual([0, ['watch-cancelled asked to 1'], []])
    expect(acts().at(-1)).toEqual(['watch-cancelled', null])
  })

  it.each([
    ['by whoever set it, though their right is gone', 1, 'update people set approver = 0', null],
    ['by another approver', 2, 'update people set approver = 1', null],
    ['by an admin, without the right', 2, "update people set role = 'admin' where id = 2", null],
    ['not by an accountant without the right', 2, '', { missing: 'approver-missing' }],
    [
      'not by an approver of another project',
      2,
      `update people set approver = 1, scope = '["8"]' where id = 2`,
      { missing: 'scope-missing' },
    ],
    [
      'not by an admin of another project',
      2,
      `update people set role = 'admin', scope = '["8"]' where id = 2`,
      { missing: 'scope-missing' },
    ],
  ])('is ended %s', async (_, person, sql, missing) => {
    const { company, record, set, watch, told, acts } = await withAda()
    await set()
    company.raw.exec(
      `insert into people (id, name, email, role, approver, created_at) values (2, 'Ben', 'ben@example.com', 'accountant', 0, 0)`,
    )
    company.raw.exec(sql)
    const answer = await company.transact((tx) => cancelWatch(tx, kinds, { record, by: { person, origin: by.origin } }))
    const [last] = company.rows('select act, subject, after from audit order by id desc limit 1')
    if (missing === null) {
      expect([answer, watch(), told()]).toEqual([{ cancelled: true }, null, ['watch-cancelled asked to 1']])
      expect(acts().at(-1)).toEqual(['watch-cancelled', person])
    } else {
      expect([answer, told()]).toMatchObject([{ cancelled: false, missing: { code: missing.missing } }, []])
      expect([watch()?.person, acts().at(-1), last?.['subject']]).toEqual([1, ['watch-refused', person], `link:${record}`])
      expect(JSON.parse(String(last?.['after']))).toMatchObject({ cancel: true, ...missing })
    }
  })

  it('does not tell who may not end it whether there is one', async () => {
    const { company, record } = await withAda()
    company.raw.exec('update people set approver = 0')
    const answer = await company.transact((tx) => cancelWatch(tx, kinds, { record, by }))
    expect(answer).toMatchObject({ cancelled: false, missing: { code: 'approver-missing' } })
  })

  it('is one per link: set again, it stands anew', async () => {
    const { company, set, watch } = await withAda()
    await set()
    company.clock.now += dayMs
    await set(5)
    expect(company.rows('select count(*) as n from watches')[0]?.['n']).toBe(1)
    expect(watch()?.until).toBe(company.clock.now + 5 * dayMs)
  })

  it('outlives the agent: what it had not fired before it died, it fires after', async () => {
    const { company, set, told } = await withAda()
    await set()
    await goneTwice(company)
    company.raw.close()
    const raw = await openWriting(company.path)
    const events: string[] = []
    const transact = turns({ raw, now: () => company.clock.now, onEvents: (all) => events.push(...all.map(({ kind }) => kind)) })
    expect(await transact((tx) => lookAtWatches(tx, kinds))).toBe(1)
    expect([events.filter((kind) => kind.startsWith('watch')), told()]).toEqual([['watch-fired'], []])
    raw.close()
  })

  it('waits while writing is off or a change is on its way, and fires afterwards', async () => {
    const { company, set, look, told } = await withAda()
    await set()
    company.raw.exec('update sources set writing = 0')
    await goneTwice(company)
    expect([await look(), told()]).toEqual([0, []])
    company.raw.exec('update sources set writing = 1')
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it.each([
    ['their role is taken away', "update people set role = 'viewer'"],
    ['they are suspended', 'update people set suspended_at = 1'],
    ['their browser is revoked', 'update keys set revoked_at = 1'],
    ['the project is no longer theirs to see', `update people set scope = '["8"]'`],
  ])('ends with a problem, unlinking nothing, where %s', async (_, sql) => {
    const { company, set, look, told, watch } = await withAda()
    await set()
    company.raw.exec(sql)
    await gone(company)
    expect([await look(), told()]).toEqual([0, []])
    await gone(company)
    expect([await look(), told(), company.outbox(), watch()]).toEqual([1, ['watch-cancelled not-allowed to 1'], [], null])
    reaches(
      'watch-not-allowed',
      company.rows('select code from problems where closed_at is null').map(({ code }) => code),
    )
    expect(company.state('commitments', 'A')).toBe('gone-from-erp')
  })

  it('only tells where Procore’s connector owns the link, once its delay has passed and a second export agrees', async () => {
    const { company, set, look, told, waits } = await withAda({ owner: 'procore' })
    await set()
    await gone(company)
    expect([await look(), told(), waits()]).toEqual([0, [], company.clock.now])
    company.clock.now += 36 * 60_000
    expect([forecast(company, 'A')?.code, await look(), told()]).toEqual(['procore-gone', 0, []])
    await gone(company)
    expect([await look(), told(), company.outbox()]).toEqual([1, ['watch-fired procore-gone to 1'], []])
    expect(await look()).toBe(0)
  })

  it('is not set where waiting cannot help, and the forecast says why', async () => {
    const { company, set, acts, watch } = await withAda({ owned: false })
    expect(await set()).toMatchObject({ set: false, forecast: { code: 'compare-only' } })
    expect([watch(), acts(), company.outbox()]).toEqual([null, [['watch-refused', 1]], []])
  })

  it('is over once somebody unlinked it by hand', async () => {
    const { company, record, set, look, told } = await withAda()
    await set()
    company.raw.prepare('update links set state = 13 where record = ?').run(record)
    expect([await look(), told()]).toEqual([1, ['watch-cancelled unlinked to 1']])
  })

  it('takes the right of unlinking itself', () => {
    expect([routes.watch.role, routes.unwatch.role]).toEqual([routes.unlink.role, routes.unlink.role])
  })
})

describe('a watch on a commitment with what is linked under it', () => {
  const family = async (status = 'Draft', more: Parameters<typeof office>[0] = {}) => {
    const ada = await withAda(more)
    await withOrders(ada.company, status, ['A', '1'], ['A', '2'])
    const states = () => ['A|1', 'A|2'].map((key) => ada.company.state('commitment-cos', key)).concat(ada.company.state('commitments', 'A'))
    const orders = (...left: (readonly [string, string])[]) =>
      ada.company.drop('orders.csv', ordersCsv(...left, ['B', '9']), { complete: ok(left.length + 1) })
    return { ...ada, states, orders }
  }

  it('fires once all of it is gone: the change orders first, in one act, in the name of whoever asked', async () => {
    const { company, set, look, told, states, orders, watch, waits } = await family()
    expect(await set()).toMatchObject({ set: true, forecast: { code: 'children-linked' } })
    await goneTwice(company)
    await orders(['A', '2'])
    await orders(['A', '2'])
    expect([await look(), told(), company.outbox().filter(({ op }) => op === 'unlink')]).toEqual([0, [], []]) // one is still there
    expect(waits()).toBeNull()
    await orders()
    expect([await look(), told(), waits()]).toEqual([0, [], company.clock.now]) // of that one it is the first absence
    await orders()
    expect(waits()).toBeNull()
    expect(forecast(company, 'A')).toMatchObject({ code: 'children-linked', after: { code: 'gone' } })
    expect(await look()).toBe(1)
    expect([states(), told(), watch()]).toEqual([['unlinking', 'unlinking', 'gone-from-erp'], ['watch-fired gone to 1'], null])
    expect(company.rows('select person, reason from unlink_batches')).toEqual([{ person: 1, reason: null }])
    expect(company.rows('select record, rank from unlink_entries order by rank, place')).toHaveLength(3)
    const browser = '{"key":"1","label":"Firefox"}'
    expect(company.rows("select distinct person, browser from audit where act = 'unlink-asked'")).toEqual([{ person: 1, browser }])
    expect(await look()).toBe(0)
  })

  it('does not fire where all of it left with the job', async () => {
    const { company, set, look, told, orders } = await family()
    await set()
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'Closed']), { complete: ok(1) })
    await goneTwice(company)
    await orders()
    await orders()
    expect([await look(), told(), company.outbox().filter(({ op }) => op === 'unlink')]).toEqual([0, [], []])
  })

  it('does not fire on the first absence of one of them', async () => {
    const { company, set, look, told } = await family()
    const always = { connection: company.connection, entity: 'commitment-cos', always: true, by: admin } as const
    await company.transact((tx) => company.command.setAlwaysComplete(tx, always))
    await set()
    await goneTwice(company)
    await company.drop('orders.csv', ordersCsv(['B', '9']))
    expect([await look(), told()]).toEqual([0, []])
    await company.drop('orders.csv', ordersCsv(['B', '9']))
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('waits for the jobs of the same night', async () => {
    const { company, set, look, told, orders } = await family()
    await set()
    company.clock.now += dayMs
    await goneTwice(company)
    await orders()
    await orders()
    expect([await look(), told()]).toEqual([0, []])
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress']), { complete: ok(1) })
    expect([await look(), told()]).toEqual([1, ['watch-fired gone to 1']])
  })

  it('ends with a problem where the right is gone', async () => {
    const { company, set, look, told, orders, states } = await family()
    await set()
    company.raw.exec('update people set approver = 0')
    await goneTwice(company)
    await orders()
    await orders()
    expect([await look(), told()]).toEqual([1, ['watch-cancelled not-allowed to 1']])
    expect(states()).toEqual(['gone-from-erp', 'gone-from-erp', 'gone-from-erp'])
  })

  it('is not set where one of them never leaves the ERP, nor on that one itself, and the log says which', async () => {
    const { company, set, watch } = await family('Approved', { settings: { unlink: { projectManagement: 'no' } } })
    const order = company.links('commitment-cos').find(({ key }) => key === 'A|1')?.record ?? 0
    expect(forecast(company, 'A|1', 'commitment-cos')?.code).toBe('still-there-reverse')
    expect(await set()).toMatchObject({ set: false })
    expect(await company.transact((tx) => setWatch(tx, kinds, { record: order, days: 14, reason: null, by }))).toMatchObject({ set: false })
    expect(watch()).toBeNull()
    const refused = company
      .rows("select after from audit where act = 'watch-refused' order by id")
      .map(({ after }) => JSON.parse(String(after)))
    expect(refused).toEqual([
      { forecast: 'children-linked', child: 'A|1', stays: 'still-there-reverse' },
      { forecast: 'still-there-reverse' },
    ])
  })
})
