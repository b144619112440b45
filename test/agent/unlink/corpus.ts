/**
 * Forecasts against what then really happens: worlds of some 290 linked commitments each, over a real agent and the stand-in. What has to come out
 * is told from how a case was made (`wanted`), never from the ledger. Seeds are kept: the same worlds come every time.
 */
import fc from 'fast-check'
import { cliKey } from '../../../agent/cli/cli-key.ts'
import { openQuietAgent } from '../../../agent/cli/quiet-agent.ts'
import type { ForecastShape } from '../../../shared/forecast.ts'
import { type Books, books, exportOf, writes } from '../../flow/books.ts'
import type { StandInOptions } from '../../procore/options.ts'
import type { LoggedRequest } from '../../procore/request-log.ts'
import type { StandIn } from '../../procore/stand-in.ts'
import { nameBothLimits } from '../../support/name-both-limits.ts'
import { setUpAgent } from '../../support/set-up-agent.ts'
import { type RunningAgent, startAgentAt } from '../../support/start-agent.ts'
import { standInWithAccess } from '../../support/start-stand-in.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { judgeOrders, leaveOrders } from './corpus-orders.ts'
import { askEach, askMany, type End, knowPeople, lackOf, pairPeople, type Who } from './corpus-people.ts'

/** What all cases of a world share. */
export type World = {
  seed: number
  mode: 'strict' | 'lenient'
  /** What the exports prove: all there is, nothing, or all there is by an admin's word (two in a row). */
  exports: 'complete' | 'partial' | 'always'
  /** Writing to Procore: switched off before the forecast, between forecast and click, or never. */
  writing: 'on' | 'off' | 'off-late'
  /** Change orders are linked too. */
  children: boolean
  /** What Procore makes of null: it clears the link, or keeps it in one way or another. */
  keeps: NonNullable<StandInOptions['unlinkNull']>
}

type Case = {
  /** Whether the ERP has it when it is forecast, and when it is asked for. */
  erp: 'stays' | 'leaves' | 'comes-back' | 'leaves-late'
  /** Whose link it carries; `-late`: between forecast and click, seen by nobody. */
  link: 'ours' | 'stolen' | 'stolen-late' | 'released-late' | 'deleted'
  /** Who asks for it. */
  who: Who
}

/** A case in its world. `family`: linked change orders stand under it. `closed`: its job is. `busy`: it lies in the busy project. */
type Placed = Case & { key: string; record: number; kind: Kind; item: number; family: boolean; closed: boolean; busy: boolean }
type Kind = 'work_order_contracts' | 'purchase_order_contracts'

const base = { mode: 'strict', exports: 'complete', writing: 'on', children: false, keeps: 'clears' } as const
/** Nine worlds of commitments; every test run affords the first. Procore's own links and other kinds have worlds of their own beside this. */
export const worlds: readonly World[] = [
  { ...base, seed: 101, children: true },
  { ...base, seed: 102, mode: 'lenient' },
  { ...base, seed: 103, exports: 'partial' },
  { ...base, seed: 104, exports: 'always', mode: 'lenient' },
  { ...base, seed: 105, writing: 'off' },
  { ...base, seed: 106, writing: 'off-late', mode: 'lenient' },
  { ...base, seed: 107, keeps: '422' },
  { ...base, seed: 108, keeps: '200-but-unchanged', mode: 'lenient' },
  { ...base, seed: 109, mode: 'lenient', children: true },
]

const often = <T>(weight: number, value: T) => ({ weight, arbitrary: fc.constant(value) })
const cases: fc.Arbitrary<Case> = fc.record({
  erp: fc.oneof(often(3, 'stays' as const), often(5, 'leaves' as const), often(1, 'comes-back' as const), often(1, 'leaves-late' as const)),
  link: fc.oneof(
    ...[often(12, 'ours' as const), often(1, 'stolen' as const), often(1, 'stolen-late' as const)],
    ...[often(1, 'released-late' as const), often(1, 'deleted' as const)],
  ),
  who: fc.oneof(
    ...[often(10, 'admin' as const), often(3, 'accountant' as const), often(1, 'no-right' as const), often(1, 'viewer' as const)],
    ...[often(1, 'bound' as const), often(1, 'not-listed' as const), often(1, 'revoked' as const)],
  ),
})

/** Whether its forecast has to say ready. */
const isReady = (world: World, { erp, link, family, closed }: Placed): boolean =>
  world.writing !== 'off' &&
  world.exports !== 'partial' &&
  link !== 'stolen' &&
  link !== 'deleted' &&
  !family &&
  !closed &&
  (erp === 'leaves' || erp === 'comes-back')

/** How asking for it has to end. */
function endOf(world: World, one: Placed): readonly string[] {
  if (lackOf(one.who, one.busy) !== null) return ['refused']
  if (!isReady(world, one)) return ['refused', 'changed']
  if (world.writing === 'off-late' || one.erp === 'comes-back') return ['changed']
  if (one.link === 'released-late') return ['unlinked']
  return world.keeps === 'clears' && one.link === 'ours' ? ['unlinked'] : ['refused']
}

