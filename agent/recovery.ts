/** What the recovery sheet says of this computer: names and places, never a secret. */
import { X509Certificate } from 'node:crypto'
import { hostname } from 'node:os'
import { backupsIn, newestBackup } from './cli/backups.ts'
import type { Agent } from './server/agent.ts'
import { authorityPath, serverPath } from './settings/certificate-paths.ts'
import { inFolder } from './settings/data-folder.ts'
import { readIfThere } from './settings/flushed-file.ts'
import { addressesOf } from './settings/places.ts'
import type { Settings } from './settings/settings.ts'

export async function recoveryOf(folder: string, settings: Settings): Promise<Awaited<ReturnType<Agent['recovery']>>> {
  const authority = settings.listen.lan ? await readIfThere(authorityPath(folder)) : null
  const cert = authority ?? (settings.listen.lan ? await readIfThere(serverPath(folder)) : null)
  return {
    ...{ computer: hostname(), folder, ledger: inFolder(folder, settings.ledger), backups: backupsIn(folder) },
    newestBackup: await newestBackup(folder),
    addresses: addressesOf(settings),
    certificate: cert === null ? null : { ...certificateOf(cert), own: authority !== null },
  }
}

function certificateOf(pem: string): { fingerprint: string; until: string } {
  const { fingerprint256, validTo } = new X509Certificate(pem)
  return { fingerprint: fingerprint256, until: new Date(validTo).toISOString() }
}
