/** Start and stop: settings in, signals heard, everything closed in order. */

import { startAgent } from './agent.ts'
import { exit } from './cli/command.ts'
import { inFolder, requireSettings } from './cli/open-agent.ts'
import type { ListenAt } from './server/listen.ts'
import { serverTls } from './settings/certificates.ts'
import { openSecrets, type Secrets } from './settings/secrets.ts'
import type { Settings } from './settings/settings.ts'
import { openLog } from './status/log.ts'

/** One dead share holds one of these; the default of four would stop all files, names and keys with it. */
process.env['UV_THREADPOOL_SIZE'] ??= '16'

/** Beside the bundle lies writer.js; in the sources, writer.ts. */
const writerEntry = new URL(import.meta.url.endsWith('.ts') ? './writer.ts' : './writer.js', import.meta.url)

/** Runs the agent of a data folder until SIGINT or SIGTERM; answers the exit code. */
export async function main(folder: string): Promise<number> {
  const { data: settings } = await requireSettings(folder)
  const secrets = await openSecrets(folder, settings.credentials)
  const { level, file } = settings.log
  const { log, reopen } = openLog({ level, file: file === null ? null : inFolder(folder, file) })
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  process.on('SIGHUP', reopen)
  const lan = await lanOf(folder, settings, secrets)
  const agent = await startAgent({ folder, settings, secrets, log, lan, writerEntry, signal: stop.signal })
  void agent.ready.then(() => log.info({ urls: agent.urls }, 'ready'))
  await agent.stopped
  return exit.fine
}

async function lanOf(folder: string, { listen: { lan } }: Settings, secrets: Secrets): Promise<ListenAt | null> {
  if (lan === null) return null
  return { address: lan.address, port: lan.port, names: lan.names, tls: await serverTls(folder, secrets, lan.names, Date.now()) }
}
