import { itemTypes } from '../../shared/item.ts'
import type { Role } from '../../shared/pairing.ts'
import { connectionsShut, givenScope, projectsOpenTo } from '../ledger/rights.ts'
import type { Caller, Reader } from './agent.ts'
import { whileUnchanged } from './unchanged.ts'

type KeyRow = {
  key: number
  origin: string
  person: number
  name: string
  email: string
  role: Role
  suspended: number
}

/**
 * Keys are read from the ledger with every call, so that a revoked one ends at once. The command line is whoever may write the agent's own
 * folder: neither suspended with a person nor bound to the projects Procore lists them in.
 */
export function createKeys(reader: Reader) {
  const { raw } = reader
  const live = `
    SELECT k.id AS key, k.origin, p.id AS person, p.name, p.email, p.role, p.suspended_at IS NOT NULL AND k.origin <> 'cli' AS suspended
    FROM keys k JOIN people p ON p.id = k.person
    WHERE k.revoked_at IS NULL AND `
  const byThumbprint = raw.prepare(`${live} k.thumbprint = ?`)
  const byKey = raw.prepare(`${live} k.id = ?`)
  const byOrigin = raw.prepare('SELECT 1 FROM keys WHERE origin = ? LIMIT 1')
  const open = whileUnchanged(reader, () => new Map<number, Pick<Caller, 'shut'> & { given: Caller['scope']; listed: Caller['scope'] }>())

  /** The projects admins gave them and their groups, as far as Procore lists them there, and the connections that are open to others alone. */
  const boundsOf = ({ person, origin }: KeyRow): Pick<Caller, 'scope' | 'shut'> => {
    const known = open()
    const of = known.get(person) ?? {
      given: givenScope(raw, person),
      listed: projectsOpenTo(raw, person, itemTypes.indexOf('project')),
      shut: connectionsShut(raw, person),
    }
    known.set(person, of)
    const { given, listed, shut } = of
    if (origin === 'cli') return { scope: given, shut: new Map() }
    const scope = given === null || listed === null ? (given ?? listed) : new Set([...given].filter((project) => listed.has(project)))
    return { scope, shut }
  }
  const callerOf = (row: Record<string, unknown> | undefined): (Caller & { suspended: boolean }) | null => {
    const key = row as KeyRow | undefined
    return key ? { ...key, ...boundsOf(key), suspended: key.suspended === 1 } : null
  }
  return {
    /** Who has this key, with what they may see now; null once it may no longer call. */
    now(key: number): Caller | null {
      const caller = callerOf(byKey.get(key))
      return caller === null || caller.suspended ? null : caller
    },
    /** Paired now or once: a revoked browser is let through to be told so. */
    isPaired: (origin: string): boolean => byOrigin.get(origin) !== undefined,
    find: (thumbprint: string) => callerOf(byThumbprint.get(thumbprint)),
  }
}
