/**
 * What the agent does for itself while it runs: it logs as much as was chosen, and makes its backups when their hour comes. Little is loaded before
 * there is something to do.
 */
import type { Event } from '../../shared/event.ts'
import { once } from '../../shared/once.ts'
import { agentSetting } from '../ledger/agent-settings.ts'
import { lastTries } from '../ledger/backups-made.ts'
import type { Reader } from '../ledger/reader.ts'
import type { Writer } from '../ledger/writer-proxy.ts'
import type { ListenAt } from '../server/listen.ts'
import type { Upkeep } from '../server/upkeep.ts'
import type { Secrets } from '../settings/secrets.ts'
import type { Settings } from '../settings/settings.ts'
import type { Logger } from '../status/log.ts'
import { levelAt } from '../status/log-level.ts'
import type { Backups } from './backups.ts'
import { backupDue } from './when.ts'

export type UpkeepParts = {
  /** The data folder, and the ledger's file. */
  folder: string
  ledger: string
  /** As the agent was started with. */
  settings: Settings
  log: Logger
  reader: Reader
  writer: Pick<Writer, 'call'>
  secrets: Secrets
  /** Listens on the network with a certificate from now on. */
  overTls: (at: ListenAt) => Promise<void>
  now: () => number
  onFault: (error: unknown, where: string) => void
  signal: AbortSignal
}

/** A certificate is looked at four times a day. */
const lookMs = 6 * 3_600_000

export function createUpkeep(parts: UpkeepParts) {
  const { folder, ledger, settings, log, reader, writer, now, onFault, signal } = parts
  const inFile = settings.log.level
  let chosen = agentSetting(reader.raw, 'log')
  let due: number | null = null
  /** When the certificate is looked at next; null while the agent listens on its own computer alone. */
  let lookAt: number | null = settings.listen.lan ? 0 : null

  const level = (): void => {
    const holds = levelAt(chosen, inFile, now())
    if (log.level !== holds) log.level = holds
  }
  const look = (): void => {
    chosen = agentSetting(reader.raw, 'log')
    due = backupDue(agentSetting(reader.raw, 'backups'), lastTries(reader.raw).daily)
    level()
  }

  let making: Backups | undefined
  const backups = once(async () => {
    const { createBackups } = await import('./backups.ts')
    making = createBackups({
      ...{ folder, ledger, now, signal },
      keep: () => agentSetting(reader.raw, 'backups')?.daily?.keep ?? null,
      ended: (made) => writer.call('backupEnded', made),
    })
    return making
  })
  /** Answers once it has begun; how it ends is written down. */
  async function backUp(daily: boolean): Promise<void> {
    const made = await backups()
    void made.run(daily).catch((error: unknown) => onFault(error, 'backup'))
  }

  /** A third of a megabyte of certificate code, for whoever looks at certificates. */
  const certificates = once(async () => (await import('./certificates.ts')).certificatesOf(parts))

  function lookAtCertificate(): void {
    lookAt = Number.POSITIVE_INFINITY // its end sets it anew
    void certificates()
      .then((them) => them.look())
      .catch((error: unknown) => onFault(error, 'certificate'))
      .finally(() => {
        lookAt = now() + lookMs
      })
  }

  const face = once(async (): Promise<Upkeep> => {
    const { upkeepFace } = await import('./face.ts')
    return upkeepFace({ ...parts, backups: await backups(), backUp: () => backUp(false), certificates })
  })

  look()
  return {
    face,
    tick(): void {
      if (signal.aborted) return
      level()
      if (lookAt !== null && now() >= lookAt) lookAtCertificate()
      if (due === null || now() < due) return
      due = null // its end sets it anew
      void backUp(true).catch((error: unknown) => onFault(error, 'daily backup'))
    },
    seen(events: readonly Pick<Event, 'kind' | 'data'>[]): void {
      if (events.some(({ kind }) => kind === 'settings-changed')) look()
      if (events.some(({ data }) => data?.['what'] === 'tls')) lookAt = 0
    },
    /** Once the agent is told to stop: when nothing is under way. */
    stopped: async (): Promise<void> => making?.over(),
  }
}
