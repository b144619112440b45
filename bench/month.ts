/**
 * A held month: twelve daily sets of exports of one invented company against the stand-in at Procore's published limits, with bad days drawn by
 * seed. At the end both sides tie to the cent, nothing is missing, nothing is there twice, and Procore never had to say “too many”.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { practiceClient } from '../test/procore/options.ts'
import { type StandIn, startStandIn } from '../test/procore/stand-in.ts'
import { absoluteLine, type Bench, type Line } from './bench.ts'
import { changedRecords } from './month/changed.ts'
import { live } from './month/day.ts'
import { exportsOf } from './month/exports.ts'
import type { World } from './month/faults/fault.ts'
import { forgetUpgrade } from './month/faults/upgraded.ts'
import { dateOf, type Month, makeMonth } from './month/firm.ts'
import { addLateCode } from './month/late-code.ts'
import { exportsIn, openOffice, scanMs } from './month/office.ts'
import { drawPlan } from './month/plan.ts'
import { type ProcoreSide, procoreSide } from './month/procore-side.ts'
import { type SimClock, simClock } from './month/sim-clock.ts'
import { tieOut } from './month/tie-out.ts'
import { openWorld } from './month/world.ts'

const by = { person: null, origin: 'bench' }
/** What may be written; only costs and payments may be made. */
const written = [
  { entity: 'vendors', creating: false },
  { entity: 'ap-payments', creating: true },
  { entity: 'jc-transactions', creating: true },
] as const

export const month: Bench = {
  name: 'month',
  async *run() {
    const seed = Number(process.env['MONTH_SEED'] ?? 7)
    const folder = await mkdtemp(join(tmpdir(), 'bench-month-'))
    const told = makeMonth(seed)
    const clock = simClock(Date.parse(`${dateOf(0)}T06:00:00Z`))
    const side = procoreSide(told, clock.now)
    const standIn = await startStandIn({ company: side.company, now: clock.now, rateLimits: { hourly: 600, spike: 25 } })
    try {
      yield* hold({ seed, folder, told, clock, side, standIn })
    } finally {
      forgetUpgrade()
      await standIn.close()
      if (!process.env['KEEP']) await rm(folder, { recursive: true, force: true })
    }
  },
}

type Held = { seed: number; folder: string; told: Month; clock: SimClock; side: ProcoreSide; standIn: StandIn }
type Counts = { calls: number; throttled: number }

async function* hold(held: Held): AsyncGenerator<Line> {
  const { told, side, folder, clock, standIn, seed } = held
  await mkdir(exportsIn(folder))
  const key = await setUp(held)
  const world = openWorld({ folder, clock, standIn, side })
  const counts: Counts = { calls: 0, throttled: 0 }
  const days: Record<string, unknown>[] = []
  const failings: string[] = []
  const started = Date.now()
  for (const [day, plan] of drawPlan(seed).entries()) {
    clock.set(Date.parse(`${dateOf(day)}T06:00:00Z`)) // over night the agent is off
    addLateCode(side, day)
    const began = clock.now()
    await live({ world, plan, exports: exportsOf(told, day), told: [], failings })
    days.push({
      day,
      faults: plan.map(({ name, step, at }) => `${name}, ${step} ${at}`),
      hours: (clock.now() - began) / 3_600_000,
      calls: standIn.requests.length,
    })
    Object.assign(counts, tallied(counts, standIn))
    standIn.forget()
  }
  yield* reckoned({ held, world, key, counts, failings, detail: { days, seconds: Math.round((Date.now() - started) / 1000) } })
}

type Over = { held: Held; world: World; key: string; counts: Counts; failings: readonly string[]; detail: Record<string, unknown> }

/** The five figures. What was not said or did not end counts as lost: nobody would have known. */
async function* reckoned({ held: { told, side }, world, key, counts, failings, detail }: Over): AsyncGenerator<Line> {
  await world.reopen()
  const { reader } = world.office()
  const tied = tieOut(told, side, reader, key)
  const sent = Number(reader.raw.prepare('select count(*) as n from outbox where state = 5').get()?.['n'])
  const open = reader.raw.prepare('select code, count(*) as n from problems where closed_at is null group by code').all()
  const changed = changedRecords(told)
  await world.office().stop()
  const problems = Object.fromEntries(open.map((row) => [row['code'], row['n']]))
  const lost = [...tied.lost, ...failings]
  yield absoluteLine('month/cents-off', 'score', tied.centsOff, 0, {
    ...detail,
    ...{ changed, sent, problems, off: tied.off.slice(0, 20), totals: tied.totals, exclusions: tied.exclusions },
  })
  yield absoluteLine('month/lost', 'score', lost.length, 0, { first: lost.slice(0, 20) })
  yield absoluteLine('month/doubled', 'score', tied.doubled.length, 0, { first: tied.doubled.slice(0, 20) })
  yield absoluteLine('month/throttled', 'calls', counts.throttled, 0)
  yield absoluteLine('month/calls', 'calls', counts.calls / changed, 0.2, { calls: counts.calls, changed, perSent: counts.calls / sent })
}

/** The first connection, all that is written switched on; answers its key. */
async function setUp({ folder, clock, standIn, side: { company } }: Held): Promise<string> {
  const office = await openOffice({ folder, clock, standIn, skewMs: 0, secret: () => practiceClient.secret })
  const connection = await office.call('addConnection', {
    ...{ name: 'Books', connector: 'folder', erpCompany: 'Month Builders', procoreCompany: String(company.id), owner: 'tieback', by },
    settings: {
      erp: 'Sage 300 CRE',
      connector: { path: exportsIn(folder), share: true, scanMs },
      procore: { environment: 'production', clientId: practiceClient.id, credential: 'month' },
    },
  })
  for (const one of written) await office.call('setWriting', { connection, ...one, writing: true, by })
  const key = String(office.reader.raw.prepare('select key from connections').get()?.['key'])
  await office.stop()
  return key
}

const tallied = ({ calls, throttled }: Counts, { requests }: StandIn): Counts => ({
  calls: calls + requests.length,
  throttled: throttled + requests.filter(({ status }) => status === 429).length,
})
