import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike, wordsOf } from '../../../agent/match/names.ts'

/** Two ways to write one name, as both systems do. */
const same: [string, string][] = [
  ['Smith & Sons, Inc.', 'SMITH AND SONS'],
  ['Smith + Sons Incorporated', 'Smith et Sons'],
  ['Müller und Söhne GmbH & Co. KG', 'Muller & Sohne'],
  ['Béton Québec Ltée', 'BETON QUEBEC'],
  ['Construcciones Peña y Ruiz, S.A. de C.V.', 'Construcciones Pena Ruiz'],
  ['Travaux Publics S.A.R.L.', 'travaux publics sarl'],
  ['Acme S. A.', 'ACME'],
  ['The Paving Company', 'Paving Co.'],
  ['J. B. Electric LLC', 'JB Electric'],
  ["O'Brien Steel Ltd.", 'OBrien Steel'],
  ['Straße & Brücke AG', 'Strasse Brucke'],
  ['Northern Mechanical Contractors of Ohio Inc', 'Northern Mechanical Contractor'],
]
const others: [string, string][] = [
  ['Smith & Sons', 'Smith Electric'],
  ['Lot 12 Paving', 'Lot 13 Paving'],
  ['ABC', 'ABD'],
  ['Steel Works North', 'Concrete Works South'],
]

describe('names', () => {
  it.each(same)('%s is %s', (a, b) => expect(alike(wordsOf(a), wordsOf(b))).toBe(1))
  it.each(others)('%s is not %s', (a, b) => expect(alike(wordsOf(a), wordsOf(b))).toBeLessThan(1))
  it.each([
    ['Electrical Contracters Inc', 'Electrical Contractors'],
    ['Reinforced Concrete West', 'Concrete West'],
  ])('%s is like %s', (a, b) => {
    const how = alike(wordsOf(a), wordsOf(b))
    expect([how >= 0.6, how]).toEqual([true, how])
  })
  it('of a legal form alone keeps it', () => expect(wordsOf('Co. Ltd')).toEqual(['co', 'ltd']))
  it('of nothing is like nothing, not even itself', () => expect(alike(wordsOf(' – '), wordsOf(' – '))).toBe(0))
  it('are alike the same both ways round, and most like themselves', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(alike(wordsOf(a), wordsOf(b))).toBe(alike(wordsOf(b), wordsOf(a)))
        expect(alike(wordsOf(a), wordsOf(b))).toBeLessThanOrEqual(1)
        if (wordsOf(a).length > 0) expect(alike(wordsOf(a), wordsOf(a))).toBe(1)
      }),
      { numRuns: 2_000, seed: 1 },
    ))
})
