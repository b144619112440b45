/**
 * Unlinking: how long a person waits for one commitment of 20 lines, how many calls it takes, whether 500 at once ever meet a limit of Procore, and
 * whether what a forecast says comes true (test/agent/unlink/corpus.ts).
 */
import { liveThrough, type Outcome, worlds } from '../test/agent/unlink/corpus.ts'
import { liveThroughKinds } from '../test/agent/unlink/corpus-kinds.ts'
import { liveThroughProcores } from '../test/agent/unlink/corpus-procore.ts'
import { books, exportOf } from '../test/flow/books.ts'
import { moreCommitmentRows, moreVendorRows } from '../test/flow/more-books.ts'
import { moreCommitments, moreVendors } from '../test/procore/practice/more.ts'
import type { StandIn } from '../test/procore/stand-in.ts'
import { type RunningAgent, startAgent } from '../test/support/start-agent.ts'
import { standInWithAccess } from '../test/support/start-stand-in.ts'
import { absoluteLine, type Bench, type Line, median, percentile } from './bench.ts'

const lines = 20
const single = 60
const many = 500
/** Money was invoiced on some of them. */
const reason = 'Billed to the wrong job'
/** Commitments among the many, each of which takes calls of its own; the rest are vendors, which Procore takes in one. */
const commitments = 300
/** As many in the busy project that so many are ready. */
const inBusyProject = 340
/** The published example limits (procore-api.md 3). */
const published = { hourly: 600, spike: 25 }
const slow = { withinMs: 300_000 }
const setup = { settings: { 'blast-radius.share': 1 } }

export const unlink: Bench = {
  name: 'unlink',
  async *run() {
    yield* oneByOne()
    // At Procore's limits the one does little but wait; neither is about time.
    const [throttled, forecasts] = await Promise.all([linesOf(atOnce()), linesOf(asForecast())])
    yield* [...throttled, ...forecasts]
  },
}

async function linesOf(figures: AsyncGenerator<Line>): Promise<Line[]> {
  const all: Line[] = []
  for await (const line of figures) all.push(line)
  return all
}

/** Confirm → answer over HTTP, one commitment after the other. */
async function* oneByOne(): AsyncGenerator<Line> {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access, ...setup })
  await linked(agent, ['commitments'])
  const keys = numbers().slice(0, single)
  const wanted = agent.ledger.links('commitments').filter(({ key, state }) => state === 'not-compared' && keys.includes(key))
  for (const { type, item } of wanted)
    withLines(standIn, type === 'work-order-contract' ? 'work_order_contracts' : 'purchase_order_contracts', Number(item))
  await leave(agent, keys)
  const times: number[] = []
  const calls: number[] = []
  for (const { record } of wanted) {
    const id = String(record)
    const { unlink: forecast } = await agent.ask('link', { params: { id } })
    const before = standIn.requests.length
    const began = performance.now()
    const { outcome } = await agent.ask('unlink', { params: { id }, body: { forecast: forecast?.id ?? '', reason } })
    times.push(performance.now() - began)
    if (outcome !== 'unlinked') throw new Error(`Link ${id} is ${outcome}: ${JSON.stringify(forecast)}`)
    // Lists that fall due are read meanwhile; they are not the unlink's.
    calls.push(standIn.requests.slice(before).filter(({ path }) => path.includes('_order_contracts')).length)
  }
  const left = standIn.company.tables.contract_line_items.live().filter(({ origin_id }) => origin_id?.startsWith('tb'))
  if (left.length > 0) throw new Error(`${left.length} lines still carry a link.`)
  yield absoluteLine('unlink/p95', 'ms', percentile(times, 0.95), 1_000, {
    unlinks: times.length,
    lines,
    p50: median(times),
    worst: Math.max(...times),
  })
  yield absoluteLine('unlink/calls-per-unlink', 'calls', Math.max(...calls), 5, { lines, median: median(calls), atMost: lines + 4 })
}

