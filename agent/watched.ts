/** One connection's way in: its connector, and what becomes of each file that comes to rest. */
import { isEntity } from '../shared/item.ts'
import { type Problem, problem, Trouble } from '../shared/problem.ts'
import type { ConnectorParts, ExportFile, FileOutcome, Knows } from './connectors/connector.ts'
import { connectorOf } from './connectors/index.ts'
import { readSettingsOf } from './formats/format.ts'
import { fieldsOf } from './formats/plain.ts'
import { settingsVersion } from './formats/settings-version.ts'
import { agreedIn } from './ledger/agreed.ts'
import { cursorOf } from './ledger/cursors.ts'
import { lastTaken } from './ledger/files.ts'
import type { Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import { connectorCredential, readConnectionSettings } from './settings/connection.ts'

export type WatchedParts = {
  connection: { id: number; connector: string; settings: string }
  writer: Writer
  reader: Reader
  /** A secret out of the agent's store. */
  secretNamed: (name: string) => Promise<string | null>
  spoolFolder: string
  now: () => number
  signal: AbortSignal
  onFault: (error: unknown, where: string) => void
}

const whyOf = (error: unknown): Problem =>
  error instanceof Trouble
    ? error.problem
    : problem('run-failed', { reason: error instanceof Error ? error.message : String(error), when: 'next-listing' })

/** What no kind of record is called has no fields. */
export const namesOfFields: Knows['fieldsOf'] = (entity) => (isEntity(entity) ? fieldsOf(entity) : { all: [], required: [] })

/** How often its schedule asks the ERP, minutes; null where exports arrive by themselves, and where its connector is not known here. */
export const asksEveryOf = ({ connector, settings }: WatchedParts['connection']): number | null =>
  connectorOf(connector)?.asksEvery(readConnectionSettings(settings).connector) ?? null

/** Until when its ERP is left alone, ms; null while it may be asked. */
export const heldUntilOf = ({ connector, settings }: WatchedParts['connection'], now: number): number | null =>
  connectorOf(connector)?.heldUntil?.(readConnectionSettings(settings).connector, now) ?? null

/** `ended`: when the file in hand, if there is one, has been dealt with. */
export type Watched = { checkNow(): Promise<void>; readWaiting(): Promise<void>; ended(): Promise<void> }

/** Starts watching; resolves when what lay there already has been listed. */
export async function startWatched({
  connection,
  writer,
  reader,
  secretNamed,
  spoolFolder,
  now,
  signal,
  onFault,
}: WatchedParts): Promise<Watched> {
  const { id } = connection
  const connector = connectorOf(connection.connector)
  const fault = (error: unknown) => onFault(error, `connection ${id}`)
  if (!connector) throw new Error(`Connection ${id} wants a connector “${connection.connector}”, which this agent does not have.`)
  const { connector: settings, reading, procore } = readConnectionSettings(connection.settings)
  const version = settingsVersion(readSettingsOf(reading))

  /** Read with other settings than today's, it must be read again, however it looks. */
  function last(path: string): ReturnType<ConnectorParts['lastTaken']> {
    const taken = lastTaken(reader.raw, id, path)
    return taken && { sha256: taken.sha256, met: taken.settingsVersion === version ? taken.met : null }
  }

  let taking: Promise<unknown> = Promise.resolve()

  async function onFile(file: ExportFile): Promise<FileOutcome> {
    const taken = writer.call('takeFile', { connection: id, file })
    taking = taken.catch(() => undefined) // told below
    try {
      return await taken
    } catch (error) {
      if (signal.aborted) throw error
      fault(error)
      return { filed: 'waiting', problem: whyOf(error) }
    }
  }

  const started = await connector.start(settings, {
    ...{ now, spoolFolder, signal, onFile, fieldsOf: namesOfFields },
    secret: (field) => secretNamed(connectorCredential(procore.credential, field)),
    agreed: () => agreedIn(reader.raw, id),
    cursor: (entity) => cursorOf(reader.raw, id, entity),
    onNothingNew: (path, asOf, cursor) => writer.call('nothingNew', { connection: id, path, asOf, cursor }),
    lastTaken: last,
    onMet: (path, met) => void writer.call('fileMet', { connection: id, path, met }).catch(fault),
    onSeen: (file, bytes) => void writer.call('fileSeen', { connection: id, file, bytes }).catch(fault),
    onTrouble: (trouble) =>
      void writer.call('openProblem', { connection: id, problem: trouble, cause: `${trouble.code} ${id} connector` }).catch(fault),
    onTroubleOver: (code) => void writer.call('closeProblems', { cause: `${code} ${id} connector` }).catch(fault),
  })
  return { ...started, ended: async () => void (await taking) }
}
