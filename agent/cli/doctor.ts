import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Problem, sayProblem } from '../../shared/problem.ts'
import { connectorOf } from '../connectors/index.ts'
import { firstBrokenAct } from '../ledger/audit.ts'
import { openReader } from '../ledger/reader.ts'
import { damaged, ledgerTrouble } from '../ledger/trouble.ts'
import { tokens } from '../procore/auth.ts'
import { clockLimitSeconds, clockOff } from '../procore/clock-off.ts'
import { procoreDoors, realClock } from '../procore/door.ts'
import { procoreLists } from '../procore/index.ts'
import type { ProcoreList } from '../procore/list.ts'
import { planFirstRead } from '../procore/poll-plan.ts'
import { readFromTheStart } from '../procore/poll-state.ts'
import { projects } from '../procore/projects.ts'
import { basesOf } from '../procore/settings.ts'
import { type ConnectionSettings, connectorCredential, readConnectionSettings } from '../settings/connection.ts'
import { inFolder } from '../settings/data-folder.ts'
import { openSecrets, type Secrets } from '../settings/secrets.ts'
import type { Settings } from '../settings/settings.ts'
import { namesOfFields } from '../watched.ts'
import { type CliCommand, type CliContext, exit } from './command.ts'
import { answers, requireSettings } from './open-agent.ts'

type Step = { name: string; ok: boolean; ms: number; says: string }
type Found = { ok: boolean; says: string }

/** Below this an export of a million rows may not fit. */
const freeBytes = 1_000_000_000

export const doctor: CliCommand = {
  says: 'Check everything the agent needs: each step named and timed.',
  usage: 'doctor                exit code 1 when a step is wrong',
  options: {},
  async run(context) {
    const { folder, out } = context
    const settings = (await requireSettings(folder)).data
    const secrets = await openSecrets(folder, settings.credentials)
    const steps: Step[] = []
    for (const [name, check] of checks(context, settings, secrets)) {
      const step = await timed(name, check)
      out.say(`${step.ok ? 'ok   ' : 'WRONG'} ${step.name.padEnd(24)} ${String(step.ms).padStart(5)} ms  ${step.says}`)
      steps.push(step)
    }
    out.result({ ok: steps.every(({ ok }) => ok), steps })
    return steps.every(({ ok }) => ok) ? exit.fine : exit.trouble
  },
}

type Check = [string, () => Promise<Found> | Found]

function* checks({ folder, now }: CliContext, settings: Settings, secrets: Secrets): Generator<Check> {
  yield ['disk', () => disk(folder)]
  yield ['data folder', () => writable(folder)]
  yield ['ledger', () => ledger(inFolder(folder, settings.ledger))]
  yield ['port', () => port(settings.listen.port)]
  const { lan } = settings.listen
  if (lan)
    yield [
      'certificate',
      async () => {
        await (await import('../settings/certificates.ts')).serverTls(folder, secrets, lan.names, now()) // throws where there is none
        return { ok: true, says: `for ${lan.names.join(', ')}` }
      },
    ]
  for (const { name, connector, company, settings: of } of connectionsOr([], inFolder(folder, settings.ledger))) {
    yield [`${connector} of ${name}`, () => exportsOf(connector, of, secrets)]
    yield [`clock, by ${name}`, () => clock(of, now)]
    yield [`Procore login of ${name}`, () => login(of, secrets, company, now)]
    yield [`first read for ${name}`, () => firstRead(of, secrets, company)]
  }
}

async function timed(name: string, check: Check[1]): Promise<Step> {
  const started = performance.now()
  const found = await Promise.resolve()
    .then(check)
    .catch((error: unknown) => ({ ok: false, says: wordsOf(error) }))
  return { name, ...found, ms: Math.round(performance.now() - started) }
}

/** A step that could not even be taken is told as it is. */
const wordsOf = (error: unknown): string => {
  const { problem } = error as { problem?: Problem }
  if (problem) return sayProblem({ ...problem, params: { when: 'next-call', ...problem.params } })
  return error instanceof Error ? error.message : String(error)
}

async function disk(folder: string): Promise<Found> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  return {
    ok: free >= freeBytes,
    says: `${Math.round(free / 1_000_000)} MB free${free >= freeBytes ? '' : '; make room for at least 1,000 MB'}`,
  }
}

async function writable(folder: string): Promise<Found> {
  const made = await mkdtemp(join(folder, 'doctor-'))
  await rm(made, { recursive: true })
  return { ok: true, says: folder }
}

