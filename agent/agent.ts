/** The agent: makes each part once and joins them; nothing else builds parts. */
import { join } from 'node:path'
import type { Event, EventKind } from '../shared/event.ts'
import { Trouble } from '../shared/problem.ts'
import { defaultEntries, type ScheduleEntry } from '../shared/schedule.ts'
import { answersOf } from './answers.ts'
import { watchFreshness } from './freshness.ts'
import { patiently } from './ledger/patiently.ts'
import { openReader, type Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import { realClock } from './procore/door.ts'
import { procoreLists } from './procore/index.ts'
import { pollState } from './procore/poll-state.ts'
import { isOfOneList, planReader } from './read-plans.ts'
import { createRunning, isCutShort } from './running.ts'
import { createSchedule, type LastRun } from './schedule/schedule.ts'
import type { ListenAt } from './server/listen.ts'
import { startServer } from './server/server.ts'
import { createSigner } from './server/sign.ts'
import { agentKey } from './settings/agent-key.ts'
import { inFolder } from './settings/data-folder.ts'
import type { Secrets } from './settings/secrets.ts'
import { openSettings, type Settings } from './settings/settings.ts'
import { giveBack, whenAtRest } from './status/give-back.ts'
import { type Logger, toldFetch } from './status/log.ts'
import { createReadiness } from './status/readiness.ts'
import { createUpkeep } from './upkeep/upkeep.ts'
import { version } from './version.ts'
import { createWatches } from './watches.ts'

export type AgentStart = {
  /** Data folder; relative paths of the settings are inside it. */
  folder: string
  settings: Settings
  secrets: Secrets
  log: Logger
  /** Where to listen (settings/places.ts). */
  places: readonly ListenAt[]
  /** Of the ledger the settings name. */
  writer: Writer
  signal: AbortSignal
  /** Memory that is not needed at rest is kept: the process is not this agent's alone, and collecting would stop all of it. */
  keepsMemory?: boolean
}

export type RunningAgent = { urls: string[]; ready: Promise<void>; stopped: Promise<void> }

const tickMs = 1_000
/** Nothing happened for so long: the agent is at rest. */
const restMs = 5_000
const dayMs = 24 * 3_600_000

/** Starts everything; resolves when the server listens. Stops by the signal: what is under way is recorded, then all is closed. */
export async function startAgent({
  folder,
  settings,
  secrets,
  log,
  places,
  writer,
  signal,
  keepsMemory = false,
}: AgentStart): Promise<RunningAgent> {
  const onFault = (error: unknown, where: string): void => {
    if (signal.aborted && isCutShort(error)) return // because the agent stops: taken up at the next start
    log.error({ err: error, where }, 'fault')
  }
  const ledger = inFolder(folder, settings.ledger)
  const reader = openReader(ledger)
  const freshness = watchFreshness({ reader, writer, now: Date.now, onFault })
  const names = namesOf(reader)
  const readiness = createReadiness([...names.values()].map(firstListing))
  const running = createRunning({
    ...{ reader, writer, secrets, signal, onFault, fetch: toldFetch(log, fetch) },
    spoolFolderOf: (connection) => join(inFolder(folder, settings.spool), String(connection)),
    async onListed(connection) {
      freshness.watch(connection)
      await freshness.tick()
      readiness.done(firstListing(names.get(connection) ?? ''))
    },
    onLeft: freshness.leave,
  })

  /** As last read, until a run begins or ends: the schedule asks every second. */
  const lastRuns = new Map<string, LastRun | null>()
  const lastRun = (entry: ScheduleEntry): LastRun | null => {
    const known = lastRuns.get(entry.id)
    const run = known === undefined ? lastRunOf(reader, entry) : known
    lastRuns.set(entry.id, run)
    return run
  }

  const schedule = createSchedule({
    now: Date.now,
    entries: () => running.connections().flatMap((connection) => defaultEntries(connection, running.asksEvery(connection))),
    lastRun: (entry) => lastRun(entry),
    heldUntil: ({ connection, task }) => (task === 'files' ? running.heldUntil(connection) : null),
    run: (entry, startedBy, began) => runEntry(entry, startedBy, began),
    onFault: (error, entry) => onFault(error, `schedule entry ${entry.id}`),
    signal,
  })

  async function runEntry({ connection, task }: ScheduleEntry, startedBy: number | null, began: (run: string) => void): Promise<void> {
    const run = await writer.call('beginRun', { connection, entity: null, kind: task === 'files' ? 'check' : 'poll', startedBy })
    began(String(run))
    const end = (state: 'done' | 'failed') =>
      patiently(() => writer.call('endRun', { run, state, counts: {} }), { clock: realClock, signal })
    try {
      if (task === 'files') await (await running.whenListed(connection))?.checkNow()
      else await readProcore(connection)
      await end('done')
    } catch (error) {
      await end('failed')
      if (!(error instanceof Trouble) && !isCutShort(error)) throw error // trouble stands among the problems, where it was met
    }
  }

  /**
   * Lists of the company, and those of projects in which something moved within a day; the others keep their own tier. What was never read is
   * being read already: polling begins with it.
   */
  async function readProcore(connection: number): Promise<void> {
    const since = Date.now() - dayMs
    const { polled } = pollState(reader.raw, connection, procoreLists)
    const troubles: unknown[] = []
    for (const { list, project, touchedAt, readAt } of polled)
      if (readAt !== null && (project === null || (touchedAt ?? 0) > since))
        await running
          .company(connection)
          ?.read(connection, list, project)
          .catch((error: unknown) => (isOfOneList(error) ? troubles.push(error) : Promise.reject(error)))
    if (troubles.length > 0) throw troubles[0]
  }

  const plans = planReader({ reader, writer, running, onFault })
  const wakeAll = (): void => running.companies().forEach((company) => void company.wake())
  const upkeep = createUpkeep({
    ...{ folder, ledger, settings, log, reader, writer, secrets, onFault, signal },
    now: Date.now,
    overTls: (at) => server.overTls(at),
  })
  const watches = createWatches({ reader, writer, now: Date.now, onFault })
  const agent = answersOf({
    ...{
      name: settings.name,
      version,
      now: Date.now,
      reader,
      writer,
      schedule,
      onFault,
      wake: wakeAll,
      lookAtWatches: watches.look,
      secrets,
    },
    onScreen: (items) => running.companies().forEach((company) => void company.onScreen(items)),
    async check(connection, list, project, contracts) {
      await running.watched(connection)?.checkNow()
      await running.company(connection)?.read(connection, list, project, contracts)
    },
    people: {
      one: async (at) => running.company(at.connection)?.people.one(at),
      all: async (connection) => running.company(connection)?.people.all(connection) ?? false,
      find: async (connection, text) => running.company(connection)?.people.find(connection, text) ?? null,
    },
    readPlan: (plan) => void plans.read(plan),
    upkeep: upkeep.face,
    recovery: async () => (await import('./recovery.ts')).recoveryOf(folder, (await openSettings(folder))?.data ?? settings),
    readWaiting: async (connection) => running.watched(connection)?.readWaiting(),
    waiting: readiness.waiting,
  })

  const giveAllBack = async (): Promise<void> => {
    if (keepsMemory) return
    const given = writer.call('giveBack', {}).catch((error: unknown) => onFault(error, 'giving memory back'))
    giveBack(reader.raw)
    await given
  }
  const rest = whenAtRest(restMs, () => void giveAllBack(), signal)
  rest.busy()

  writer.onEvents((events) => {
    rest.busy()
    if (events.some(({ kind }) => kind === 'run-started' || kind === 'run-ended')) lastRuns.clear()
    for (const { kind, connection } of events) if (kind === 'file-taken') freshness.taken(Number(connection))
    for (const event of events) log.info(logged(event), event.kind)
    if (events.some(({ kind }) => kind === 'connection-changed')) void running.bringInLine()
    if (events.some(bringsWork)) wakeAll()
    watches.seen(events)
    upkeep.seen(events)
  })

  const signer = await createSigner(await agentKey(secrets))
  const server = await startServer(
    {
      ...{ agent, signer, onFault: (error: unknown, route: string) => onFault(error, `route ${route}`) },
      onAnswer: (route, status, ms) => log.debug({ route, status, ms: Math.round(ms) }, 'answered'),
    },
    places,
  )
  log.info({ urls: server.urls, connections: names.size }, 'listening')
  const timer = setInterval(() => {
    schedule.tick()
    void freshness.tick()
    watches.tick()
    upkeep.tick()
  }, tickMs)

  await giveAllBack() // what starting left, and what the first listings need, would else stand side by side
  void readiness.whenReady.then(giveAllBack)
  await running.bringInLine()
  void plans.readOn()

  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })).then(async () => {
    clearInterval(timer)
    await server.stop()
    await Promise.allSettled([schedule.idle(), running.stopped(), upkeep.stopped()])
    await writer.close()
    reader.close()
    log.info('stopped')
  })
  return { urls: server.urls, ready: readiness.whenReady, stopped }
}