/** Whose link it has to carry in the end. */
function ownerOf(world: World, one: Placed): string {
  if (one.link === 'stolen' || one.link === 'stolen-late') return 'other'
  if (one.link === 'released-late') return 'none'
  return one.link === 'ours' && endOf(world, one).includes('unlinked') ? 'none' : 'ours'
}

/** `lacking`: how often which right was missing; `codes`: how often which forecast was given, where that is what a world is about. */
export type Outcome = { cases: number; ready: number; wrong: string[] } & Record<
  'orders' | 'ends' | 'lacking' | 'codes',
  Record<string, number>
>

const slow = { withinMs: 60_000 }

/** Makes a world, asks for everything in it with the forecast that was seen, and says where it came out otherwise than it had to. */
export async function liveThrough(world: World): Promise<Outcome> {
  await using folder = await tempFolder('corpus')
  await using standIn = await standInWithAccess({ mode: world.mode })
  nameBothLimits(standIn)
  knowPeople(standIn)
  // Whether a person gave a reason is for them, not for the forecast: it has tests of its own.
  const settings = { 'blast-radius.share': 1, unlink: { reasonWhenInvoiced: false } }
  const home = await setUpAgent(folder.path, { access: standIn.access, settings })
  if (world.exports === 'always') await alwaysComplete(home)
  await using agent = await startAgentAt(home)
  const erp = books()
  await linkAll(agent, erp, world)
  const people = await pairPeople(agent, standIn, slow)
  const placed = place(agent, standIn, erp, world)
  const whole = world.exports === 'complete'
  const has = (...without: Case['erp'][]) => {
    const gone = new Set(placed.flatMap(({ key, erp: how }) => (without.includes(how) ? [key] : [])))
    return erp.JCM_MASTER__COMMITMENT.filter((row) => !gone.has(row['Commitment'] ?? ''))
  }
  const bring = async (rows: ReturnType<typeof has>) => {
    await agent.export(exportOf(erp, 'commitments', rows), 'commitments', whole)
    await agent.atRest(slow)
  }

  await closeJobs(agent, erp, new Set([closedJob(erp)]))
  for (const { kind, item, link } of placed)
    if (link === 'stolen') standIn.company.steal(kind, item, 'other:1')
    else if (link === 'deleted') standIn.company.remove(kind, item)
  await agent.askProcore()
  await bring(has('leaves', 'comes-back'))
  if (world.exports === 'always')
    await bring(has('leaves', 'comes-back').map((row, n) => (n === 0 ? { ...row, Amount_Invoiced: '1.00' } : row)))
  if (world.writing === 'off') await agent.writing('commitments', 'off')
  const orders = world.children ? await leaveOrders(agent, erp, world.seed, slow) : []

  const forecasts = new Map<number, ForecastShape | null>()
  const see = async (records: readonly { record: number }[]) => {
    for (const { record } of records) forecasts.set(record, (await agent.ask('link', { params: { id: String(record) } })).unlink ?? null)
  }
  await see(placed)
  await bring(has('leaves', 'leaves-late'))
  for (const { kind, item, link } of placed)
    if (link === 'stolen-late') standIn.company.steal(kind, item, 'other:1')
    else if (link === 'released-late') standIn.company.release(kind, item)
  if (world.writing === 'off-late') await agent.writing('commitments', 'off')
  await people.revoke()
  standIn.behaviour.unlinkNull = world.keeps

  const wanted = <T extends { record: number }>(records: readonly T[]) =>
    records.map((one) => ({ ...one, forecast: forecasts.get(one.record)?.id ?? '' }))
  const sent = standIn.requests.length
  const told = new Map<number, End>()
  for (const [who, of] of Map.groupBy(wanted(placed), (one) => one.who)) {
    const client = who === 'admin' ? undefined : people.clients[who]
    const ends = client && !seesAll(who) ? await askEach(agent, of, slow, client) : await askMany(agent, of, slow, client)
    for (const [n, { record }] of of.entries()) told.set(record, ends[n] as End)
  }
  const outcome = judged(world, placed, { forecasts, ends: placed.map(({ record }) => told.get(record) as End), standIn, sent })
  for (const closed of [false, true]) {
    const some = orders.filter((one) => one.closed === closed)
    if (closed && some.length > 0) await closeJobs(agent, erp, new Set(some.map(({ job }) => job)))
    await see(some)
    judgeOrders(outcome, some, { forecasts, ends: await askMany(agent, wanted(some), slow), standIn, sent })
  }
  return outcome
}

