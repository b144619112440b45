import { describe, expect, it } from 'vitest'
import { isTrouble, sayToast, stacked, type Toast, toastsOf } from '../../../extension/features/toasts/merge.ts'
import { addressOf } from '../../../extension/pages/address.ts'
import type { Event } from '../../../shared/event.ts'
import { wordsFor } from '../../../shared/words/index.ts'

const words = wordsFor('en')
let n = 0
const today = new Date(2026, 10, 18, 14, 2)
const said = (toast: Toast): string => sayToast(toast, words, today)
const event = (kind: string, rest: Partial<Event> = {}): Event => ({ n: ++n, at: today.toISOString(), kind, ...rest })
const item = { type: 'work-order-contract', id: '7' }
const mine = { person: 'ada', about: 'mine', onPage: () => false } as const
const here = { ...mine, onPage: (key: string) => key === 'work-order-contract:7' }
const ended = (rest: Partial<Event> = {}) => event('run-ended', { run: 'r', data: { updated: 38, failed: 2 }, ...rest })

describe('a toast', () => {
  it('sums up a run in one line', () => {
    const [toast] = toastsOf([event('link-changed', { run: 'r', items: [item] }), ended()], here)
    expect(toast && said(toast)).toBe('38 updated, 2 need attention · as of 2:02 PM')
  })

  it('comes for what I started, whatever page is open', () => expect(toastsOf([ended({ person: 'ada' })], mine)).toHaveLength(1))
  it('does not come for what others started elsewhere', () => expect(toastsOf([ended({ person: 'bob' })], mine)).toEqual([]))
  it.each([
    ['watch-fired', 'gone', /^Gone from the ERP: being unlinked/, false],
    ['watch-fired', 'procore-gone', /Procore’s own Unlink should work now/, false],
    ['watch-expired', 'time', /^Not gone in time/, true],
    ['watch-cancelled', 'not-allowed', /the right to unlink is missing/, true],
    ['watch-cancelled', 'reason', /money was invoiced since/, true],
  ] as const)('tells whoever asked for an unlink in advance how it ended (%s, %s)', (kind, code, text, trouble) => {
    const told = event(kind, { person: 'ada', items: [item], data: { code } })
    const [toast] = toastsOf([told], mine)
    expect(toast && said(toast)).toMatch(text)
    expect([toast && isTrouble(toast), toast?.item]).toEqual([trouble, item])
    expect(toastsOf([{ ...told, person: 'bob' }], mine)).toEqual([])
  })
  it.each([
    ['en', 'Subcontract SC-1001: Gone from the ERP: being unlinked, as asked for in advance.'],
    ['de', 'Unterauftrag SC-1001: Aus dem ERP weg: Die Verknüpfung wird aufgehoben, wie im Voraus verlangt.'],
  ] as const)('and of which record: several may be waited for (%s)', (language, text) => {
    const subcontract = { type: 'work-order-contract', id: '1' }
    const told = event('watch-fired', { person: 'ada', items: [subcontract], data: { code: 'gone', key: 'SC-1001' } })
    const [toast] = toastsOf([told], mine)
    expect(toast && sayToast(toast, wordsFor(language), today)).toBe(text)
  })
  it.each(['asked', 'unlinked'])('says nothing of what a person ended by hand (%s)', (code) =>
    expect(toastsOf([event('watch-cancelled', { person: 'ada', data: { code } })], mine)).toEqual([]),
  )

  it('comes for everything when asked to', () => expect(toastsOf([ended()], { ...mine, about: 'all' })).toHaveLength(1))

  it('knows which run touched this page although the events came one by one', () => {
    const earlier = [event('link-changed', { run: 'r', items: [item] })]
    expect(toastsOf([ended()], here, earlier)[0]?.item).toEqual(item)
  })

  it('of a file counts the records it moved, on whatever page they are, and its rows in trouble', () => {
    const others = { type: 'vendor', id: '9' }
    const moved = [
      event('link-changed', { run: 'r', items: [item] }),
      event('link-changed', { run: 'r', items: [others, others], more: 10 }),
      event('link-changed', { run: 'another', items: [others] }),
    ]
    const [toast] = toastsOf([ended({ data: { rows: 296, unchanged: 283, changed: 13, problems: 1 } })], here, moved)
    expect(toast && said(toast)).toBe('13 updated, 1 needs attention · as of 2:02 PM')
  })

  it.each([
    [{ updated: 12, failed: 0 }, '12 updated · as of 2:02 PM', false],
    [{ updated: 0, failed: 0 }, 'Nothing changed · as of 2:02 PM', false],
    [{ updated: 1, failed: 1 }, '1 updated, 1 needs attention · as of 2:02 PM', true],
    [{ state: 'failed' }, 'The run stopped', true],
  ])('of %j says “%s”', (data, text, trouble) => {
    const [toast] = toastsOf([ended({ data, person: 'ada' })], mine)
    expect(toast && [said(toast), isTrouble(toast)]).toEqual([text, trouble])
  })
})

describe('the stack', () => {
  const toast = (id: string, failed = 0): Toast => ({
    id,
    kind: 'run',
    updated: 1,
    at: '',
    failed,
    stopped: false,
    file: '',
    item: null,
    project: null,
  })
  const ids = (toasts: readonly Toast[]): string => toasts.map(({ id }) => id).join('')

  it('holds at most three, and drops success before trouble', () =>
    expect(ids([toast('a', 1), toast('b'), toast('c'), toast('d')].reduce<Toast[]>((now, next) => stacked(now, next), []))).toBe('acd'))
  it('drops the oldest when all are trouble', () =>
    expect(ids(['a', 'b', 'c', 'd'].reduce<Toast[]>((now, id) => stacked(now, toast(id, 1)), []))).toBe('bcd'))
  it('replaces an earlier word about the same run', () => expect(ids(stacked([toast('a'), toast('b')], toast('a', 3)))).toBe('ba'))
})

it('a click leads to the record, and nowhere when its address is not known', () => {
  expect(addressOf('purchase-order-contract', '9', '5')).toBe('/5/project/contracts/commitments/purchase_order_contracts/9')
  expect(addressOf('requisition', '9', '5', { type: 'purchase-order-contract', id: '7' })).toBe(
    '/5/project/commitments/purchase_order_contracts/7/requisitions/9',
  )
  expect(addressOf('requisition', '9', '5')).toBeNull()
  expect(addressOf('vendor', '9', null)).toBeNull()
  expect(addressOf('direct-cost', '9', null)).toBeNull()
})
