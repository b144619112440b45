import { openAgent } from '../../agent/cli/open-agent.ts'
import type { FaultRule } from '../procore/faults.ts'
import type { StandInOptions } from '../procore/options.ts'
import { type AgentProcess, startAgentProcess } from '../support/agent-process.ts'
import { nameBothLimits } from '../support/name-both-limits.ts'
import { readLedger } from '../support/read-ledger.ts'
import { setUpAgent } from '../support/set-up-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { freePort } from '../support/tieback-process.ts'
import { waitFor } from '../support/wait-for.ts'
import { endState } from './end-state.ts'
import type { KillPoint } from './kill-points.ts'
import { calm, type KillRun, type Place } from './kill-run.ts'
import { booksOf, drop, isOf, linkLines, type Size, staying, type Wanted, wantedIn, write } from './unlink-batch.ts'
import { carriedIn, type Undo, undoAll } from './unlink-undo.ts'

const isStored = ({ ledger }: Pick<Place, 'ledger'>): boolean => ledger.rows('select 1 from unlink_batches').length > 0
const isOver = (place: Pick<Place, 'ledger'>): boolean =>
  isStored(place) && place.ledger.rows('select 1 from unlink_batches where ended_at is null').length === 0

/** Asks where it is not in the ledger yet, as a person would whose answer was lost; that the agent dies meanwhile is no fault. */
async function ask(place: Place, entries: Wanted): Promise<void> {
  if (isStored(place)) return
  const { ask: asked, running } = await openAgent(place.home.data)
  if (running) await asked('askUnlinks', { body: { entries, reason: 'Billed to the wrong job' } }).catch(() => undefined)
}

const patienceMs = 240_000

export type UnlinkRun = KillRun & { undo: Undo }
type UnlinkOptions = StandInOptions & { size?: Size; faults?: readonly FaultRule[] }

/**
 * Asks for unlinks at once, killing the agent at each point in turn and starting it again; answers how everything stands in the end, and how it
 * went to take all of it back. `faults` lose answers on the way without a kill.
 */
export async function unlinkRun(points: readonly KillPoint[], options: UnlinkOptions = {}): Promise<UnlinkRun> {
  const { size = 'few', faults = [], ...manners } = options
  await using folder = await tempFolder('unlink')
  await using standIn = await standInWithAccess(manners)
  nameBothLimits(standIn)
  const books = booksOf(size, standIn)
  // So much at once is meant here.
  const settings = { 'blast-radius.share': 1 }
  const home = await setUpAgent(folder.path, { access: standIn.access, port: await freePort(), settings })
  await write(home)
  const ledger = readLedger(home.ledger)
  const place = { standIn, home, ledger }
  const run: Pick<KillRun, 'reached' | 'missed'> = { reached: [], missed: [] }
  let agent: AgentProcess | null = startAgentProcess(home)
  try {
    await drop(home, books)
    await calm(home, ledger)
    linkLines(standIn)
    await drop(home, { ...books, commitments: books.commitments.filter(isOf(staying)) })
    await calm(home, ledger)
    const wanted = await wantedIn(home, place)
    const before = carriedIn(standIn)
    standIn.faults.add(...faults)
    for (const point of points) {
      agent ??= startAgentProcess(home)
      const struck = await untilStruck(point, place, agent, wanted)
      run[struck ? 'reached' : 'missed'].push(point.kind)
      if (struck) agent = null
    }
    agent ??= startAgentProcess(home)
    await asked(place, agent, wanted)
    await waitFor('all unlinks have ended', () => isOver(place), { withinMs: patienceMs, shows: () => ledger.outbox().slice(0, 20) })
    await calm(home, ledger)
    const end = endState(place)
    const unused = standIn.faults.waiting().map(({ when }) => `no answer was lost of ${String(when.path)}`)
    const undo = await undoAll(place, before)
    await agent.stop()
    agent = null
    return { end, undo, ...run, missed: [...run.missed, ...unused], violations: [...standIn.violations] }
  } finally {
    await agent?.kill()
    ledger.close()
  }
}

/** Asks once the agent listens. */
async function asked(place: Place, agent: AgentProcess, wanted: Wanted): Promise<void> {
  await agent.said('listening')
  await ask(place, wanted)
}

/** Whether the agent was killed at the point; false once all unlinks have ended without it. */
async function untilStruck(point: KillPoint, place: Place, agent: AgentProcess, wanted: Wanted): Promise<boolean> {
  const over = new AbortController()
  const struck = Promise.withResolvers<true>()
  const strike = async () => {
    await agent.kill()
    struck.resolve(true)
  }
  point.watch({ ...place, agent }, strike, over.signal).catch(struck.reject)
  const ended = asked(place, agent, wanted)
    .catch(() => undefined) // it was killed before it listened
    .then(() => waitFor('all unlinks have ended', () => isOver(place) || over.signal.aborted, { withinMs: patienceMs }))
    .then(() => false)
  const killed = await Promise.race([struck.promise, ended])
  over.abort()
  return killed
}
