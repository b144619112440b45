import { describe, expect, it } from 'vitest'
import { type WhyFacts, whyChain } from '../../../agent/why/chain.ts'
import { endsIn, type UnlinkChain } from '../../../agent/why/unlink.ts'
import { type ForecastCode, type ForecastKind, forecastKinds, forecasts } from '../../../shared/forecast.ts'
import { itemTypes } from '../../../shared/item.ts'
import { whyActions, whySays, whySteps } from '../../../shared/why.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'

/** What an unlink hangs on where nothing stands in its way, and the forecast is this. */
const free = (code: ForecastCode, more: Partial<UnlinkChain> = {}): UnlinkChain => ({
  ...{ code, behind: code, writing: true, underWay: false, children: false, whole: true },
  ...more,
})
const facts = (more: Partial<WhyFacts> = {}): WhyFacts => ({
  ...{ action: 'send', type: 'work-order-contract', owner: 'procore', canPush: true, unlink: free('gone'), sage: true },
  right: {
    ...{ person: { name: 'Ada', role: 'accountant', scope: null, suspended: false }, shut: null, project: '9' },
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
    expect(Object.keys(said({ action: 'unlink', owner: 'tieback' }))).toEqual([
      ...['signed-in', 'role', 'project', 'approver', 'linked', 'under-way', 'writing', 'children', 'whole', 'forecast'],
    ])
    expect(Object.keys(said({ action: 'unlink', owner: 'procore' }))).toEqual([
      ...['signed-in', 'role', 'project', 'erp-level', 'commitments-admin', 'can-push', 'project-synced', 'linked', 'whole', 'forecast'],
    ])
    expect(said({ action: 'accept', canPush: false })).toMatchObject({ 'can-push': 'no', 'erp-level': 'unknown' })
    expect(said({ action: 'accept', canPush: null })['can-push']).toBe('unknown')
  })

  it('of a company needs a level on the ERP tool alone (B1), of the owner’s side the prime contracts’ tool', () => {
    const unlink = free('no-check', { whole: null })
    expect(Object.keys(said({ action: 'unlink', type: 'vendor', unlink, right: { ...facts().right, project: null } }))).toEqual([
      ...['signed-in', 'role', 'project', 'erp-level', 'linked', 'forecast'],
    ])
    expect(said({ action: 'unlink', type: 'prime-change-order' })).toHaveProperty('prime-contracts-admin', 'unknown')
  })

  /** One code of each kind that says the same of the whole kind. */
  const codeOf: Record<ForecastKind, ForecastCode> = {
    ...{
      ready: 'gone',
      refused: 'still-there',
      unknown: 'absent-once',
      'left-with-job': 'with-job',
      'not-ours': 'foreign',
      done: 'unlinked',
    },
  }
  it.each(forecastKinds)('ends in the forecast (%s)', (kind) => {
    const wanted = { ready: 'yes', refused: 'no', done: 'no' }[kind as string] ?? 'unknown'
    const last = whyChain(facts({ action: 'unlink', owner: 'tieback', unlink: free(codeOf[kind]) })).chain.at(-1)
    expect([last?.step, last?.says]).toEqual([kind === 'left-with-job' ? 'with-job' : 'forecast', wanted])
  })

  /** What does not hold, and who can mend it. */
  const lacks = (unlink: UnlinkChain | null, owner: WhyFacts['owner'] = 'tieback') =>
    whyChain(
      facts({ action: 'unlink', owner, unlink, right: { ...facts().right, approver: { source: 'tieback', granted: true, asOf: null } } }),
    )
      .chain.slice(4)
      .filter(({ step, says }) => says !== 'yes' && step !== 'commitments-admin')
      .map(({ step, says, who }) => `${step} ${says} ${who}`)

  it.each([
    ['gone', free('gone'), []],
    ['still in the ERP', free('still-there'), ['forecast no accountant']],
    ['writing off', free('writing-off', { behind: 'gone', writing: false }), ['writing no admin']],
    ['records under it', free('children-linked', { behind: 'gone', children: true }), ['children no approver']],
    ['a change on its way', free('under-way', { behind: 'gone', underWay: true }), ['under-way no nobody']],
    ['nobody said its exports are complete', free('never-complete', { whole: false }), ['whole no admin', 'forecast unknown admin']],
    ['payments nobody said of', free('not-said', { whole: false }), ['whole no admin', 'forecast unknown admin']],
    ['windowed exports', free('not-told', { whole: null }), ['forecast unknown admin']],
    ['left with its job', free('with-job'), ['with-job unknown approver']],
    ['another system holds it', free('foreign'), ['linked no company-admin', 'forecast unknown null']],
    ['only compared', free('compare-only', { writing: false }), ['linked no null', 'writing no admin', 'forecast unknown null']],
    [
      ...([
        'all of it',
        free('under-way', { behind: 'still-there', underWay: true, writing: false, children: true, whole: false }),
      ] as const),
      ['under-way no nobody', 'writing no admin', 'children no approver', 'whole no admin', 'forecast no accountant'],
    ],
    ['nothing tied', null, ['linked no null']],
  ] as const)('follows the forecast’s code: %s', (_name, unlink, wanted) => expect(lacks(unlink)).toEqual(wanted))

  it('waits with nobody’s help until Procore’s own connector has noticed, and asks nothing of ours of it', () => {
    expect(lacks(free('procore-wait', { writing: false, children: true }), 'procore')).toEqual(['forecast unknown nobody'])
    expect(lacks(free('procore-there', { writing: false }), 'procore')).toEqual(['forecast no accountant'])
  })

  it('knows an answer for every forecast there is', () => {
    const held = ['under-way', 'writing-off', 'children-linked'] // what is behind them is said
    const nobody = ['foreign', 'compare-only', 'not-in-procore'] // said by the link
    for (const code of Object.keys(forecasts) as ForecastCode[]) {
      const one = endsIn(free(code))
      expect([code, one.says === 'yes' || one.who !== null || code === 'unlinked']).toEqual([code, ![...held, ...nobody].includes(code)])
    }
  })

  it('asks of a check that something is tied', () => {
    expect(said({ action: 'check', unlink: null })).toMatchObject({ linked: 'no' })
    expect(said({ action: 'check', unlink: free('foreign') })).toMatchObject({ linked: 'yes' })
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
      expect([language, texts['who.admin']]).toEqual([language, expect.stringMatching(/Tieback/)])
    }
  })
})
