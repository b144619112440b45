/** One connection's way in: its connector, and what becomes of each file that comes to rest. */
import { problem } from '../shared/problem.ts'
import type { FileOutcome } from './connectors/connector.ts'
import { connectors } from './connectors/index.ts'
import { lastTaken } from './ledger/files.ts'
import type { Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import { readConnectionSettings } from './settings/connection.ts'

export type WatchedParts = {
  connection: { id: number; connector: string; settings: string }
  writer: Writer
  reader: Reader
  spoolFolder: string
  now: () => number
  signal: AbortSignal
  onFault: (error: unknown, where: string) => void
}

export type Watched = { checkNow(): Promise<void> }

/** Starts watching; resolves when what lay there already has been listed. */
export async function startWatched({ connection, writer, reader, spoolFolder, now, signal, onFault }: WatchedParts): Promise<Watched> {
  const { id } = connection
  const connector = connectors[connection.connector as keyof typeof connectors]
  const fault = (error: unknown) => onFault(error, `connection ${id}`)
  if (!connector) throw new Error(`Connection ${id} wants a connector “${connection.connector}”, which this agent does not have.`)
  const settings = readConnectionSettings(connection.settings).connector

  async function onFile(file: Parameters<Parameters<typeof connector.start>[1]['onFile']>[0]): Promise<FileOutcome> {
    try {
      return await writer.call('takeFile', { connection: id, file })
    } catch (error) {
      if (signal.aborted) throw error
      fault(error)
      return {
        filed: 'waiting',
        problem: problem('run-failed', { reason: error instanceof Error ? error.message : String(error), when: 'the next listing' }),
      }
    }
  }

  return connector.start(settings as Parameters<typeof connector.start>[0], {
    ...{ now, spoolFolder, signal, onFile },
    lastTaken: (path) => lastTaken(reader.raw, id, path)?.sha256 ?? null,
    onSeen: (file, bytes) => void writer.call('fileSeen', { connection: id, file, bytes }).catch(fault),
    onTrouble: (trouble) =>
      void writer.call('openProblem', { connection: id, problem: trouble, cause: `${trouble.code} ${id} connector` }).catch(fault),
    onTroubleOver: (code) => void writer.call('closeProblems', { cause: `${code} ${id} connector` }).catch(fault),
  })
}
