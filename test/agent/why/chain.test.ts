import { describe, expect, it } from 'vitest'
import { type WhyFacts, whyChain } from '../../../agent/why/chain.ts'
import { forecastKinds } from '../../../shared/forecast.ts'
import { itemTypes } from '../../../shared/item.ts'
import { whyActions, whySays, whySteps } from '../../../shared/why.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'

const facts = (more: Partial<WhyFacts> = {}): WhyFacts => ({
  ...{ action: 'send', type: 'work-order-contract', owner: 'procore', canPush: true, forecast: 'ready', sage: true },
  right: {
    ...{ person: { name: 'Ada', role: 'accountant', scope: null, suspended: false }, project: '9' },
    ...{ membership: { listed: true, asOf: 0 }, approver: { source: 'tieback', granted: true, asOf: null } },
  },
  ...{ project: true, vendor: true, commitment: true, status: 'Approved', number: 'SC-1001', title: 'Steel', numberTaken: false },
  ...more,
})
const said = (more: Partial<WhyFacts> = {}) => Object.fromEntries(whyChain(facts(more)).chain.map(({ step, says }) => [step, says]))

describe('why a commitment cannot be sent', () => {
  it('lists the whole chain in order, and what cannot be told is unknown', () => {
    expect(whyChain(facts()).chain.map(({ step, says }) => `${step} ${says}`)).toEqual([
      ...['signed-in yes', 'role yes', 'project yes', 'erp-level unknown', 'commitments-admin unknown', 'project-synced yes'],
      ...['vendor-linked yes', 'status yes', 'number yes', 'number-unique yes', 'title yes', 'lines unknown', 'fields unknown'],
    ])
  })

  it('says each link that fails, not only the first, and who can mend it', () => {
    const { chain } = whyChain(
      facts({ project: false, vendor: false, status: 'Draft', number: 'SUBCONTRACT-1', numberTaken: true, title: 'x'.repeat(31) }),
    )
    expect(chain.filter(({ says }) => says === 'no').map(({ step, who }) => [step, who])).toEqual([
      ...[
        ['project-synced', 'approver'],
        ['vendor-linked', 'approver'],
        ['status', 'project-admin'],
      ],
      ...[
        ['number', 'project-admin'],
        ['number-unique', 'project-admin'],
        ['title', 'project-admin'],
      ],
    ])
    expect(chain.filter(({ says, who }) => says === 'yes' && who !== null)).toEqual([])
  })

  it('guesses nothing: another ERP’s limits, a status nobody confirmed, a number nobody can vouch for', () => {
    expect(said({ sage: false, number: 'SUBCONTRACT-1' })).toMatchObject({
      number: 'unknown',
      'number-unique': 'unknown',
      title: 'unknown',
    })
    expect(said({ type: 'commitment-change-order', status: 'draft' })).toMatchObject({ status: 'unknown', 'commitment-synced': 'yes' })
    expect(said({ numberTaken: null, vendor: null, status: null })).toMatchObject({
      ...{ 'number-unique': 'unknown', 'vendor-linked': 'unknown', status: 'unknown' },
    })
  })
})

describe('why it cannot be unlinked or accepted', () => {
  it('hangs on Tieback’s own list where Tieback owns the link, on Procore’s flag where Procore does', () => {
    expect(Object.keys(said({ action: 'unlink', owner: 'tieback' }))).toEqual(['signed-in', 'role', 'project', 'approver', 'forecast'])
    expect(Object.keys(said({ action: 'unlink', owner: 'procore' }))).toEqual([
      ...['signed-in', 'role', 'project', 'erp-level', 'commitments-admin', 'can-push', 'project-synced', 'forecast'],
    ])
    expect(said({ action: 'accept', canPush: false })).toMatchObject({ 'can-push': 'no', 'erp-level': 'unknown' })
    expect(said({ action: 'accept', canPush: null })['can-push']).toBe('unknown')
  })

  it('of a company needs a level on the ERP tool alone (B1), of the owner’s side the prime contracts’ tool', () => {
    expect(Object.keys(said({ action: 'unlink', type: 'vendor', right: { ...facts().right, project: null } }))).toEqual([
      ...['signed-in', 'role', 'project', 'erp-level', 'forecast'],
    ])
    expect(said({ action: 'unlink', type: 'prime-change-order' })).toHaveProperty('prime-contracts-admin', 'unknown')
  })

  it.each(forecastKinds)('ends in the forecast (%s)', (forecast) => {
    const wanted = { ready: 'yes', refused: 'no', done: 'no' }[forecast as string] ?? 'unknown'
    expect(said({ action: 'unlink', forecast })['forecast']).toBe(wanted)
  })

  it('names role, project and person that are missing', () => {
    const right = facts().right
    const viewer = { name: 'V', role: 'viewer', scope: new Set(['8']), suspended: true } as const
    expect(said({ right: { ...right, person: viewer } })).toMatchObject({ 'signed-in': 'no', role: 'no', project: 'no' })
    expect(said({ right: { ...right, membership: { listed: null, asOf: null } } })['project']).toBe('unknown')
    expect(said({ right: { ...right, membership: { listed: false, asOf: 0 } } })['project']).toBe('no')
  })
})

describe('every chain', () => {
  it('is worded whole, whatever the action and the item', () => {
    for (const action of whyActions)
      for (const type of itemTypes)
        for (const { step, says } of whyChain(facts({ action, type })).chain) {
          expect(whySteps).toContain(step)
          expect(whySays).toContain(says)
        }
    for (const language of languages) {
      const { texts } = wordsFor(language)
      for (const code of [...whySteps, ...whySays, ...whyActions.map((action) => `title.${action}` as const)])
        expect([language, code, texts[`chain.${code}`]]).toEqual([language, code, expect.stringMatching(/\S/)])
    }
  })
})
