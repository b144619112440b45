import { isIPv6 } from 'node:net'
import { type ListenAt, onLoopback } from '../server/listen.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'

/** Where the settings say to listen: loopback always, the network over TLS once it is switched on. Throws SettingsFault without a certificate. */
export async function placesOf(folder: string, { listen: { port, lan } }: Settings, secrets: Secrets, now: number): Promise<ListenAt[]> {
  if (!lan) return [onLoopback(port)]
  const { address, names } = lan
  const { serverTls } = await import('./certificates.ts') // a third of a megabyte of certificate code, for the network only

  return [onLoopback(port), { address, port: lan.port, names, tls: await serverTls(folder, secrets, names, now) }]
}

/** An address as it stands in a URL. */
const inUrl = (name: string): string => (isIPv6(name) ? `[${name}]` : name)

/** Where browsers reach this agent: the network's names first, since the accountant sits elsewhere. */
export const addressesOf = ({ listen: { port, lan } }: Settings): string[] => [
  ...(lan?.names ?? []).map((name) => `https://${inUrl(name)}:${lan?.port}`),
  `http://127.0.0.1:${port}`,
]
