/**
 * Whether a person may take links off: role, connection, project and the approver right, each on its own, and the first that is missing is named with who
 * can grant it. Pure. What cannot be told is said to be not checked and bars nobody, but for the right itself: that must be known (design §11.4).
 */
import { mayAct } from '../../shared/pairing.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Approver, KnownPerson, Membership } from '../ledger/rights.ts'

export type RightFacts = {
  /** Null for somebody nobody knows. */
  person: KnownPerson | null
  /** Name of its connection, where that is open to others alone; null where it is open to them. */
  shut: string | null
  /** The item's project; null for what belongs to the company. */
  project: string | null
  membership: Membership
  approver: Approver
}

/** `notChecked` names what Procore was not asked. */
export type May = { allowed: true; notChecked: readonly 'membership'[] } | { allowed: false; missing: Problem }

/** What Procore said, as last heard: it may have been mended there since. */
export const isProcores = ({ code }: Problem): boolean =>
  code === 'approver-missing-procore' || code === 'approver-unknown' || code === 'not-on-project'

export function mayUnlink(facts: RightFacts): May {
  const missing = missingOf(facts)
  if (missing) return { allowed: false, missing }
  return { allowed: true, notChecked: facts.project !== null && facts.membership.listed === null ? ['membership'] : [] }
}

/** Ending what was asked for in advance takes nothing off: an admin needs no approver right for it. The project is asked of everyone. */
export function mayCancel(facts: RightFacts): May {
  const isAdmin = facts.person !== null && mayAct(facts.person.role, 'admin')
  return mayUnlink(isAdmin ? { ...facts, approver: { ...facts.approver, granted: true } } : facts)
}

function missingOf({ person, shut, project, membership, approver }: RightFacts): Problem | null {
  if (person === null || !mayAct(person.role, 'accountant')) return problem('role-missing', { role: 'accountant' })
  if (person.suspended) return problem('person-suspended', { name: person.name })
  if (shut !== null) return problem('connection-closed', { name: shut })
  if (project !== null && person.scope !== null && !person.scope.has(project)) return problem('scope-missing', { project })
  if (project !== null && membership.listed === false) return problem('not-on-project', { project, asOf: moment(membership.asOf) })
  return rightMissing(approver)
}

function rightMissing({ source, granted, asOf }: Approver): Problem | null {
  if (granted === true) return null
  if (source === 'tieback') return problem('approver-missing')
  return granted === null ? problem('approver-unknown') : problem('approver-missing-procore', { asOf: moment(asOf) })
}

const moment = (ms: number | null): string => (ms === null ? '?' : new Date(ms).toISOString())
