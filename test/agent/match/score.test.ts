import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../agent/match/names.ts'
import { type Face, score } from '../../../agent/match/score.ts'
import { conflictCodes } from '../../../agent/match/ties.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'

type Said = Omit<Face, 'names'> & { names: readonly string[] }
const face = ({ names = [], ...of }: Partial<Said>): Face => ({
  ...{ numbers: [], phones: [], taxId: null, under: {}, amounts: {}, ...of },
  names: names.map((text) => ({ text, words: wordsOf(text) })),
})

/** What an accountant would say of each pair: how likely, and why. */
const table: [string, Partial<Said>, Partial<Said>, number, string[]][] = [
  ['nothing in common', { names: ['Steel'] }, { names: ['Concrete'] }, 0, []],
  ['the same name alone is no proof', { names: ['Ace Steel Inc'] }, { names: ['ACE STEEL'] }, 0.6, ['name']],
  [
    'name and phone',
    { names: ['Ace Steel'], phones: ['(216) 555-0100'] },
    { names: ['Ace Steel'], phones: ['+1 216 555 0100'] },
    0.76,
    ['name', 'phone'],
  ],
  ['the same tax number', { taxId: 'a1' }, { taxId: 'a1' }, 0.9, ['tax-id']],
  ['name and tax number', { names: ['Ace'], taxId: 'a1' }, { names: ['Ace'], taxId: 'a1' }, 0.96, ['tax-id', 'name']],
  [
    'the same name of another tax number',
    { names: ['Ace'], taxId: 'a1' },
    { names: ['Ace'], taxId: 'b2' },
    0.12,
    ['name', 'tax-id-differs'],
  ],
  [
    'number, project and amount',
    { numbers: ['SC-001'], under: { project: '9' }, amounts: { original: '100.00' } },
    { numbers: ['SC-001'], under: { project: '9' }, amounts: { original: '100.0' } },
    0.91,
    ['number', 'amount', 'same-project'],
  ],
  [
    'a number written otherwise, project and title',
    { numbers: ['SC-001'], names: ['Roof'], under: { project: '9' } },
    { numbers: ['sc 1'], names: ['ROOF'], under: { project: '9' } },
    0.91,
    ['number-loose', 'name', 'same-project'],
  ],
  [
    'leading zeros and dashes say nothing',
    { numbers: ['0012-A'], names: ['Roof'], under: { project: '9' } },
    { numbers: ['12a'], names: ['ROOF'], under: { project: '9' } },
    0.91,
    ['number-loose', 'name', 'same-project'],
  ],
  ['1-1 is not 11', { numbers: ['A 1-1'], names: ['Roof'] }, { numbers: ['A 11'], names: ['Roof'] }, 0.36, ['name', 'number-differs']],
  [
    'the same number in another project',
    { numbers: ['1'], under: { project: '9' } },
    { numbers: ['1'], under: { project: '8' } },
    0.32,
    ['number', 'project-differs'],
  ],
  ['nothing is no amount to know a record by', { amounts: { original: '0.00' } }, { amounts: { original: '0' } }, 0, []],
  ['other amounts alone are no reason', { amounts: { original: '1.00' } }, { amounts: { original: '2.00' } }, 0, ['amount-differs']],
]

const text = fc.constantFrom('SC-1', 'sc1', '001', 'Ace Steel Inc', 'Ace Steel', 'Ace Stele', 'Béton & Fils', 'x')
const amount = fc.constantFrom('0', '0.00', '1.00', '-1.0', '250.10')
const texts = fc.array(text, { maxLength: 2 })
const id = fc.option(fc.constantFrom('1', '2'), { nil: undefined })
const faces: fc.Arbitrary<Face> = fc
  .record({
    ...{ numbers: texts, names: texts, phones: fc.array(fc.constantFrom('555 0100', '(216) 555-0100', '1'), { maxLength: 1 }) },
    taxId: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
    under: fc
      .record({ commitment: id, company: id, project: id })
      .map((of) => Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Face['under']),
    amounts: fc.dictionary(fc.constantFrom('original', 'revised'), amount),
  })
  .map(face)
const many = { numRuns: 3_000, seed: 20_261_123 }

describe('a score', () => {
  it.each(table)('%s', (_name, erp, procore, expected, codes) => {
    const { score: found, reasons, against } = score(face(erp), face(procore))
    expect([found, [...reasons, ...against].map(({ code }) => code)]).toEqual([expected, codes])
  })

  it('is the same both ways round', () =>
    fc.assert(
      fc.property(faces, faces, (a, b) => {
        const [one, other] = [score(a, b), score(b, a)]
        expect(one.score).toBe(other.score)
        const codes = ({ reasons, against }: typeof one) => [...reasons, ...against].map(({ code }) => code)
        expect(codes(one).toSorted()).toEqual(codes(other).toSorted())
      }),
      many,
    ))

  it('is highest for what is exactly the same', () =>
    fc.assert(
      fc.property(faces, faces, (a, b) => {
        expect(score(a, b).score).toBeLessThanOrEqual(score(a, a).score)
      }),
      many,
    ))

  it('is nothing without a reason, something with one, and never certain', () =>
    fc.assert(
      fc.property(faces, faces, (a, b) => {
        const { score: found, reasons } = score(a, b)
        expect(found > 0).toBe(reasons.length > 0)
        expect(found).toBeLessThan(1)
      }),
      many,
    ))

  it('has words for all that speaks for a pair, against it, or stands in the way', () => {
    const codes = new Set(
      fc.sample(fc.tuple(faces, faces), { ...many, numRuns: 20_000 }).flatMap(([a, b]) => {
        const { reasons, against } = score(a, b)
        return [...reasons, ...against].map(({ code }) => code)
      }),
    )
    expect(codes.size).toBe(16)
    for (const language of languages) {
      const texts = wordsFor(language).texts as Record<string, string>
      expect([...codes, ...conflictCodes].filter((code) => !texts[`match.${code}`])).toEqual([])
    }
  })
})