async function alwaysComplete(home: Parameters<typeof startAgentAt>[0]): Promise<void> {
  const quiet = await openQuietAgent(home.ledger, 'Flow', await cliKey(home.data))
  const by = { person: null, origin: 'test' }
  try {
    await quiet.call('setAlwaysComplete', { connection: 1, entity: 'commitments', always: true, by })
  } finally {
    quiet.close()
  }
}

async function linkAll(agent: RunningAgent, erp: Books, { children, exports }: World): Promise<void> {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments'), 'commitments', exports === 'complete')
  if (children) await agent.export(exportOf(erp, 'commitment-cos'), 'commitment-cos')
  await agent.atRest(slow)
  for (const entity of children ? (['commitments', 'commitment-cos'] as const) : (['commitments'] as const))
    await agent.writing(entity, 'on')
  await agent.atRest(slow)
}

/** A job that was open is closed, beside those that were. */
function closedJob(erp: Books): string {
  const [busiest] = erp.JCM_MASTER__COMMITMENT
  return erp.JCM_MASTER__COMMITMENT.find((row) => row['Job'] !== busiest?.['Job'])?.['Job'] ?? ''
}

async function closeJobs(agent: RunningAgent, erp: Books, closed: ReadonlySet<string | undefined>): Promise<void> {
  const jobs = erp.JCM_MASTER__JOB.map((row) => (closed.has(row['Job']) ? { ...row, Status: 'Closed' } : row))
  await agent.export(exportOf(erp, 'jobs', jobs), 'jobs')
  await agent.atRest(slow)
}

function place(agent: RunningAgent, standIn: StandIn, erp: Books, { seed }: World): Placed[] {
  const linked = agent.ledger.links('commitments').filter(({ item, state }) => item !== null && state === 'not-compared')
  const made = fc.sample(cases, { seed, numRuns: linked.length })
  const jobs = new Map(erp.JCM_MASTER__COMMITMENT.map((row) => [row['Commitment'], row['Job']]))
  const closed = new Set(erp.JCM_MASTER__JOB.filter((row) => row['Status'] === 'Closed').map((row) => row['Job']))
  closed.add(closedJob(erp))
  const parents = new Set(
    standIn.company.tables.change_order_packages.live().flatMap(({ origin_id, contract_id }) => (origin_id ? [contract_id] : [])),
  )
  return linked.map(({ key, record, type, item }, n) => ({
    ...(made[n] as Case),
    ...{ key, record, item: Number(item), family: parents.has(Number(item)), closed: closed.has(jobs.get(key)) },
    busy: jobs.get(key) === erp.JCM_MASTER__COMMITMENT[0]?.['Job'],
    kind: type === 'work-order-contract' ? 'work_order_contracts' : 'purchase_order_contracts',
  }))
}

/** `sent`: how many requests there were before anybody asked. */
export type Came = { forecasts: ReadonlyMap<number, ForecastShape | null>; ends: readonly End[]; standIn: StandIn; sent: number }

function judged(world: World, placed: readonly Placed[], { forecasts, ends, standIn, sent }: Came): Outcome {
  const outcome: Outcome = { cases: placed.length, ready: 0, orders: {}, wrong: [...standIn.violations], ends: {}, lacking: {}, codes: {} }
  const touched = touchedBy(standIn.requests.slice(sent))
  for (const [n, one] of placed.entries()) {
    const forecast = forecasts.get(one.record)
    const { end = 'none', code = null } = ends[n] ?? {}
    const lack = lackOf(one.who, one.busy)
    const owner = standIn.company.table(one.kind).get(one.item)?.origin_id ?? null
    const carries = owner === null ? 'none' : owner.startsWith('other:') ? 'other' : 'ours'
    const came = { ready: forecast?.kind === 'ready', end, carries, lack: lack && code, touched: lack !== null && touched.has(one.item) }
    const wanted = { ready: isReady(world, one), end: endOf(world, one), carries: ownerOf(world, one), lack, touched: false }
    if (lack !== null) outcome.lacking[lack] = (outcome.lacking[lack] ?? 0) + 1
    outcome.ready += Number(came.ready)
    outcome.ends[end] = (outcome.ends[end] ?? 0) + 1
    if (came.ready !== wanted.ready || !wanted.end.includes(end) || carries !== wanted.carries || came.lack !== lack || came.touched)
      outcome.wrong.push(JSON.stringify({ seed: world.seed, ...one, code: forecast?.code, came, wanted }))
  }
  return outcome
}

/** Items Procore was sent anything for, by their ids in paths and bodies. */
const touchedBy = (requests: readonly LoggedRequest[]): ReadonlySet<number> =>
  new Set(
    writes(requests).flatMap(({ path, body }) => [...`${path} ${JSON.stringify(body)}`.matchAll(/\d{15,}/g)].map(([id]) => Number(id))),
  )

/** Who is not shown a record gets it told as not there among many; asked for alone, what they lack is named. */
const seesAll = (who: Who): boolean => who !== 'viewer' && who !== 'bound' && who !== 'not-listed'
