import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Secrets } from './secrets.ts'

const name = 'agent-key'

/** The agent's own P-256 key, which browsers pin; made on the first start and kept with the secrets. */
export async function agentKey(secrets: Secrets): Promise<JWK> {
  const kept = await secrets.get(name)
  if (kept !== null) return JSON.parse(kept) as JWK
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const made = await exportJWK(privateKey)
  await secrets.set(name, JSON.stringify(made))
  return made
}
