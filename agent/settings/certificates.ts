import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Issued, isDue, issueServer, makeAuthority } from '../server/tls.ts'
import { authorityPath, serverPath } from './certificate-paths.ts'
import { readIfThere, writeFlushed } from './flushed-file.ts'
import type { Secrets } from './secrets.ts'
import { SettingsFault } from './settings.ts'

/** Names of the two private keys in the secret store; the certificates beside them are no secret. */
const authorityKey = 'tls-authority-key'
const serverKey = 'tls-server-key'

const readable = 0o644

/** A new authority and server certificate for these names. Answers where the authority's certificate lies, to be rolled out to browsers. */
export async function initTls(folder: string, secrets: Secrets, agent: string, names: readonly string[], now: number): Promise<string> {
  await mkdir(join(folder, 'tls'), { recursive: true })
  const plain = names.map((name) => name.toLowerCase())
  const authority = await makeAuthority(agent, plain, now)
  await secrets.set(authorityKey, authority.key)
  await writeFlushed(authorityPath(folder), authority.cert, { mode: readable, keep: true })
  await keepServer(folder, secrets, await issueServer(authority, plain, now))
  return authorityPath(folder)
}

/** The server certificate to listen with; made anew by the same authority when it is about to end. Throws SettingsFault. */
export async function serverTls(folder: string, secrets: Secrets, names: readonly string[], now: number): Promise<Issued> {
  const cert = await readIfThere(serverPath(folder))
  const key = await secrets.get(serverKey)
  if (cert !== null && key !== null && !isDue(cert, names, now)) return { cert, key }
  const issued = await issueServer(
    await authorityIn(folder, secrets),
    names.map((name) => name.toLowerCase()),
    now,
  )
  await keepServer(folder, secrets, issued)
  return issued
}

async function authorityIn(folder: string, secrets: Secrets): Promise<Issued> {
  const cert = await readIfThere(authorityPath(folder))
  const key = await secrets.get(authorityKey)
  if (cert === null || key === null)
    throw new SettingsFault('There is no certificate to listen on the network with. Make one: tieback tls init')
  return { cert, key }
}

async function keepServer(folder: string, secrets: Secrets, { cert, key }: Issued): Promise<void> {
  await secrets.set(serverKey, key)
  await writeFlushed(serverPath(folder), cert, { mode: readable })
}
