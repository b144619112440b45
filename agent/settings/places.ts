import { type ListenAt, onLoopback } from '../server/listen.ts'
import { serverTls } from './certificates.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'

/** Where the settings say to listen: loopback always, the network over TLS once it is switched on. Throws SettingsFault without a certificate. */
export async function placesOf(folder: string, { listen: { port, lan } }: Settings, secrets: Secrets, now: number): Promise<ListenAt[]> {
  if (!lan) return [onLoopback(port)]
  const { address, names } = lan

  return [onLoopback(port), { address, port: lan.port, names, tls: await serverTls(folder, secrets, names, now) }]
}
