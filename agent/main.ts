/** Start and stop: settings in, signals heard, everything closed in order. */

import { startWriter } from './ledger/writer-proxy.ts'
import { inFolder } from './settings/data-folder.ts'
import { placesOf } from './settings/places.ts'
import { openSecrets } from './settings/secrets.ts'
import type { Settings } from './settings/settings.ts'
import { openLog } from './status/log.ts'

/** Beside the bundle lies writer.js; in the sources, writer.ts. */
const writerEntry = new URL(import.meta.url.endsWith('.ts') ? './writer.ts' : './writer.js', import.meta.url)

/** Runs the agent of a data folder until SIGINT or SIGTERM. */
export async function main(folder: string, settings: Settings): Promise<void> {
  const secrets = await openSecrets(folder, settings.credentials)
  const { level, file } = settings.log
  const { log, reopen } = openLog({ level, file: file === null ? null : inFolder(folder, file) })
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  process.on('SIGHUP', reopen)
  const places = await placesOf(folder, settings, secrets, Date.now())
  const path = inFolder(folder, settings.ledger)
  const writing = startWriter({ path, entry: writerEntry }) // loads in its own thread while this one loads the rest
  const [writer, { startAgent }] = await Promise.all([writing, import('./agent.ts')])
  const agent = await startAgent({ folder, settings, secrets, log, places, writer, signal: stop.signal })
  void agent.ready.then(() => log.info({ urls: agent.urls }, 'ready'))
  await agent.stopped
}
