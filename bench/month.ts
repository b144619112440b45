/**
 * A held month: twelve daily sets of exports of one invented company against the stand-in at Procore's published limits, with bad days drawn by
 * seed. At the end both sides tie to the cent, nothing is missing, nothing is there twice, and Procore never had to say “too many”.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SyncOutcome } from '../agent/sync.ts'
import { toCsv } from '../test/procore/erp-exports.ts'
import { practiceClient } from '../test/procore/options.ts'
import { type StandIn, startStandIn } from '../test/procore/stand-in.ts'
import { absoluteLine, type Bench, type Line } from './bench.ts'
import { badDay } from './month/bad-days.ts'
import { changedRecords } from './month/changed.ts'
import { damaged } from './month/damaged.ts'
import { exportsOf } from './month/exports.ts'
import { dateOf, type Month, makeMonth, size } from './month/firm.ts'
import { type Office, openOffice } from './month/office.ts'
import { type ProcoreSide, procoreSide } from './month/procore-side.ts'
import { type SimClock, simClock } from './month/sim-clock.ts'
import { tieOut } from './month/tie-out.ts'

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
      await standIn.close()
      if (!process.env['KEEP']) await rm(folder, { recursive: true, force: true })
    }
  },
}

type Held = { seed: number; folder: string; told: Month; clock: SimClock; side: ProcoreSide; standIn: StandIn }
type Counts = { calls: number; throttled: number }

async function* hold(held: Held): AsyncGenerator<Line> {
  const { told, side, folder, clock, standIn } = held
  let secret = ''
  const setSecret = (text: string): void => {
    secret = text
  }
  const open = (connection: number, skewMs = 0) =>
    openOffice({ folder, clock, standIn, connection, skewMs, secret: () => secret || practiceClient.secret })
  const key = await setUp(await open(0), side)
  const counts: Counts = { calls: 0, throttled: 0 }
  const days: Record<string, unknown>[] = []
  const started = Date.now()
  for (let day = 0; day < size.days; day++) {
    clock.set(Date.parse(`${dateOf(day)}T06:00:00Z`)) // over night the agent is off
    const bad = badDay(held.seed, day, { ...held, setSecret })
    days.push({ day, troubles: bad.troubles, ...(await live(held, day, () => open(1, bad.skewMs), bad.killAfterCalls)) })
    Object.assign(counts, tallied(counts, standIn))
    standIn.forget()
  }
  const office = await open(0)
  const tied = tieOut(told, side, office.reader, key)
  const sent = Number(office.reader.raw.prepare('select count(*) as n from outbox where state = 5').get()?.['n'])
  const changed = changedRecords(told)
  await office.stop()
  const detail = {
    seconds: Math.round((Date.now() - started) / 1000),
    changed,
    sent,
    off: tied.off.slice(0, 20),
    classes: tied.classes,
    days,
  }
  yield absoluteLine('month/cents-off', 'score', tied.centsOff, 0, detail)
  yield absoluteLine('month/lost', 'score', tied.lost.length, 0, { first: tied.lost.slice(0, 20) })
  yield absoluteLine('month/doubled', 'score', tied.doubled.length, 0, { first: tied.doubled.slice(0, 20) })
  yield absoluteLine('month/throttled', 'calls', counts.throttled, 0)
  yield absoluteLine('month/calls', 'calls', counts.calls / changed, 0.2, { calls: counts.calls, changed, perSent: counts.calls / sent })
}

/** The first connection, all that is written switched on; answers its key. */
async function setUp(office: Office, { company }: ProcoreSide): Promise<string> {
  const connection = await office.call('addConnection', {
    ...{ name: 'Books', connector: 'folder', erpCompany: 'Month Builders', procoreCompany: String(company.id), owner: 'tieback', by },
    settings: { erp: 'Sage 300 CRE', connector: {} },
  })
  for (const one of written) await office.call('setWriting', { connection, ...one, writing: true, by })
  const key = String(office.reader.raw.prepare('select key from connections').get()?.['key'])
  await office.stop()
  return key
}

/** One day: exports come in, the agent may be killed and started again, and it works until nothing waits that could go. */
async function live(held: Held, day: number, open: () => Promise<Office>, killAfter: number | null): Promise<Record<string, unknown>> {
  const { told, clock, standIn } = held
  const began = clock.now()
  let office = await open()
  for (const { name, rows } of exportsOf(told, day)) {
    for (const [n, file] of damaged(name, day, toCsv(rows), rows.length).entries()) {
      const first = await office.take(name, file.bytes, { rows: file.rows, asOf: clock.now() + n + (file.older ? -86_400_000 : 0) })
      const outcome = first.problem?.code === 'blast-radius' ? await letThrough(office) : first
      const asKnown = file.becomes === 'done' && outcome.filed === 'unchanged' // nothing moved in this table today
      if (outcome.filed !== file.becomes && !asKnown)
        throw new Error(`Day ${day}: ${name} was ${outcome.filed} (${outcome.problem?.code}), not ${file.becomes}.`)
    }
  }
  if (killAfter !== null) {
    await clock.until('the kill', () => standIn.requests.length >= killAfter || atRest(office))
    office.kill()
    office = await open()
  }
  await clock.until(`day ${day} settled`, () => atRest(office), 48 * 3_600_000)
  const open_ = office.reader.raw.prepare('select code, count(*) as n from problems where closed_at is null group by code').all()
  await office.stop()
  return {
    hours: (clock.now() - began) / 3_600_000,
    calls: standIn.requests.length,
    problems: Object.fromEntries(open_.map((row) => [row['code'], row['n']])),
  }
}

/** A payment run changes more invoices than the guard lets pass by itself: a person looks, and says yes. */
async function letThrough(office: Office): Promise<SyncOutcome> {
  const row = office.reader.raw.prepare("select max(id) as id from export_files where state = 'waiting'").get()
  return office.call('releaseTake', { file: Number(row?.['id']), by })
}

/** Nothing is on its way or due, but what waits for a person or for what Procore lacks; all of Procore was read once today. */
function atRest({ reader: { raw } }: Office): boolean {
  const busy = raw
    .prepare('select count(*) as n from outbox o left join problems p on p.id = o.problem where o.state in (0, 1, 2, 4)')
    .get()
  const troubled = raw
    .prepare(
      "select count(*) as n from problems where closed_at is null and code in ('procore-busy', 'procore-down', 'procore-secret', 'project-not-permitted', 'send-unconfirmed')",
    )
    .get()
  return Number(busy?.['n']) === 0 && Number(troubled?.['n']) === 0 && allRead(raw)
}

const allRead = (raw: Office['reader']['raw']): boolean =>
  Number(raw.prepare("select count(*) as n from polls where list = 'direct-costs' and read_at is not null").get()?.['n']) >=
  size.jobs - size.erpOnlyJobs

const tallied = ({ calls, throttled }: Counts, { requests }: StandIn): Counts => ({
  calls: calls + requests.length,
  throttled: throttled + requests.filter(({ status }) => status === 429).length,
})
