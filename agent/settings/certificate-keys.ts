/** Private keys of certificates, each kept among the secrets under its certificate's fingerprint: which certificate counts is one file's matter. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Tls } from '../server/listen.ts'
import type { Secrets } from './secrets.ts'

/** As agents before this one called theirs. */
type FormerName = 'tls-authority-key' | 'tls-server-key'

const nameFor = (cert: string): string => `tls-key ${new X509Certificate(cert).fingerprint256.replaceAll(':', '').slice(0, 32)}`

/** The key of a certificate (PEM), or the whole PFX it came in; null where there is none. */
export async function keyOf(secrets: Secrets, cert: string, former: FormerName): Promise<string | null> {
  const kept = await secrets.get(nameFor(cert))
  if (kept !== null) return kept
  const old = await secrets.get(former)
  return old !== null && new X509Certificate(cert).checkPrivateKey(createPrivateKey(old)) ? old : null
}

export const keepKey = (secrets: Secrets, cert: string, key: string): Promise<void> => secrets.set(nameFor(cert), key)

export async function forgetKey(secrets: Secrets, cert: string): Promise<void> {
  if ((await secrets.get(nameFor(cert))) !== null) await secrets.delete(nameFor(cert))
}

type Pfx = { pfx: string; passphrase: string }

export const pfxAsKey = (pfx: Pfx): string => JSON.stringify(pfx)

/** What to listen with. */
export function tlsOf(cert: string, key: string): Tls {
  if (!key.startsWith('{')) return { cert, key }
  const { pfx, passphrase } = JSON.parse(key) as Pfx
  return { pfx: Buffer.from(pfx, 'base64'), passphrase }
}
