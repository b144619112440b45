import { setTimeout as moment } from 'node:timers/promises'
import { cliKey } from '../../agent/cli/cli-key.ts'
import { openQuietAgent } from '../../agent/cli/quiet-agent.ts'
import { entities } from '../../shared/item.ts'
import { books, type Exported, exported, exportOf } from '../flow/books.ts'
import type { ErpRecord } from '../procore/erp-company.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type AgentProcess, startAgentProcess } from '../support/agent-process.ts'
import { type LedgerReading, readLedger } from '../support/read-ledger.ts'
import { type AgentHome, dropInto, setUpAgent } from '../support/set-up-agent.ts'
import { untaken } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { waitFor } from '../support/wait-for.ts'
import { type EndState, endState } from './end-state.ts'
import type { KillPoint } from './kill-points.ts'

export type KillRun = { end: EndState; reached: string[]; missed: string[]; violations: readonly string[] }

/** Rows that are no cost are left out: they make a file long without making Procore busy. */
const padding = (row: ErpRecord, count: number): ErpRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    ...row,
    Transaction_Type: 'Scheduled value',
    Run: '8000',
    Sequence: String(n + 1),
    Commitment: '',
  }))

/** What the ERP exports on the first day and on the next, when some of it has changed. */
function days(rows: number): Record<Exported, ErpRecord[]>[] {
  const erp = books()
  const fresh = new Set(
    erp.business.vendors
      .filter(({ where }) => where === 'erp')
      .slice(0, 5)
      .map(({ code }) => code),
  )
  const vendors = erp.APM_MASTER__VENDOR.filter((row, n) => (n >= 5 && n < 12) || fresh.has(row['Vendor'] ?? ''))
  const jobs = erp.JCM_MASTER__JOB
  const numbers = new Set(erp.JCM_MASTER__COMMITMENT.slice(0, 12).map((row) => row['Commitment']))
  const commitments = erp.JCM_MASTER__COMMITMENT.filter((row) => numbers.has(row['Commitment']))
  const items = erp.JCM_MASTER__COMMITMENT_ITEM.filter((row) => numbers.has(row['Commitment']))
  const costs = erp.JCT_CURRENT__TRANSACTION
  const own = costs.filter((row) => row['Transaction_Type'] === 'JC cost' && ['24-1001', '24-1002'].includes(row['Job'] ?? '')).slice(0, 9)
  const wages = costs.filter((row) => row['Transaction_Type'] === 'PR cost').slice(0, 20)
  const all = [...own, ...wages, ...padding(own[0] ?? {}, rows)]
  const dearer = all.map((row, n) => (n === 0 || n === 3 || n === 12 ? { ...row, Amount: `${n + 1}00.25` } : row))
  const moved = vendors.map((row, n) => (n === 1 || n === 8 ? { ...row, Telephone: '(555) 999-0000' } : row))
  const shared = { jobs, commitments, 'commitment-items': items }
  return [
    { vendors, 'jc-transactions': all, ...shared },
    { vendors: moved, 'jc-transactions': dearer, ...shared, commitments: commitments.slice(1) },
  ]
}

async function drop(home: AgentHome, day: Record<Exported, ErpRecord[]>): Promise<void> {
  const erp = books()
  for (const entity of exported) {
    const file = exportOf(erp, entity, day[entity])
    await dropInto(home, file.name, file.bytes, { rows: file.rows, entity })
  }
}

/** Everything may be written from the start: the kills are to meet an agent that is busy. */
async function writeAll({ data, ledger }: AgentHome): Promise<void> {
  const quiet = await openQuietAgent(ledger, 'Flow', await cliKey(data))
  const by = { person: null, origin: 'test' }
  try {
    for (const entity of entities) await quiet.call('setWriting', { connection: 1, entity, writing: true, creating: true, by })
  } finally {
    quiet.close()
  }
}

const patienceMs = 90_000
const calmLooks = 12

/** Runs two days, killing the agent at each point in turn and starting it again; answers how everything stands in the end. */
export async function killRun(points: readonly KillPoint[], { rows = 0 } = {}): Promise<KillRun> {
  await using folder = await tempFolder('kill')
  await using standIn = await standInWithAccess()
  const home = await setUpAgent(folder.path, { access: standIn.access })
  await writeAll(home)
  const ledger = readLedger(home.ledger)
  const run: Pick<KillRun, 'reached' | 'missed'> = { reached: [], missed: [] }
  let agent: AgentProcess | null = null
  try {
    for (const [n, day] of days(rows).entries()) {
      await drop(home, day)
      for (const point of points.filter(({ phase }) => phase === n + 1)) {
        const struck = await untilStruck(point, { standIn, home, ledger }, agent)
        run[struck.agent === null ? 'reached' : 'missed'].push(point.kind)
        agent = struck.agent
      }
      agent ??= startAgentProcess(home)
      await calm(home, ledger)
      await agent.stop() // the next day’s files are met by an agent that is being watched from its first moment
      agent = null
    }
    return { end: endState({ standIn, ledger, home }), ...run, violations: [...standIn.violations] }
  } finally {
    await agent?.kill()
    ledger.close()
  }
}

export type Place = { standIn: StandIn; home: AgentHome; ledger: LedgerReading }

/** Starts the agent where it does not run, and waits until it was killed at the point, or until nothing more happens (the point was missed). */
async function untilStruck(point: KillPoint, place: Place, running: AgentProcess | null): Promise<{ agent: AgentProcess | null }> {
  const over = new AbortController()
  const agent = running ?? startAgentProcess(place.home)
  const struck = Promise.withResolvers<true>()
  const strike = async () => {
    await agent.kill()
    struck.resolve(true)
  }
  point.watch({ ...place, agent }, strike, over.signal).catch(struck.reject)
  const settled = calm(place.home, place.ledger, over.signal).then(() => false)
  const killed = await Promise.race([struck.promise, settled])
  over.abort()
  return { agent: killed ? null : agent }
}

/** Everything dropped is taken and delivered, and stays so for a while: the agent may be between two steps. */
export async function calm(home: AgentHome, ledger: LedgerReading, signal?: AbortSignal): Promise<void> {
  let looks = 0
  await waitFor(
    'the agent is at rest',
    () => {
      looks = untaken(home, ledger) === null && ledger.unrest() === null ? looks + 1 : 0
      return looks >= calmLooks || signal?.aborted === true
    },
    {
      withinMs: patienceMs,
      shows: () => ({ untaken: untaken(home, ledger), unrest: ledger.unrest(), outbox: ledger.outbox(), problems: ledger.problems() }),
    },
  )
  if (signal?.aborted) await moment(0)
}
