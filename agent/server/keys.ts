import type { Role } from '../../shared/pairing.ts'
import type { Caller, Reader } from './agent.ts'

type KeyRow = {
  key: number
  origin: string
  person: number
  name: string
  email: string
  role: Role
  scope: string | null
}

/** Keys are read from the ledger with every call, so that a revoked one ends at once. */
export function createKeys({ raw }: Reader) {
  const byThumbprint = raw.prepare(`
    SELECT k.id AS key, k.origin, p.id AS person, p.name, p.email, p.role, p.scope
    FROM keys k JOIN people p ON p.id = k.person
    WHERE k.thumbprint = ? AND k.revoked_at IS NULL AND p.suspended_at IS NULL`)
  const byOrigin = raw.prepare('SELECT 1 FROM keys WHERE origin = ? LIMIT 1')
  const live = raw.prepare(
    'SELECT 1 FROM keys k JOIN people p ON p.id = k.person WHERE k.id = ? AND k.revoked_at IS NULL AND p.suspended_at IS NULL',
  )
  return {
    isLive: (key: number): boolean => live.get(key) !== undefined,
    /** Paired now or once: a revoked browser is let through to be told so. */
    isPaired: (origin: string): boolean => byOrigin.get(origin) !== undefined,
    find(thumbprint: string): Caller | null {
      const row = byThumbprint.get(thumbprint) as KeyRow | undefined
      return row ? { ...row, scope: row.scope === null ? null : new Set<string>(JSON.parse(row.scope)) } : null
    },
  }
}