/** The names of what was active at the start, by id. */
const namesOf = ({ raw }: Reader): Map<number, string> =>
  new Map(
    raw
      .prepare('select id, name from connections where active = 1')
      .all()
      .map(({ id, name }) => [Number(id), String(name)]),
  )

const firstListing = (name: string): string => `first listing of ${name}`

function lastRunOf({ raw }: Reader, { connection, task }: ScheduleEntry): LastRun | null {
  const kinds = task === 'files' ? "'file', 'check'" : "'poll'"
  const row = raw
    .prepare(`select id, started_at, state from runs where connection = ? and kind in (${kinds}) order by id desc limit 1`)
    .get(connection)
  return row ? { run: String(row['id']), at: Number(row['started_at']), state: String(row['state']) } : null
}

/** Events after which nothing new waits to be sent or read: a folder of a thousand known files would else wake everyone thousands of times. */
const quiet: readonly string[] = [
  'run-started',
  'run-progress',
  'run-ended',
  'file-seen',
  'agent-started',
  'unlinks-moved',
  'plan-moved',
] satisfies EventKind[]
const bringsWork = ({ kind, data }: Event): boolean => !quiet.includes(kind) && data?.['unchanged'] !== true

/** What the log says of an event: where and how much, never which amounts. */
const logged = ({ n, connection, run, person, items, data }: Event) => ({ n, connection, run, person, items: items?.length, ...data })
