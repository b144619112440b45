import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExportSeen, forecastOf, type UnlinkFacts } from '../../../agent/unlink/forecast.ts'
import { type ForecastCode, forecastKinds, forecasts, isOverridable } from '../../../shared/forecast.ts'
import { isWatchable } from '../../../shared/watch.ts'
import { words as de } from '../../../shared/words/de.ts'
import { en } from '../../../shared/words/en.ts'
import { words as es } from '../../../shared/words/es.ts'
import { words as fr } from '../../../shared/words/fr-FR.ts'

const at = Date.parse('2026-11-20T06:00:00Z')
const now = at + 7 * 86_400_000
const seen: fc.Arbitrary<ExportSeen> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 6 * 86_400_000 }))
  .map(([id, later]) => ({ id, file: `export-${id}.csv`, asOf: at + later }))
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 2 })

const rare = fc.nat(4).map((n) => n === 0)
const mostly = rare.map((is) => !is)

/** The newest export may be the one that holds it, or be complete. */
const exportsSeen = fc
  .record({
    ...{ missing: maybe(seen), seen: maybe(seen), newest: maybe(seen), complete: maybe(seen), elsewhere: maybe(seen) },
    ...{ same: fc.boolean(), whole: fc.boolean() },
  })
  .map(({ same, whole, ...one }) => {
    const newest = same ? one.seen : one.newest
    return { ...one, newest, complete: whole ? newest : one.complete }
  })

const facts = fc.record({
  ...{ record: fc.integer({ min: 1, max: 99 }), key: fc.stringMatching(/^[A-Z0-9-]{1,8}$/), owner: fc.constantFrom('tieback', 'procore') },
  ...{ procoreNeedsMs: fc.integer({ min: 0, max: 14 * 86_400_000 }), writing: mostly, underWay: rare },
  item: maybe(fc.record({ ownership: fc.constantFrom('none', 'ours', 'foreign'), deleted: rare })),
  ...{ unlinkedSince: rare.map((is) => (is ? at : null)), children: fc.constant<UnlinkFacts['children']>([]) },
  ...{
    checked: mostly,
    deletable: fc.boolean(),
    refusesReversed: fc.boolean(),
    master: fc.boolean(),
    sayable: fc.boolean(),
    gone: fc.boolean(),
  },
  how: maybe(fc.constantFrom('sage-300-cre.commitments', 'of-an-erp-nobody-knows')),
  invoiced: fc.boolean(),
  leftWith: maybe(fc.constantFrom('24-1', '')),
})

/** What is gone was missing from an export, which is the newest if there is no other. */
const alone: fc.Arbitrary<UnlinkFacts> = fc.tuple(facts, exportsSeen, seen).map(([one, exports, first]) => {
  if (!one.gone) return { ...one, ...exports }
  const missing = exports.missing ?? first
  return { ...one, ...exports, missing, newest: exports.newest ?? missing }
})

/** Some have linked items under them, of which the ledger need not know the record. */
const cases: fc.Arbitrary<UnlinkFacts> = fc
  .tuple(alone, fc.nat(3), fc.array(maybe(alone), { minLength: 1, maxLength: 3 }))
  .map(([one, often, under]) => ({
    ...one,
    children: often > 0 ? [] : under.map((facts, n) => ({ type: 'commitment-change-order', id: String(n), facts })),
  }))

/** Says of every case what must hold, whatever the order the rules are asked in. */
const rules: Record<(typeof forecastKinds)[number], (facts: UnlinkFacts) => boolean> = {
  done: ({ item, unlinkedSince }) => item !== null && !item.deleted && unlinkedSince !== null,
  ready: ({ owner, item, writing, underWay, checked, gone, leftWith, children, unlinkedSince }) =>
    children.length === 0 &&
    unlinkedSince === null &&
    owner === 'tieback' &&
    item?.ownership === 'ours' &&
    !item.deleted &&
    writing &&
    !underWay &&
    (!checked || (gone && leftWith === null)),
  'left-with-job': ({ owner, item, checked, gone, leftWith }) =>
    owner === 'tieback' && item?.ownership === 'ours' && checked && gone && leftWith !== null,
  unknown: ({ owner, checked, gone }) => owner === 'tieback' && checked && !gone,
  refused: ({ owner, item, writing, underWay, gone, children }) =>
    item === null ||
    item.deleted ||
    (owner === 'tieback' && (item.ownership === 'none' || !writing || underWay || children.length > 0 || !gone)),
  'not-ours': ({ owner, item }) => item !== null && !item.deleted && (owner === 'procore' || item.ownership === 'foreign'),
}

