import { describe, expect, it } from 'vitest'
import { badgeOf, type Known } from '../../../extension/background/badge-model.ts'
import type { StatusItem } from '../../../shared/api/status.ts'
import { linkStates } from '../../../shared/link-state.ts'
import { wordsFor } from '../../../shared/words/index.ts'

const words = wordsFor('en-GB')
const now = new Date(2026, 10, 18, 15, 0)
const today = new Date(2026, 10, 18, 14, 2).toISOString()

const status = (changes: Partial<StatusItem> = {}): StatusItem => ({
  type: 'work-order-contract',
  id: '1',
  link: 'L1',
  state: 'synced',
  since: today,
  erpKey: 'SC-1042',
  connection: 'c',
  erpAsOf: today,
  procoreAsOf: today,
  ...changes,
})
const connection = {
  name: 'Main',
  erp: 'Sage 300 CRE',
  erpCompany: 'Harbour Lane',
  owner: 'tieback',
  nextRun: null,
  writing: [],
  old: null,
}
const known = (changes: Partial<Known> = {}): Known => ({
  status: status(),
  connections: { c: connection },
  asOf: today,
  trouble: null,
  ...changes,
})
const badge = (changes: Partial<Known> = {}) => badgeOf(known(changes), words, now)

describe('a badge', () => {
  it('promises a tie only of what an export may carry', () => {
    const lonely = (type: string) => badge({ status: status({ type, state: 'not-linked', link: null, erpKey: null }) }).says
    expect(lonely('work-order-contract')).toBe(
      'Nothing in Sage 300 CRE is tied to this. It is tied when an export holds a record that matches.',
    )
    for (const type of ['change-event', 'potential-change-order'])
      expect(lonely(type)).toBe('Nothing in Sage 300 CRE is tied to this: no export holds records of this kind.')
  })

  it('says that it agrees, with which ERP company, as of when', () =>
    expect(badge()).toMatchObject({
      tone: 'green',
      icon: 'check',
      word: 'Synced',
      look: 'full',
      sentence: 'Agrees with Sage 300 CRE as of 14:02. Sage 300 CRE, Harbour Lane',
    }))

  it('names the fields that differ', () =>
    expect(badge({ status: status({ state: 'changed-in-erp', fields: ['revised', 'own_field'] }) }).says).toBe(
      'Changed in Sage 300 CRE since 14:02: Revised and own field.',
    ))

  it('does not say that both changed where both never agreed', () =>
    expect(badge({ status: status({ state: 'changed-in-both', fields: ['title'], neverAgreed: true }) })).toMatchObject({
      word: 'Differs',
      says: 'Differs from Sage 300 CRE: Title. Both never agreed, so a person decides which is right.',
    }))

  it('is gray with a shape of its own where nothing could be compared', () =>
    expect(badge({ status: status({ state: 'not-compared' }) })).toMatchObject({ ...{ tone: 'gray', icon: 'dash' }, word: 'Not compared' }))

  it.each(linkStates)('has word, sentence, shape and tone for %s', (state) => {
    const made = badge({ status: status({ state }) })
    expect(made.word).not.toBe(state)
    expect(made.sentence).not.toMatch(/[{}]|undefined/)
  })

  it('of a state from a newer agent shows that state and guesses nothing', () =>
    expect(badge({ status: status({ state: 'of-tomorrow' }) })).toMatchObject({ tone: 'gray', word: 'of-tomorrow', icon: 'dots' }))

  it('is hollow and dated while the agent cannot be reached, and keeps its last state', () => {
    const made = badge({ trouble: { code: 'agent-unreachable' } })
    expect(made).toMatchObject({ look: 'hollow', word: 'Synced', tone: 'gray' })
    expect(made.sentence).toContain('Last known 14:02')
  })

  it('stays full while an export was missed that it does not rest on', () => {
    const old = { expected: today, entity: 'vendors' }
    expect(badge({ connections: { c: { ...connection, old } } })).toMatchObject({ look: 'full', word: 'Synced' })
  })

  it('is hollow with a clock once a reading of Procore was missed, dated by Procore’s side', () => {
    const old = { expected: today, entity: 'work-order-contracts', side: 'procore' }
    const earlier = new Date(2026, 10, 18, 13, 30).toISOString()
    const made = badge({ status: status({ old, procoreAsOf: earlier }) })
    expect(made).toMatchObject({ look: 'hollow', icon: 'clock', word: 'Old: 13:30', state: 'synced' })
    expect(made.sentence).toContain('Procore was last read 13:30; it should have been read again 14:02.')
  })

  it('is hollow with a clock once an expected export was missed', () => {
    const old = { expected: today, entity: 'commitments' }
    const made = badge({ connections: { c: { ...connection, old } } })
    expect(made).toMatchObject({ look: 'hollow', icon: 'clock', word: 'Old: 14:02', state: 'synced' })
    expect(made.sentence).toContain('An export of commitments was expected 14:02 and none was taken.')
  })

  it('without anything known says why', () =>
    expect(badge({ status: null, trouble: { code: 'not-paired' } }).sentence).toContain('This browser is not paired with an agent.'))

  it('says that a time is not known rather than leaving it out', () =>
    expect(badge({ status: status({ erpAsOf: null }) }).says).toBe('Agrees with Sage 300 CRE as of unknown time.'))
})
