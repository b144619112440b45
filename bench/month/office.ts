/**
 * The agent of the month in this process: real ledger, real reading, real outbox and door; only the folder is left out, so that time can pass.
 * It can be killed at any await: what it was told afterwards never comes back, as with a process that is gone.
 */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commands } from '../../agent/commands.ts'
import { startCompany } from '../../agent/company.ts'
import type { ExportFile } from '../../agent/connectors/connector.ts'
import { jobs } from '../../agent/jobs.ts'
import type { Commands, Jobs } from '../../agent/ledger/command.ts'
import { openWriting } from '../../agent/ledger/open.ts'
import { openReader, type Reader } from '../../agent/ledger/reader.ts'
import { dropUnsealed } from '../../agent/ledger/report.ts'
import { turns } from '../../agent/ledger/turns.ts'
import type { Writer } from '../../agent/ledger/writer-proxy.ts'
import { procoreDoors } from '../../agent/procore/door.ts'
import type { SyncOutcome } from '../../agent/sync.ts'
import type { Event } from '../../shared/event.ts'
import { practiceClient } from '../../test/procore/options.ts'
import type { StandIn } from '../../test/procore/stand-in.ts'
import type { SimClock } from './sim-clock.ts'

export type Office = {
  reader: Reader
  call: Writer['call']
  /** Takes one export as the folder would hand it over; `rows` proves it complete. */
  take(name: string, bytes: Buffer, file: { rows: number | null; asOf: number }): Promise<SyncOutcome>
  /** Ends as a process ends that is killed. */
  kill(): void
  stop(): Promise<void>
}

type Parts = { folder: string; clock: SimClock; standIn: StandIn; connection: number; secret: () => string; skewMs: number }

export async function openOffice({ folder, clock, standIn, connection, secret, skewMs }: Parts): Promise<Office> {
  const path = join(folder, 'ledger.db')
  const raw = await openWriting(path)
  const reader = openReader(path)
  const ending = new AbortController()
  const listeners = new Set<(events: Event[]) => void>()
  let dead = false
  const theirClock = { now: () => clock.now() + skewMs, sleep: clock.sleep }
  const transact = turns({ raw, now: theirClock.now, onEvents: (events) => listeners.forEach((listen) => void listen(events)) })
  await transact(dropUnsealed)

  const never = new Promise<never>(() => undefined)
  const call = ((name: string, input: never) => {
    if (dead) return never
    const command = (commands as Commands)[name]
    const work = command ? transact((tx) => command(tx, input)) : (jobs as Jobs)[name]!(transact, input)
    return clock.busy(work).then(
      (answer) => (dead ? never : answer),
      (cause) => (dead ? never : Promise.reject(cause)),
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
  const company = connection === 0 ? null : startCompanyAt()
  const deaf = writer.onEvents(() => company?.wake())

  function startCompanyAt() {
    const asked: typeof fetch = (address, init) => (dead ? never : clock.busy(dated(address, init)))
    const door = procoreDoors({ fetch: asked, clock: theirClock, jitter: () => 0 }).doorFor({
      ...{ company: String(standIn.company.id), clientId: practiceClient.id, secret, apiBase: standIn.url, loginBase: standIn.url },
    })
    const onFault = (error: unknown, where: string): void => {
      if (!dead && !ending.signal.aborted) throw new Error(where, { cause: error })
    }
    return startCompany({ client: door, connections: [connection], writer, reader, clock: theirClock, signal: ending.signal, onFault })
  }

  /** The stand-in's server writes the real date; Procore's clock here is the month's. The body is read before, so that nothing happens unseen. */
  async function dated(address: Parameters<typeof fetch>[0], init: Parameters<typeof fetch>[1]): Promise<Response> {
    const answer = await fetch(address, init)
    const body = await answer.text()
    const headers = new Headers(answer.headers)
    headers.set('date', new Date(clock.now()).toUTCString())
    return new Response(body, { status: answer.status, headers })
  }

  return {
    ...{ reader, call },
    async take(name, bytes, { rows, asOf }) {
      const at = join(folder, name)
      await writeFile(at, bytes)
      const file: ExportFile = {
        ...{ path: at, name, spool: null, size: bytes.length, mtimeMs: asOf, sha256: createHash('sha256').update(bytes).digest('hex') },
        ...{ asOf: new Date(asOf).toISOString(), complete: rows === null ? { proof: 'none' } : { proof: 'manifest', rows } },
      }
      return call('takeFile', { connection, file })
    },
    kill() {
      dead = true
      ending.abort()
      reader.close()
      raw.close()
    },
    async stop() {
      deaf()
      ending.abort()
      await company?.stopped
      reader.close()
      raw.close()
    },
  }
}
