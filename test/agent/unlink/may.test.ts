import { describe, expect, it } from 'vitest'
import { mayCancel, mayUnlink, type RightFacts } from '../../../agent/unlink/may.ts'
import { roles } from '../../../shared/pairing.ts'
import { reaches } from '../../support/reaches.ts'

const at = Date.parse('2026-11-20T14:00:00Z')
const facts = (more: Partial<RightFacts> = {}): RightFacts => ({
  ...{ person: { name: 'Ada', role: 'accountant', scope: null, suspended: false }, shut: null, project: '9' },
  ...{ membership: { listed: true, asOf: at }, approver: { source: 'tieback', granted: true, asOf: null } },
  ...more,
})
const person = (more: Partial<NonNullable<RightFacts['person']>>): RightFacts['person'] => ({
  ...{ name: 'Ada', role: 'accountant', scope: null, suspended: false },
  ...more,
})
const missing = (more: Partial<RightFacts>) => {
  const may = mayUnlink(facts(more))
  return may.allowed ? null : may.missing.code
}

describe('the right to unlink', () => {
  it('needs role, project and approver right, and names the one that is missing', () => {
    expect(mayUnlink(facts())).toEqual({ allowed: true, notChecked: [] })
    expect(missing({ person: null })).toBe('role-missing')
    expect(missing({ person: person({ role: 'viewer' }) })).toBe('role-missing')
    reaches('person-suspended', missing({ person: person({ suspended: true }) }))
    reaches('scope-missing', missing({ person: person({ scope: new Set(['8']) }) }))
    reaches('not-on-project', missing({ membership: { listed: false, asOf: at } }))
    reaches('approver-missing', missing({ approver: { source: 'tieback', granted: false, asOf: null } }))
    reaches('approver-missing-procore', missing({ approver: { source: 'procore', granted: false, asOf: at } }))
    reaches('approver-unknown', missing({ approver: { source: 'procore', granted: null, asOf: null } }))
  })

  it('is no more an admin’s than an accountant’s: the approver right counts for both', () => {
    for (const role of roles) {
      const may = mayUnlink(facts({ person: person({ role }), approver: { source: 'tieback', granted: false, asOf: null } }))
      expect(may.allowed).toBe(false)
    }
  })

  it('says what Procore was not asked, and is barred by that only where it is the right itself', () => {
    expect(mayUnlink(facts({ membership: { listed: null, asOf: null } }))).toEqual({ allowed: true, notChecked: ['membership'] })
    expect(mayUnlink(facts({ project: null, membership: { listed: null, asOf: null } }))).toEqual({ allowed: true, notChecked: [] })
  })

  it('for what belongs to the company needs no project', () =>
    expect(missing({ project: null, person: person({ scope: new Set() }), membership: { listed: false, asOf: at } })).toBeNull())
})

describe('the right to end what another asked for in advance', () => {
  const without = { source: 'tieback', granted: false, asOf: null } as const
  const cancels = (more: Partial<RightFacts>) => {
    const may = mayCancel(facts(more))
    return may.allowed ? null : may.missing.code
  }

  it('is an approver’s and an admin’s, on projects of theirs', () => {
    expect(cancels({})).toBeNull()
    expect(cancels({ approver: without })).toBe('approver-missing')
    expect(cancels({ person: person({ role: 'admin' }), approver: without })).toBeNull()
    expect(cancels({ person: person({ role: 'admin' }), approver: { source: 'procore', granted: null, asOf: null } })).toBeNull()
    expect(cancels({ person: person({ role: 'admin', scope: new Set(['8']) }), approver: without })).toBe('scope-missing')
    expect(cancels({ person: person({ role: 'admin' }), membership: { listed: false, asOf: at } })).toBe('not-on-project')
    expect(cancels({ person: person({ role: 'admin', suspended: true }) })).toBe('person-suspended')
  })
})
