/**
 * The agent of the month in this process: real folder, ledger, reading, outbox and door; only what the main thread does is left out, so that time can pass.
 * It can be killed at any await: what it was told afterwards never comes back, as with a process that is gone.
 */
import { renameSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commands } from '../../agent/commands.ts'
import { startCompany } from '../../agent/company.ts'
import { manifestSuffix } from '../../agent/connectors/folder/manifest.ts'
import { jobs } from '../../agent/jobs.ts'
import type { Commands, Jobs } from '../../agent/ledger/command.ts'
import { mindingTheDisk } from '../../agent/ledger/full-disk.ts'
import { openWriting } from '../../agent/ledger/open.ts'
import { openReader, type Reader } from '../../agent/ledger/reader.ts'
import { dropUnsealed } from '../../agent/ledger/report.ts'
import { turns } from '../../agent/ledger/turns.ts'
import type { Writer } from '../../agent/ledger/writer-proxy.ts'
import { procoreDoors } from '../../agent/procore/door.ts'
import type { SyncOutcome } from '../../agent/sync.ts'
import { startWatched, type Watched } from '../../agent/watched.ts'
import type { Event } from '../../shared/event.ts'
import { type Problem, problem, problems, Trouble } from '../../shared/problem.ts'
import { practiceClient } from '../../test/procore/options.ts'
import type { StandIn } from '../../test/procore/stand-in.ts'
import type { SimClock } from './sim-clock.ts'

/** What is written beside a file: the rows prove it complete, null proves nothing. */
type Said = { rows: number | null; asOf: number }

export type Office = {
  reader: Reader
  /** The writer's own connection: what a disk or another program does to it, it meets here. */
  raw: Awaited<ReturnType<typeof openWriting>>
  call: Writer['call']
  /** Trouble told to whoever asked, where the ledger could not take it. */
  told: readonly Problem[]
  /** One export lands in the folder, with its manifest, and is looked at. */
  take(name: string, bytes: Buffer, said: Said): Promise<SyncOutcome>
  /** The folder is looked at again; the last outcome, null when nothing was tried. */
  lookAgain(): Promise<SyncOutcome | null>
  /** Ends as a process ends that is killed. */
  kill(): void
  stop(): Promise<void>
}

type Parts = { folder: string; clock: SimClock; standIn: StandIn; secret: () => string; skewMs: number }

/** Where the ERP writes its exports. */
export const exportsIn = (folder: string): string => join(folder, 'exports')
export const ledgerIn = (folder: string): string => join(folder, 'ledger.db')
/** Tried again after so long; the folder is a share, so that nothing but our own look decides. */
export const scanMs = 600_000

/** Opens the ledger, as the agent does at its start; with a connection there it watches the folder and goes to Procore. */
export async function openOffice({ folder, clock, standIn, secret, skewMs }: Parts): Promise<Office> {
  const path = ledgerIn(folder)
  const raw = await openWriting(path)
  const reader = openReader(path)
  const ending = new AbortController()
  const listeners = new Set<(events: Event[]) => void>()
  const told: Problem[] = []
  let dead = false
  const theirClock = { now: () => clock.now() + skewMs, sleep: clock.sleep }
  const disk = mindingTheDisk(
    turns({ raw, now: theirClock.now, onEvents: (events) => listeners.forEach((listen) => void listen(events)) }),
    path,
  )
  const { transact } = disk
  await transact(dropUnsealed)

  const never = new Promise<never>(() => undefined)
  let last: SyncOutcome | null = null
  const call = ((name: string, input: never) => {
    if (dead) return never
    const command = (commands as Commands)[name]
    const work = command ? transact((tx) => command(tx, input)) : (jobs as Jobs)[name]!(transact, input)
    return clock.busy(work).then(
      (answer) => {
        if (dead) return never
        if (name === 'takeFile') last = answer as SyncOutcome
        return answer
      },
      (cause) => {
        if (dead) return never
        if (name === 'takeFile')
          last = { filed: 'waiting', run: 0, problem: cause instanceof Trouble ? cause.problem : problem('run-failed') }
        throw cause
      },
    )
  }) as Writer['call']
  const writer: Writer = {
    call,
    onEvents(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    close: async () => raw.close(),
  }

  /** What may be waited for is told and goes on; anything else is a fault of ours. */
  function onFault(error: unknown, where: string): void {
    if (dead || ending.signal.aborted) return
    const cause = error instanceof Trouble ? error : error instanceof Error ? error.cause : null
    if (!(cause instanceof Trouble) || problems[cause.problem.code].next !== 'wait') throw new Error(where, { cause: error })
    told.push(cause.problem)
  }

  function startCompanyOf(connection: number) {
    const asked: typeof fetch = (address, init) => (dead ? never : clock.busy(dated(address, init)))
    const door = procoreDoors({ fetch: asked, clock: theirClock, jitter: () => 0 }).doorFor({
      ...{ company: String(standIn.company.id), clientId: practiceClient.id, secret, apiBase: standIn.url, loginBase: standIn.url },
    })
    return startCompany({ client: door, connections: [connection], writer, reader, clock: theirClock, signal: ending.signal, onFault })
  }

  const startWatching = (connection: { id: number; connector: string; settings: string }): Promise<Watched> =>
    startWatched({
      ...{ connection, writer, reader, spoolFolder: join(folder, 'spool'), now: theirClock.now, signal: ending.signal, onFault },
      secretNamed: async () => null,
    })

  /** The stand-in's server writes the real date; Procore's clock here is the month's. The body is read before, so that nothing happens unseen. */
  async function dated(address: Parameters<typeof fetch>[0], init: Parameters<typeof fetch>[1]): Promise<Response> {
    const answer = await fetch(address, init)
    const body = await answer.text()
    const headers = new Headers(answer.headers)
    headers.set('date', new Date(clock.now()).toUTCString())
    return new Response(body, { status: answer.status, headers })
  }

  const row = reader.raw.prepare('select id, connector, settings from connections').get()
  const connection = row as { id: number; connector: string; settings: string } | undefined
  const company = connection ? startCompanyOf(connection.id) : null
  const deaf = writer.onEvents(() => company?.wake())
  const watched = connection ? await clock.busy(startWatching(connection)) : null

  async function lookAgain(): Promise<SyncOutcome | null> {
    last = null
    await clock.busy(watched?.checkNow() ?? Promise.resolve())
    return last
  }

  return {
    ...{ reader, raw, call, told, lookAgain },
    async take(name, bytes, { rows, asOf }) {
      const manifest = { extractedAt: new Date(asOf).toISOString(), ...(rows === null ? {} : { rows, complete: true }) }
      const at = join(exportsIn(folder), name)
      const made = join(folder, 'made')
      await writeFile(made, bytes)
      await writeFile(made + manifestSuffix, JSON.stringify(manifest))
      // Put there in one go: exports of the month follow each other in moments, so that the manifest of the one before seems to belong to this file too.
      renameSync(made, at)
      renameSync(made + manifestSuffix, at + manifestSuffix)
      const outcome = await lookAgain()
      if (outcome === null) throw new Error(`${name} was not looked at.`)
      return outcome
    },
    kill() {
      dead = true
      ending.abort()
      disk.close()
      reader.close()
      raw.close()
    },
    async stop() {
      deaf()
      ending.abort()
      await company?.stopped
      disk.close()
      reader.close()
      raw.close()
    },
  }
}
