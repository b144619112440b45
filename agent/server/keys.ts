import { itemTypes } from '../../shared/item.ts'
import type { Role } from '../../shared/pairing.ts'
import { projectsOpenTo } from '../ledger/rights.ts'
import type { Caller, Reader } from './agent.ts'
import { whileUnchanged } from './unchanged.ts'

type KeyRow = {
  key: number
  origin: string
  person: number
  name: string
  email: string
  role: Role
  scope: string | null
  suspended: number
}

/**
 * Keys are read from the ledger with every call, so that a revoked one ends at once. The command line is whoever may write the agent's own
 * folder: neither suspended with a person nor bound to the projects Procore lists them in.
 */
export function createKeys(reader: Reader) {
  const { raw } = reader
  const byThumbprint = raw.prepare(`
    SELECT k.id AS key, k.origin, p.id AS person, p.name, p.email, p.role, p.scope, p.suspended_at IS NOT NULL AND k.origin <> 'cli' AS suspended
    FROM keys k JOIN people p ON p.id = k.person
    WHERE k.thumbprint = ? AND k.revoked_at IS NULL`)
  const byOrigin = raw.prepare('SELECT 1 FROM keys WHERE origin = ? LIMIT 1')
  const live = raw.prepare(
    "SELECT 1 FROM keys k JOIN people p ON p.id = k.person WHERE k.id = ? AND k.revoked_at IS NULL AND (p.suspended_at IS NULL OR k.origin = 'cli')",
  )
  const open = whileUnchanged(reader, () => new Map<number, ReadonlySet<string> | null>())

  /** The projects an admin gave them, as far as Procore lists them there. */
  const scopeOf = ({ person, origin, scope }: KeyRow): Caller['scope'] => {
    const given = scope === null ? null : new Set<string>(JSON.parse(scope))
    if (origin === 'cli') return given
    const known = open()
    const listed = known.has(person) ? (known.get(person) ?? null) : projectsOpenTo(raw, person, itemTypes.indexOf('project'))
    known.set(person, listed)
    return given === null || listed === null ? (given ?? listed) : new Set([...given].filter((project) => listed.has(project)))
  }
  return {
    isLive: (key: number): boolean => live.get(key) !== undefined,
    /** Paired now or once: a revoked browser is let through to be told so. */
    isPaired: (origin: string): boolean => byOrigin.get(origin) !== undefined,
    find(thumbprint: string): (Caller & { suspended: boolean }) | null {
      const row = byThumbprint.get(thumbprint) as KeyRow | undefined
      return row ? { ...row, scope: scopeOf(row), suspended: row.suspended === 1 } : null
    },
  }
}
