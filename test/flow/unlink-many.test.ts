import { describe, expect, it } from 'vitest'
import type { BodyOf } from '../../shared/api.ts'
import type { Entity } from '../../shared/item.ts'
import type { LoggedRequest } from '../procore/request-log.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, writes } from './books.ts'

const erp = books()
const slow = { withinMs: 50_000 }
const entities = ['vendors', 'commitments', 'commitment-cos'] as const
const types = ['vendor', 'work-order-contract', 'purchase-order-contract', 'commitment-change-order'] as const

/** Money was invoiced on some of them. */
const reason = 'Billed to the wrong job'
type Many = BodyOf<'askUnlinks'>['entries']

/** The practice office, linked in Procore; every second commitment then leaves the books, with its change orders. */
async function office(agent: RunningAgent) {
  for (const entity of ['jobs', ...entities] as const) await agent.export(exportOf(erp, entity), entity)
  await agent.atRest(slow)
  for (const entity of entities) await agent.writing(entity, 'on')
  await agent.atRest(slow)
  const gone = new Set(erp.JCM_MASTER__COMMITMENT.flatMap((row, n) => (n % 2 === 0 ? [row['Commitment'] ?? ''] : [])))
  const left = <T extends Record<string, string>>(all: readonly T[]) => all.filter((row) => !gone.has(row['Commitment'] ?? ''))
  const forecastOf = async (record: number) => {
    const { unlink } = await agent.ask('link', { params: { id: String(record) } })
    return unlink?.id ?? ''
  }
  return {
    async leave() {
      await agent.export(exportOf(erp, 'commitment-cos', left(erp.JCM_MASTER__COMMITMENT_CO)), 'commitment-cos')
      await agent.export(exportOf(erp, 'commitments', left(erp.JCM_MASTER__COMMITMENT)), 'commitments')
      await agent.atRest(slow)
    },
    forecastOf,
    linksOf: (entity: Entity) => agent.ledger.links(entity).filter(({ item }) => item !== null),
    ready: () => agent.ask('readyUnlinks', { query: { types: types.join(',') } }),
    async ended(id: string) {
      const told = () => agent.ask('unlinkBatch', { params: { id } })
      await agent.until('all of them ended', async () => (await told()).endedAt !== null, slow)
      return told()
    },
  }
}

const setup = { settings: { 'blast-radius.share': 1 } }

