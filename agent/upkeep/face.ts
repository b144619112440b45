/** What an admin sees of all this, and sets. Loaded when somebody first looks. */
import { statfs } from 'node:fs/promises'
import { backupFiles, backupsIn } from '../cli/backups.ts'
import { agentSetting } from '../ledger/agent-settings.ts'
import { lastTries } from '../ledger/backups-made.ts'
import type { Upkeep } from '../server/upkeep.ts'
import { inFolder } from '../settings/data-folder.ts'
import { choose, levelAt } from '../status/log-level.ts'
import type { Backups } from './backups.ts'
import type { Certificates } from './certificates.ts'
import type { UpkeepParts } from './upkeep.ts'
import { backupDue } from './when.ts'

type Parts = UpkeepParts & { backups: Backups; backUp: () => Promise<void>; certificates: () => Promise<Certificates> }

export function upkeepFace({ folder, settings, reader: { raw }, writer, now, backups, backUp, certificates }: Parts): Upkeep {
  const inFile = settings.log.level
  const due = () => backupDue(agentSetting(raw, 'backups'), lastTries(raw).daily)

  function log() {
    const chosen = agentSetting(raw, 'log')
    const ends = chosen && chosen.until !== null && now() < chosen.until ? chosen : null
    const { file } = settings.log
    return {
      level: levelAt(chosen, inFile, now()),
      ...{ until: isoOrNull(ends?.until), after: ends?.after ?? null, file: file === null ? null : inFolder(folder, file) },
    }
  }

  async function backup() {
    const [files, running, { made, failed }] = [await backupFiles(folder), await backups.progress(), lastTries(raw)]
    const { bavail, bsize } = await statfs(folder)
    return {
      ...{ folder: backupsIn(folder), free: bavail * bsize, daily: agentSetting(raw, 'backups')?.daily ?? null, next: isoOrNull(due()) },
      running: running && { since: iso(running.beganAt), step: running.step, bytes: running.bytes, of: running.of },
      made: made && { asOf: iso(made.beganAt), file: made.file ?? '', bytes: made.bytes ?? 0 },
      failed: failed && { at: iso(failed.endedAt), reason: failed.reason ?? '' },
      files: files.map(({ at, ...file }) => ({ ...file, asOf: iso(at) })),
    }
  }

  return {
    settings: async () => ({ folder, log: log(), backup: await backup() }),
    async setLogLevel(level, by) {
      const value = choose(level, log().level, now())
      await writer.call('setAgentSetting', { name: 'log', value, by })
      return value
    },
    async setBackups(daily, by) {
      await writer.call('setAgentSetting', { name: 'backups', value: { daily, since: now() }, by })
      return { next: due() }
    },
    certificate: async () => (await certificates()).told(),
    ownCertificate: async ({ names, port }, from, by) => (await certificates()).own({ names, port, from, by }),
    giveCertificate: async ({ names, port, pem = '', key = '', pfx, passphrase }, from, by) =>
      (await certificates()).given(pfx === undefined ? { pem, key, passphrase } : { pfx, passphrase }, { names, port, from, by }),
    certificateBack: async (from, by) => (await certificates()).back({ from, by }),
    async backUp(by) {
      if ((await backups.progress()) !== null) return false
      await writer.call('backupAsked', { by })
      await backUp()
      return true
    },
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null | undefined): string | null => (ms == null ? null : iso(ms))
