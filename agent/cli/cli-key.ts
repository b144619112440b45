import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { Jwk } from '../../shared/pairing.ts'
import { readIfThere, writeFlushed } from '../settings/flushed-file.ts'

/** The command line's own key: whoever may read the data folder may act as its administrator. */
export type CliKey = { secret: JWK; jwk: Jwk; thumbprint: string }

/** Reads `cli-key.json`, or makes it (0600). */
export async function cliKey(folder: string): Promise<CliKey> {
  const path = join(folder, 'cli-key.json')
  const kept = await readIfThere(path)
  if (kept !== null) return keyOf(JSON.parse(kept) as JWK)
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const made = await exportJWK(privateKey)
  await writeFlushed(path, `${JSON.stringify(made)}\n`)
  return keyOf(made)
}

async function keyOf(secret: JWK): Promise<CliKey> {
  const jwk = Jwk.parse({ kty: secret.kty, crv: secret.crv, x: secret.x, y: secret.y })
  return { secret, jwk, thumbprint: await calculateJwkThumbprint({ ...jwk }) }
}