describe.each(modes)('500 unlinks at once, Procore %s', (mode) => {
  it('end each as its own facts say, headers after what stands under them, with few calls', { timeout: 150_000 }, async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access, ...setup })
    const { leave, forecastOf, linksOf, ready, ended } = await office(agent)
    const before = linksOf('commitments').slice(0, 20)
    // Seen before the export: gone since, or still there as another export says by now.
    const stale: Many = await Promise.all(before.map(async ({ record }) => ({ link: String(record), forecast: await forecastOf(record) })))
    await leave()
    const { links, more } = await ready()
    expect(more).toBe(0)
    const willGo = links.filter(({ link }) => !before.some(({ record }) => String(record) === link))
    const there = linksOf('commitments').filter(
      ({ state, record }) => state === 'not-compared' && !before.some((one) => one.record === record),
    )
    const room = 500 - willGo.length - stale.length - 1
    const still: Many = await Promise.all(
      there.slice(0, room).map(async ({ record }) => ({ link: String(record), forecast: await forecastOf(record) })),
    )
    const fresh: Many = willGo.map(({ link, forecast }) => ({ link, forecast: forecast.id }))
    const entries = [...fresh, ...still, ...stale, { link: '999999999', forecast: 'x' }]
    expect(entries).toHaveLength(500)

    standIn.forget()
    const { id } = await agent.ask('askUnlinks', { body: { entries, reason } })
    const { counts, entries: told } = await ended(id)
    expect(counts).toEqual({
      ...{ waiting: 0, 'under-way': 0, unlinked: fresh.length, changed: stale.length },
      ...{ refused: still.length + 1, stopped: 0 },
    })
    expect(told.slice(0, fresh.length).map(({ state }) => state)).toEqual(fresh.map(() => 'unlinked'))
    expect(told.at(-1)).toMatchObject({ type: null, state: 'refused', problem: { code: 'no-such-link' } })
    expect(told[fresh.length]).toMatchObject({ state: 'refused', problem: null, forecast: { code: 'still-there' } })

    const { tables } = standIn.company
    const ours = (['vendors', 'work_order_contracts', 'purchase_order_contracts', 'change_order_packages'] as const).flatMap((kind) =>
      tables[kind].live().flatMap(({ id: item, origin_id }) => (origin_id?.startsWith('tb') ? [String(item)] : [])),
    )
    const kept = new Set(ours)
    expect(told.flatMap(({ id: item, state }) => (item !== null && kept.has(item) === (state === 'unlinked') ? [item] : []))).toEqual([])

    const sent = writes(standIn.requests).map(({ path }) => path)
    expect(sent.filter((path) => path.endsWith('/vendors/sync'))).toHaveLength(1)
    // Every project's commitments go in one call; a second one takes those that waited for their change orders.
    expect(sent.filter((path) => /_order_contracts\/sync$/.test(path)).length).toBeLessThanOrEqual(4 * 7)
    expect(early(writes(standIn.requests), tables.change_order_packages.live())).toEqual([])
    expect(standIn.requests.filter(({ status }) => status === 429)).toEqual([])
    expect(standIn.violations).toEqual([])
    expect(agent.ledger.rows("select 1 from audit where act = 'unlink-asked'")).toHaveLength(fresh.length)
    expect(agent.ledger.rows("select 1 from audit where act = 'unlink-refused'")).toHaveLength(still.length + stale.length)
  })
})

/** Change orders whose link was taken off after their commitment's. */
function early(sent: readonly LoggedRequest[], orders: readonly { id: number; contract_id: number }[]): number[] {
  const syncs = sent.map(({ path, body }) =>
    /_order_contracts\/sync$/.test(path) ? (body as { updates: { id: number }[] }).updates.map(({ id }) => id) : [],
  )
  return orders.flatMap(({ id, contract_id }) => {
    const own = sent.findIndex(({ path }) => path.endsWith(`/change_order_packages/${id}`))
    const header = syncs.findIndex((ids) => ids.includes(contract_id))
    return own >= 0 && header >= 0 && header < own ? [id] : []
  })
}

describe('all that is ready', () => {
  it('is listed with families whole, and goes when it is asked for', { timeout: 100_000 }, async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access, ...setup })
    const { leave, linksOf, ready, ended } = await office(agent)
    await leave()
    const { links } = await ready()
    const gone = linksOf('commitments').filter(({ state }) => state === 'gone-from-erp')
    expect(links.filter(({ type }) => type.endsWith('-order-contract')).map(({ key }) => key)).toHaveLength(gone.length)
    const withoutOrders = await agent.ask('readyUnlinks', { query: { types: 'work-order-contract,purchase-order-contract' } })
    expect(withoutOrders.links.length).toBeLessThan(gone.length)

    const [type, other] = ['work-order-contract', 'commitment-change-order'] as const
    const listed = await agent.ask('readyUnlinks', { query: { types: `${type},${other}` } })
    const entries = listed.links.map(({ link, forecast }) => ({ link, forecast: forecast.id }))
    const asked = await agent.ask('askUnlinks', { body: { entries, reason } })
    expect(asked.entries.length).toBe(links.filter((one) => one.type === type).length + expectUnder(links))
    const { counts } = await ended(asked.id)
    expect(counts['unlinked']).toBe(asked.entries.length)
    expect(linksOf('commitments').filter(({ state, type: of }) => state === 'gone-from-erp' && of === type)).toEqual([])
    expect(standIn.violations).toEqual([])
  })
})

/** Change orders that are ready: those of subcontracts, and those of purchase orders, which stay linked. */
const expectUnder = (links: readonly { type: string }[]): number => links.filter(({ type }) => type === 'commitment-change-order').length
