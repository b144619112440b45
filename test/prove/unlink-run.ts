import { cliKey } from '../../agent/cli/cli-key.ts'
import { openAgent } from '../../agent/cli/open-agent.ts'
import { openQuietAgent } from '../../agent/cli/quiet-agent.ts'
import type { BodyOf } from '../../shared/api.ts'
import { books, exportOf } from '../flow/books.ts'
import type { StandInOptions } from '../procore/options.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type AgentProcess, startAgentProcess } from '../support/agent-process.ts'
import { readLedger } from '../support/read-ledger.ts'
import { type AgentHome, dropInto, setUpAgent } from '../support/set-up-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { freePort } from '../support/tieback-process.ts'
import { waitFor } from '../support/wait-for.ts'
import { endState } from './end-state.ts'
import type { KillPoint } from './kill-points.ts'
import { calm, type KillRun, type Place } from './kill-run.ts'

const erp = books()
/** Commitments that leave the books, most of them with change orders under them, and one that stays with its own. */
const leaving = ['SC-1087', 'SC-1048', 'SC-1213', 'SC-1002', 'PO-2100', 'PO-2024']
const staying = ['SC-1032']
const entities = ['vendors', 'commitments', 'commitment-cos'] as const
const types = 'vendor,work-order-contract,purchase-order-contract,commitment-change-order'

async function drop(home: AgentHome, commitments: readonly string[]): Promise<void> {
  const named = (row: { [column: string]: string | undefined }) => commitments.includes(row['Commitment'] ?? '')
  const files = {
    jobs: exportOf(erp, 'jobs'),
    vendors: exportOf(erp, 'vendors', erp.APM_MASTER__VENDOR.slice(5, 12)),
    'commitment-cos': exportOf(erp, 'commitment-cos', erp.JCM_MASTER__COMMITMENT_CO.filter(named)),
    commitments: exportOf(erp, 'commitments', erp.JCM_MASTER__COMMITMENT.filter(named)),
  }
  for (const [entity, { name, bytes, rows }] of Object.entries(files)) await dropInto(home, name, bytes, { rows, entity })
}

async function write({ data, ledger }: AgentHome): Promise<void> {
  const quiet = await openQuietAgent(ledger, 'Flow', await cliKey(data))
  const by = { person: null, origin: 'test' }
  try {
    for (const entity of entities) await quiet.call('setWriting', { connection: 1, entity, writing: true, by })
  } finally {
    quiet.close()
  }
}

/** Lines of our commitments carry our link too, as they do where Tieback made them. */
function linkLines({ company }: StandIn): void {
  const { work_order_contracts, purchase_order_contracts, contract_line_items } = company.tables
  for (const { id, origin_id: origin } of [...work_order_contracts.live(), ...purchase_order_contracts.live()])
    if (origin?.includes(':commitments:'))
      contract_line_items.heldBy(id).forEach((line, n) => void company.steal('contract_line_items', line.id, `${origin}#${n + 1}`))
}

type Wanted = BodyOf<'askUnlinks'>['entries']

/** Everything ready, and what has to be refused. */
async function wantedIn(home: AgentHome, { ledger }: Pick<Place, 'ledger'>): Promise<Wanted> {
  const { ask } = await openAgent(home.data)
  const { links } = await ask('readyUnlinks', { query: { types } })
  const kept = ledger.links('commitments').filter(({ key, item }) => item !== null && staying.includes(key))
  const refused = await Promise.all(kept.map(({ record }) => ask('link', { params: { id: String(record) } })))
  return [
    ...links.map(({ link, forecast }) => ({ link, forecast: forecast.id })),
    ...refused.map(({ status, unlink }) => ({ link: status.link ?? '', forecast: unlink?.id ?? '' })),
  ]
}

const isStored = ({ ledger }: Pick<Place, 'ledger'>): boolean => ledger.rows('select 1 from unlink_batches').length > 0
const isOver = (place: Pick<Place, 'ledger'>): boolean =>
  isStored(place) && place.ledger.rows('select 1 from unlink_batches where ended_at is null').length === 0

/** Asks where it is not in the ledger yet, as a person would whose answer was lost; that the agent dies meanwhile is no fault. */
async function ask(place: Place, entries: Wanted): Promise<void> {
  if (isStored(place)) return
  const { ask: asked, running } = await openAgent(place.home.data)
  if (running) await asked('askUnlinks', { body: { entries, reason: 'Billed to the wrong job' } }).catch(() => undefined)
}

const patienceMs = 90_000

/** Asks for many unlinks at once, killing the agent at each point in turn and starting it again; answers how everything stands in the end. */
export async function unlinkRun(points: readonly KillPoint[], options: StandInOptions = {}): Promise<KillRun> {
  await using folder = await tempFolder('unlink')
  await using standIn = await standInWithAccess(options)
  const home = await setUpAgent(folder.path, { access: standIn.access, port: await freePort() })
  await write(home)
  const ledger = readLedger(home.ledger)
  const place = { standIn, home, ledger }
  const run: Pick<KillRun, 'reached' | 'missed'> = { reached: [], missed: [] }
  let agent: AgentProcess | null = startAgentProcess(home)
  try {
    await drop(home, [...leaving, ...staying])
    await calm(home, ledger)
    linkLines(standIn)
    await drop(home, staying)
    await calm(home, ledger)
    const wanted = await wantedIn(home, place)
    for (const point of points) {
      agent ??= startAgentProcess(home)
      const struck = await untilStruck(point, place, agent, wanted)
      run[struck ? 'reached' : 'missed'].push(point.kind)
      if (struck) agent = null
    }
    agent ??= startAgentProcess(home)
    await asked(place, agent, wanted)
    await waitFor('all unlinks have ended', () => isOver(place), { withinMs: patienceMs, shows: () => ledger.outbox() })
    await calm(home, ledger)
    await agent.stop()
    agent = null
    return { end: endState(place), ...run, violations: [...standIn.violations] }
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
