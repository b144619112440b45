/** What runs for each active connection: its folder is watched, and one company serves all that share it. */
import { hash } from 'node:crypto'
import { type Company, type CompanyParts, startCompany } from './company.ts'
import { WriterEnded } from './ledger/writer-proxy.ts'
import { procoreDoors, realClock } from './procore/door.ts'
import { basesOf } from './procore/settings.ts'
import { readConnectionSettings } from './settings/connection.ts'
import type { Secrets } from './settings/secrets.ts'
import { asksEveryOf, heldUntilOf, startWatched, type Watched } from './watched.ts'

export type RunningParts = Omit<CompanyParts, 'client' | 'connections' | 'clock'> & {
  secrets: Secrets
  fetch: typeof fetch
  spoolFolderOf: (connection: number) => string
  /** What lay in a connection's folder has been listed. */
  onListed: (connection: number) => Promise<void>
  /** A connection is no longer watched. */
  onLeft: (connection: number) => void
}

type Row = { id: number; name: string; connector: string; procore_company: string; settings: string }
/** `made`: what it was started with, a secret by its hash; from other settings it is started anew. */
type Started<T> = { made: string; stop: AbortController; is: T }
type WatchedOne = Started<Promise<Watched | null>> & { asksEvery: number | null; heldUntil: (now: number) => number | null }

/** What a stop brings about, of the agent or of one connection: recorded where it was met, and no fault. */
export const isCutShort = (error: unknown): boolean =>
  error instanceof WriterEnded || (error instanceof Error && error.name === 'AbortError')