describe('a forecast', () => {
  it('is of exactly the kind its facts allow, in 5,000 cases', () =>
    fc.assert(
      fc.property(cases, (facts) => {
        const { kind, code } = forecastOf(facts, now)
        expect(forecasts[code as ForecastCode]).toBe(kind)
        expect(forecastKinds.filter((one) => one === kind && rules[one](facts))).toEqual([kind])
      }),
      { numRuns: 5_000, seed: 20_261_122 },
    ))

  it('is never ready unless complete exports have proved the record gone, or nothing is checked', () =>
    fc.assert(
      fc.property(cases, (facts) => {
        const { kind } = forecastOf({ ...facts, gone: false, checked: true }, now)
        expect(kind).not.toBe('ready')
      }),
      { numRuns: 2_000, seed: 7 },
    ))

  it('keeps its id while its facts stay, whatever the time, where Tieback holds the link', () =>
    fc.assert(
      fc.property(cases, (facts) => {
        const ours = { ...facts, owner: 'tieback' } as const
        expect(forecastOf(ours, now + 86_400_000).id).toBe(forecastOf(ours, now).id)
        expect(forecastOf({ ...ours, record: facts.record + 100 }, now).id).not.toBe(forecastOf(ours, now).id)
      }),
      { numRuns: 1_000, seed: 11 },
    ))

  it('fills every place of its sentence, in every language', () =>
    fc.assert(
      fc.property(cases, (facts) => {
        const { code, params } = forecastOf(facts, now)
        for (const words of [en, de, fr, es]) {
          const text = (words as Record<string, string>)[`forecast.${code}`] ?? `no words for ${code}`
          const places = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
          expect(places.filter((name) => name !== 'erp' && params[name] === undefined)).toEqual([])
        }
      }),
      { numRuns: 2_000, seed: 3 },
    ))

  it('of every code is reached by some case', () => {
    const reached = new Set(fc.sample(cases, { numRuns: 20_000, seed: 5 }).map((one) => forecastOf(one, now).code))
    expect([...reached].toSorted()).toEqual(Object.keys(forecasts).toSorted())
  })
})

describe('a record of a kind that ages out of its exports', () => {
  const newest: ExportSeen = { id: 2, file: 'costs-2.csv', asOf: at }
  const cost: UnlinkFacts = {
    ...{ record: 1, key: '900|4101|33|1', owner: 'tieback', procoreNeedsMs: 0, writing: true, underWay: false, unlinkedSince: null },
    ...{
      item: { ownership: 'ours', deleted: false },
      children: [],
      checked: true,
      deletable: true,
      how: null,
      refusesReversed: false,
      invoiced: false,
      elsewhere: null,
    },
    ...{ master: false, sayable: false, gone: false, leftWith: null, missing: null, seen: newest, newest, complete: newest },
  }

  it.each([
    ['is still there while the newest holds it, and waiting would not help', cost, 'still-there-part'],
    ['need not be deleted once the newest lacks it', { ...cost, seen: { ...newest, id: 1 } }, 'not-told'],
    ['keeps its link in Procore’s hands while the newest holds it', { ...cost, owner: 'procore' }, 'procore-there'],
    ['of which Procore asks nothing of the ERP, goes there at once', { ...cost, owner: 'procore', checked: false }, 'procore-free'],
  ] as const)('%s', (_says, facts, code) => {
    expect(forecastOf(facts, now).code).toBe(code)
    if (facts.owner === 'tieback') expect([isOverridable(code), isWatchable(code)]).toEqual([true, false])
  })
})
