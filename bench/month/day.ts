/** One day of the month: exports come in, what was drawn for the day strikes, and the agent works until nothing waits that could go. */
import type { SyncOutcome } from '../../agent/sync.ts'
import { type Problem, problems } from '../../shared/problem.ts'
import { toCsv } from '../../test/procore/erp-exports.ts'
import { random } from '../../test/procore/random.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { atRest } from './at-rest.ts'
import type { Export } from './exports.ts'
import type { Stop, World } from './faults/fault.ts'
import { scanMs } from './office.ts'
import type { Planned } from './plan.ts'
import { failingsOf } from './said.ts'

/** `told` as the day goes on; `failings` is what the agent did not say, or what did not end. */
export type Day = { world: World; plan: readonly Planned[]; exports: readonly Export[]; told: Problem[]; failings: string[] }

/** Struck, and to be looked at again at night. */
type Standing = { planned: Planned; since: number; names: readonly string[]; stop: Stop | null }

const by = { person: null, origin: 'bench' }
const lineEnd = '\r\n'
/** Exported once; from the second day on each is known as it is. */
const still = ['JCM_MASTER__JOB.csv', 'JCM_MASTER__COMMITMENT.csv', 'JCM_MASTER__COMMITMENT_ITEM.csv', 'JCM_MASTER__COMMITMENT_CO.csv']

export async function live(day: Day): Promise<void> {
  const { world, plan } = day
  const standing: Standing[] = []
  let lasting = 0
  const of = (step: Planned['step']): Planned[] => plan.filter((one) => one.step === step).sort((a, b) => a.at - b.at)

  async function strike(planned: Planned): Promise<void> {
    const { fault, seed } = planned
    const since = world.clock.now()
    const stop = await fault.start(world, random(seed), null)
    const one: Standing = { planned, since, names: fault.names?.(world) ?? [], stop }
    standing.push(one)
    if (fault.lastsMs === undefined) return
    lasting += 1
    one.stop = null
    world.clock.at(since + fault.lastsMs, () => {
      lasting -= 1
      void stop()
    })
  }

  for (const planned of of('dawn')) await strike(planned)
  await world.reopen()
  await takeAll(day)
  for (const planned of of('sending')) {
    await world.clock.until('a fault', () => world.standIn.requests.length >= planned.at || atRest(world.office()))
    await strike(planned)
  }
  await world.clock.until('the day’s end', () => lasting === 0 && atRest(world.office()), 48 * 3_600_000)
  await world.office().stop()
  // What is damaged over night takes the day's problems with it: the others are looked at before.
  for (const one of standing.filter(({ stop }) => stop === null)) await judge(day, one)
  for (const one of standing.filter(({ stop }) => stop !== null)) {
    await one.stop?.()
    await judge(day, one)
  }
}

/** The day's files one after the other; a struck one comes again after its fault. */
async function takeAll(day: Day): Promise<void> {
  const { exports, plan } = day
  const moving = exports.filter(({ name }) => !still.includes(name))
  const strikesAt = ({ step, at, fault: { only } }: Planned, name: string): boolean =>
    step === 'file' && (only === undefined ? moving[at % moving.length]?.name === name : only === name)
  for (const { name, rows } of exports) {
    const bytes = toCsv(rows)
    const strikes = plan.filter((one) => strikesAt(one, name))
    if (strikes.length === 0) expectTaken(name, await take(day, name, bytes, rows.length))
    for (const [n, one] of strikes.entries())
      await takeStruck(day, one, { name, rows: rows.length, bytes: Buffer.concat([bytes, Buffer.from(lineEnd.repeat(2 * n + 1))]) })
  }
}

type Coming = { name: string; bytes: Buffer; rows: number }

/** The fault, the good file while it lasts, its end, and the file once more: by itself where it was left for later. */
async function takeStruck(day: Day, planned: Planned, { name, bytes, rows }: Coming): Promise<void> {
  const { world } = day
  const since = world.clock.now()
  const instead = async (other: Buffer, counted: number | null, ageMs = 0) => (await take(day, name, other, counted, ageMs)).filed
  const stop = await planned.fault.start(world, random(planned.seed), { name, bytes, rows, take: instead })
  const first = await take(day, name, bytes, rows)
  await stop()
  if (first.problem) day.told.push(first.problem)
  if (isTriedAgain(first)) {
    world.clock.set(world.clock.now() + scanMs + 1_000)
    expectTaken(name, await released(day, await world.office().lookAgain()))
  } else expectTaken(name, await take(day, name, Buffer.concat([bytes, Buffer.from(lineEnd)]), rows))
  await judge(day, { planned, since, names: [] })
}

/** Each file is a moment younger than the one before. */
async function take(day: Day, name: string, bytes: Buffer, rows: number | null, ageMs = 0): Promise<SyncOutcome> {
  const { world } = day
  world.clock.set(world.clock.now() + 1)
  const outcome = await world.office().take(name, bytes, { rows, asOf: world.clock.now() - ageMs })
  return (await released(day, outcome)) ?? outcome
}

/** A payment run changes more invoices than the guard lets pass by itself: a person looks, and says yes. */
async function released({ world }: Day, outcome: SyncOutcome | null): Promise<SyncOutcome | null> {
  if (outcome?.problem?.code !== 'blast-radius') return outcome
  const { reader, call } = world.office()
  const row = reader.raw.prepare("select max(id) as id from export_files where state = 'waiting'").get()
  return call('releaseTake', { file: Number(row?.['id']), by })
}

const isTriedAgain = ({ filed, problem }: SyncOutcome): boolean =>
  filed === 'waiting' && problem !== undefined && problems[problem.code].next !== 'ask'

function expectTaken(name: string, outcome: SyncOutcome | null): void {
  if (outcome?.filed === 'done' || outcome?.filed === 'unchanged') return
  throw new Error(`${name} was ${outcome?.filed ?? 'not tried'} (${outcome?.problem?.code}), not taken.`)
}

/** What is told to the ledger, or off it, takes a moment to stand there; a disk is looked at every five seconds. */
async function judge({ world, told, failings }: Day, { planned, since, names }: Omit<Standing, 'stop'>): Promise<void> {
  const { name, fault } = planned
  const { says } = fault
  if (says === null) return
  const look = () => failingsOf({ folder: world.folder, says, since, names, told: [...told, ...world.toldSoFar()] })
  await waitFor(name, () => look().length === 0, { withinMs: 10_000 }).catch(() => undefined)
  failings.push(...look().map((failing) => `${name}: ${failing}`))
}