export function createRunning({ secrets, fetch, spoolFolderOf, onListed, onLeft, ...parts }: RunningParts) {
  const { reader, writer, signal, onFault } = parts
  const doors = procoreDoors({ fetch, clock: realClock })
  const companies = new Map<string, Started<Company> & { connections: readonly number[] }>()
  const watched = new Map<number, WatchedOne>()
  const listed = new Map<number, Watched>()
  const active = reader.raw.prepare(
    'select id, name, connector, procore_company, settings from connections where active = 1 and deleted_at is null order by id',
  )
  let turn = Promise.resolve()

  /** Tells faults of what runs until `ends`. */
  const faultsUntil =
    (ends: AbortSignal): CompanyParts['onFault'] =>
    (error, where) => {
      if (!ends.aborted || !isCutShort(error)) onFault(error, where)
    }

  const procoreOf = (row: Row) => {
    const { procore } = readConnectionSettings(row.settings)
    const secret = async () => (await secrets.get(procore.credential)) ?? ''
    return { company: row.procore_company, clientId: procore.clientId, secret, ...basesOf(procore.environment, procore.custom) }
  }
  const companyKey = (row: Row): string => `${procoreOf(row).apiBase} ${row.procore_company}`

  /** One company for all connections that serve it: they share its budget, and one worker sends for all of them. */
  function begin(rows: readonly Row[], made: string): Started<Company> & { connections: readonly number[] } {
    const stop = new AbortController()
    const connections = rows.map(({ id }) => id)
    const client = doors.doorFor(procoreOf(rows[0] as Row))
    const ends = AbortSignal.any([signal, stop.signal])
    const company = startCompany({ ...parts, signal: ends, onFault: faultsUntil(ends), client, connections, clock: realClock })
    return { made, stop, connections, is: company }
  }

  function watch(row: Row, made: string): WatchedOne {
    const stop = new AbortController()
    const ends = AbortSignal.any([signal, stop.signal])
    const is = startWatched({
      ...{ connection: row, writer, reader, secretNamed: secrets.get, now: Date.now, onFault: faultsUntil(ends) },
      ...{ spoolFolder: spoolFolderOf(row.id), signal: ends },
    })
      .then(async (one) => {
        listed.set(row.id, one)
        await onListed(row.id)
        return one
      })
      .catch((error: unknown) => {
        faultsUntil(ends)(error, `connection ${row.name}`)
        return null
      })
    return { made, stop, is, asksEvery: asksEveryOf(row), heldUntil: (now) => heldUntilOf(row, now) }
  }

  /** A new secret makes another login of it: what was refused is tried at once. */
  async function loginOf({ id, settings }: Row): Promise<unknown> {
    const { procore } = readConnectionSettings(settings)
    return [id, procore, hash('sha256', (await secrets.get(procore.credential)) ?? '')]
  }

  async function companiesInLine(rows: readonly Row[]): Promise<void> {
    const groups = [...Map.groupBy(rows, companyKey)]
    const logins = await Promise.all(groups.map(([, of]) => Promise.all(of.map(loginOf))))
    const wanted = new Map(groups.map(([key, of], at) => [key, { of, made: JSON.stringify(logins[at]) }]))
    for (const [key, { made, stop, is }] of companies) {
      if (wanted.get(key)?.made === made) continue
      stop.abort()
      await is.stopped
      companies.delete(key)
    }
    for (const [key, { of, made }] of wanted) if (!companies.has(key)) companies.set(key, begin(of, made))
  }

  /** A file that is being taken is taken to its end before the folder is watched anew: it is never taken twice at once. */
  async function foldersInLine(rows: readonly Row[]): Promise<void> {
    const wanted = new Map(rows.map((row) => [row.id, { row, made: folderOf(row) }]))
    for (const [id, { made, stop, is }] of watched) {
      if (wanted.get(id)?.made === made) continue
      stop.abort()
      await (await is)?.ended()
      watched.delete(id)
      listed.delete(id)
      onLeft(id)
    }
    for (const [id, { row, made }] of wanted) if (!watched.has(id)) watched.set(id, watch(row, made))
  }

  /** One whose settings cannot be read stops no other. */
  function isReadable({ name, settings }: Row): boolean {
    try {
      readConnectionSettings(settings)
      return true
    } catch (error) {
      onFault(error, `settings of connection ${name}`)
      return false
    }
  }

  async function inLine(): Promise<void> {
    if (signal.aborted) return
    const rows = (active.all() as unknown as Row[]).filter(isReadable)
    await companiesInLine(rows)
    await foldersInLine(rows)
  }

  return {
    /** Starts what is active, ends what no longer is, starts anew what is set otherwise; what stays the same is not disturbed. One at a time. */
    bringInLine(): Promise<void> {
      turn = turn.then(inLine).catch((error: unknown) => onFault(error, 'bringing connections in line'))
      return turn
    },
    connections: (): number[] => [...watched.keys()],
    companies: (): Company[] => [...companies.values()].map(({ is }) => is),
    company: (connection: number): Company | undefined =>
      [...companies.values()].find(({ connections }) => connections.includes(connection))?.is,
    /** How often its schedule asks the ERP, minutes; null where exports arrive by themselves. */
    asksEvery: (connection: number): number | null => watched.get(connection)?.asksEvery ?? null,
    /** Until when its ERP is left alone, ms; null while it may be asked. */
    heldUntil: (connection: number): number | null => watched.get(connection)?.heldUntil(Date.now()) ?? null,
    /** Once what lay in its folder has been listed; null where that failed, or there is no such connection. */
    whenListed: async (connection: number): Promise<Watched | null> => (await watched.get(connection)?.is) ?? null,
    /** Undefined until what lay in its folder has been listed. */
    watched: (connection: number): Watched | undefined => listed.get(connection),
    /** Once the agent is told to stop: when nothing runs any more. */
    async stopped(): Promise<void> {
      await turn
      await Promise.allSettled([...companies.values()].map(({ is }) => is.stopped))
    },
  }
}

function folderOf({ connector, settings }: Row): string {
  const { connector: own, reading } = readConnectionSettings(settings)
  return JSON.stringify([connector, own, reading])
}
