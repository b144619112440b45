/** The certificate the agent listens on the network with: of its own authority, or handed in. What was there before is kept, to go back to. */
import { X509Certificate } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tls } from '../server/listen.ts'
import { type Issued, isDue, issueServer, makeAuthority } from '../server/tls.ts'
import { forgetKey, keepKey, keyOf, tlsOf } from './certificate-keys.ts'
import { authorityPath, previousPath, serverPath } from './certificate-paths.ts'
import { readIfThere, writeFlushed } from './flushed-file.ts'
import type { Secrets } from './secrets.ts'
import { SettingsFault } from './settings.ts'

const readable = 0o644

/** All of it that is no secret: certificates as PEM, `server` with its chain behind it; `authority` null where it was handed in. */
export type Kept = { server: string; authority: string | null; names: string[] }

/** A new authority and server certificate for these names. Answers where the authority's certificate lies, to be rolled out to browsers. `before` is kept to go back to. */
export async function initTls(
  folder: string,
  secrets: Secrets,
  agent: string,
  names: readonly string[],
  now: number,
  before: Kept | null = null,
): Promise<string> {
  await replace(folder, secrets, await makeOwn(secrets, agent, names, now), before)
  return authorityPath(folder)
}

/** A new authority and server certificate, their keys kept; what is served is the same as before until `keep`. */
export async function makeOwn(secrets: Secrets, agent: string, names: readonly string[], now: number): Promise<Kept> {
  const plain = names.map((name) => name.toLowerCase())
  const authority = await makeAuthority(agent, plain, now)
  const server = await issueServer(authority, plain, now)
  await keepKey(secrets, authority.cert, authority.key)
  await keepKey(secrets, server.cert, server.key)
  return { server: server.cert, authority: authority.cert, names: plain }
}

/** The server certificate to listen with; one of the agent's own is made anew by the same authority when it is about to end. Throws SettingsFault. */
export async function serverTls(folder: string, secrets: Secrets, names: readonly string[], now: number): Promise<Tls> {
  const cert = await readIfThere(serverPath(folder))
  const key = cert === null ? null : await keyOf(secrets, cert, 'tls-server-key')
  const authority = await readIfThere(authorityPath(folder))
  if (cert !== null && key !== null && (authority === null || !isDue(cert, names, now))) return tlsOf(cert, key)
  const issued = await issueServer(
    await authorityIn(folder, secrets),
    names.map((name) => name.toLowerCase()),
    now,
  )
  await keepKey(secrets, issued.cert, issued.key)
  await writeFlushed(serverPath(folder), issued.cert, { mode: readable })
  if (cert !== null) await forgetKey(secrets, cert)
  return issued
}

/** The agent's own authority with its key. Throws SettingsFault where there is none. */
export async function authorityIn(folder: string, secrets: Secrets): Promise<Issued> {
  const cert = await readIfThere(authorityPath(folder))
  const key = cert === null ? null : await keyOf(secrets, cert, 'tls-authority-key')
  if (cert === null || key === null)
    throw new SettingsFault('There is no certificate to listen on the network with. Make one: tieback tls init')
  return { cert, key }
}

/** What is served now; null where nothing is. */
export async function keptNow(folder: string, names: readonly string[]): Promise<Kept | null> {
  const server = await readIfThere(serverPath(folder))
  return server === null ? null : { server, authority: await readIfThere(authorityPath(folder)), names: [...names] }
}

/** What was served before; null where there was nothing else. */
export async function keptBefore(folder: string): Promise<Kept | null> {
  const text = await readIfThere(previousPath(folder))
  return text === null ? null : (JSON.parse(text) as Kept)
}

/** Serves it from the next start on. */
async function keep(folder: string, { server, authority }: Kept): Promise<void> {
  await mkdir(join(folder, 'tls'), { recursive: true })
  if (authority === null) await rm(authorityPath(folder), { force: true })
  else await writeFlushed(authorityPath(folder), authority, { mode: readable, keep: true })
  await writeFlushed(serverPath(folder), server, { mode: readable })
}

/** Serves this one, keeping `before` to go back to; keys of what was kept until now and is neither are forgotten. */
export async function replace(folder: string, secrets: Secrets, next: Kept, before: Kept | null): Promise<void> {
  const forgotten = await keptBefore(folder)
  if (before) await writeFlushed(previousPath(folder), `${JSON.stringify(before, null, 2)}\n`, { mode: readable })
  await keep(folder, next)
  const used = new Set([next, before].flatMap((one) => (one ? certsOf(one) : [])))
  for (const cert of forgotten && before ? certsOf(forgotten) : []) if (!used.has(cert)) await forgetKey(secrets, cert)
}

/** Those with a key of their own. */
const certsOf = ({ server, authority }: Kept): string[] => (authority === null ? [server] : [server, authority])

/** As a browser would be shown it. Throws SettingsFault where its key is lost. */
export async function tlsIn(secrets: Secrets, { server }: Kept): Promise<Tls> {
  const key = await keyOf(secrets, server, 'tls-server-key')
  if (key === null)
    throw new SettingsFault(`The key of the certificate ${new X509Certificate(server).fingerprint256} is lost. Hand it in again.`)
  return tlsOf(server, key)
}
