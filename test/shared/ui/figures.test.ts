import { expect, it } from 'vitest'
import { figuresTable } from '../../../shared/ui/figures.tsx'
import { wordsFor } from '../../../shared/words/index.ts'

it('an unticked field is said to be not mapped: neither unknown nor agreeing', () => {
  const fax = { field: 'fax', type: 'text', procore: '2', erp: null, difference: null, agrees: null, mapped: false }
  const { rows } = figuresTable([fax, { ...fax, field: 'city', mapped: true }], 'Sage', wordsFor('en'))
  expect(rows).toEqual([
    ['Fax', '2', 'not mapped', ''],
    ['City', '2', 'unknown', ''],
  ])
})