function ledger(path: string): Found {
  try {
    return wholeness(path)
  } catch (cause) {
    throw ledgerTrouble(cause, path) ?? cause
  }
}

function wholeness(path: string): Found {
  const { raw, close } = openReader(path)
  try {
    const answer = raw.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (answer !== 'ok') throw damaged(path, answer)
    const broken = firstBrokenAct(raw)
    return broken === null
      ? { ok: true, says: 'whole, audit chain unbroken' }
      : { ok: false, says: `the audit chain breaks at row ${broken}: somebody changed it` }
  } finally {
    close()
  }
}

async function port(wanted: number): Promise<Found> {
  if (await answers(`http://127.0.0.1:${wanted}`)) return { ok: true, says: `${wanted}: the agent answers` }
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve({ ok: false, says: `${wanted}: ${error.message}; choose another in tieback.json` }))
    server.listen(wanted, '127.0.0.1', () => server.close(() => resolve({ ok: true, says: `${wanted} is free; the agent does not run` })))
  })
}

/** What is wrong with the ledger was told in its own step. */
function connectionsOr<T>(otherwise: T, path: string): ReturnType<typeof connectionsIn> | T {
  try {
    return connectionsIn(path)
  } catch (cause) {
    if (ledgerTrouble(cause, path) === null) throw cause
    return otherwise
  }
}

function connectionsIn(path: string): { name: string; connector: string; company: string; settings: ConnectionSettings }[] {
  const { raw, close } = openReader(path)
  const rows = raw.prepare('SELECT name, connector, procore_company, settings FROM connections WHERE deleted_at IS NULL ORDER BY id').all()
  close()
  return rows.map((row) => ({
    name: String(row['name']),
    connector: String(row['connector']),
    company: String(row['procore_company']),
    settings: readConnectionSettings(String(row['settings'])),
  }))
}

async function exportsOf(id: string, { connector, procore }: ConnectionSettings, secrets: Secrets): Promise<Found> {
  const secret = (field: string) => secrets.get(connectorCredential(procore.credential, field))
  const steps = (await connectorOf(id)?.test(connector, { secret, fieldsOf: namesOfFields })) ?? []
  const wrong = steps.filter(({ ok }) => !ok).flatMap(({ problem }) => (problem ? [sayProblem(problem)] : []))
  return { ok: steps.every(({ ok }) => ok), says: wrong.join(' ') || String(connector['path'] ?? connector['url']) }
}

async function clock({ procore }: ConnectionSettings, now: () => number): Promise<Found> {
  const off = await clockOff(basesOf(procore.environment, procore.custom).loginBase, now)
  if (off === null) return { ok: true, says: 'Procore’s answer tells no time' }
  const ok = Math.abs(off) <= clockLimitSeconds
  return { ok, says: `${off} s off Procore’s${ok ? '' : '; set this computer’s clock'}` }
}

async function login({ procore }: ConnectionSettings, secrets: Secrets, company: string, now: () => number): Promise<Found> {
  await tokens({ settings: accessOf(procore, secrets), fetch, now }).token()
  return { ok: true, says: `client id and secret are right (company ${company})` }
}

/** What reading Procore for the first time costs, said before it is done. */
async function firstRead({ procore }: ConnectionSettings, secrets: Secrets, company: string): Promise<Found> {
  const client = procoreDoors({ fetch, clock: realClock }).doorFor({ company, ...accessOf(procore, secrets) })
  let found = 0
  for await (const page of projects.read(client, { project: null, anyProject: null }, {})) found += page.length
  const planned = (lists: readonly ProcoreList[]) => planFirstRead(lists, found, client.rate.perHour())
  const first = planned(procoreLists.filter(readFromTheStart))
  const all = planned(procoreLists)
  const says = `${found} projects: about ${first.calls} calls, ${lastingOf(first.ms)}`
  return { ok: true, says: `${says}; ${all.calls} calls, ${lastingOf(all.ms)}, once every kind of record is exported` }
}

const accessOf = ({ clientId, credential, environment, custom }: ConnectionSettings['procore'], secrets: Secrets) => ({
  ...{ clientId, secret: async () => (await secrets.get(credential)) ?? '' },
  ...basesOf(environment, custom),
})

const lastingOf = (ms: number): string => {
  const minutes = Math.ceil(ms / 60_000)
  return minutes < 90 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}