/** 500 in one act at Procore's published limits. */
async function* atOnce(): AsyncGenerator<Line> {
  await using standIn = await standInWithAccess({ rateLimits: published })
  moreVendors(standIn.company, 900)
  moreCommitments(standIn.company, inBusyProject)
  await using agent = await startAgent({ access: standIn.access, ...setup })
  await linked(agent, ['commitments', 'vendors'], standIn)
  await leave(agent, [...numbers(), ...moreCommitmentRows(standIn, books()).map((row) => row['Commitment'] ?? '')].slice(1))
  const vendors = await ready(agent, 'vendor')
  const contracts = (await ready(agent, 'work-order-contract,purchase-order-contract')).slice(0, commitments)
  if (contracts.length !== commitments) throw new Error(`Only ${contracts.length} commitments are ready.`)
  const entries = [...contracts, ...vendors].slice(0, many)
  if (entries.length !== many) throw new Error(`Only ${entries.length} are ready.`)
  const before = standIn.requests.length
  const began = Date.now()
  const { id } = await agent.ask('askUnlinks', { body: { entries, reason } })
  const told = () => agent.ask('unlinkBatch', { params: { id } })
  await agent.until('all of them ended', async () => (await told()).endedAt !== null, slow)
  const ms = Date.now() - began
  const { counts } = await told()
  if (counts['unlinked'] !== many) throw new Error(`Not all were unlinked: ${JSON.stringify(counts)}`)
  const asked = standIn.requests.slice(before)
  yield absoluteLine('unlink/throttled', 'calls', asked.filter(({ status }) => status === 429).length, 0, {
    ...{ unlinks: many, commitments: contracts.length, vendors: many - contracts.length, callsBefore: before, calls: asked.length, ms },
  })
}

/** Cases in which the forecast said one thing and another happened. */
async function* asForecast(): AsyncGenerator<Line> {
  const outcomes: Outcome[] = []
  for (const world of worlds) outcomes.push(await liveThrough(world))
  outcomes.push(await liveThroughProcores(110), ...(await Promise.all([liveThroughKinds(111, 'unsaid'), liveThroughKinds(112, 'said')])))
  const sum = (of: (one: Outcome) => number) => outcomes.reduce((all, one) => all + of(one), 0)
  const cases = sum((one) => one.cases)
  if (cases < 2_000) throw new Error(`Only ${cases} cases were made.`)
  const wrong = outcomes.flatMap((one) => one.wrong)
  const lacking = sum((one) => Object.values(one.lacking).reduce((all, n) => all + n, 0))
  const codes = outcomes.map((one) => one.codes)
  const detail = {
    cases,
    ready: sum((one) => one.ready),
    lacking,
    codes,
    ends: outcomes.map(({ ends }) => ends),
    wrong: wrong.slice(0, 10),
  }
  yield absoluteLine('unlink/forecast-wrong', 'score', wrong.length, 0, detail)
}

const numbers = (): string[] => books().JCM_MASTER__COMMITMENT.map((row) => row['Commitment'] ?? '')

async function linked(agent: RunningAgent, entities: readonly ('vendors' | 'commitments')[], standIn?: StandIn): Promise<void> {
  const erp = books()
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  if (standIn) await agent.export(exportOf(erp, 'vendors', [...erp.APM_MASTER__VENDOR, ...moreVendorRows(standIn)]), 'vendors')
  const more = standIn ? moreCommitmentRows(standIn, erp) : []
  await agent.export(exportOf(erp, 'commitments', [...erp.JCM_MASTER__COMMITMENT, ...more]), 'commitments')
  await agent.atRest(slow)
  for (const entity of entities) await agent.writing(entity, 'on')
  await agent.atRest(slow)
}

/** These are in the books no longer. */
async function leave(agent: RunningAgent, keys: readonly string[]): Promise<void> {
  const erp = books()
  const rest = erp.JCM_MASTER__COMMITMENT.filter((row) => !keys.includes(row['Commitment'] ?? ''))
  await agent.export(exportOf(erp, 'commitments', rest), 'commitments')
  await agent.atRest(slow)
}

async function ready(agent: RunningAgent, types: string) {
  const { links } = await agent.ask('readyUnlinks', { query: { types } })
  return links.map(({ link, forecast }) => ({ link, forecast: forecast.id }))
}

/** As many lines as wanted, all of which carry our link. */
function withLines({ company }: StandIn, kind: 'work_order_contracts' | 'purchase_order_contracts', id: number): void {
  const { contract_line_items } = company.tables
  const origin = company.table(kind).get(id)?.origin_id ?? ''
  const [pattern] = contract_line_items.heldBy(id)
  if (!pattern) throw new Error(`Commitment ${id} has no line to copy.`)
  for (let n = contract_line_items.heldBy(id).length; n < lines; n += 1) company.add('contract_line_items', { ...pattern, position: n + 1 })
  contract_line_items.heldBy(id).forEach((line, n) => void company.steal('contract_line_items', line.id, `${origin}#${n + 1}`))
}
