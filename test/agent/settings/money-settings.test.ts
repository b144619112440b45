import { describe, expect, it } from 'vitest'
import { readMoneySetting } from '../../../agent/settings/money-settings.ts'

describe('what only the office can say', () => {
  it.each([
    ['amounts.tax=gross', { name: 'amounts.tax', value: 'gross' }],
    ['amounts.holdback=', { name: 'amounts.holdback', value: undefined }],
    ['base-type.MAT=materials', { name: 'base-type.MAT', value: 'materials' }],
    ['direct-cost-type.EQ cost=expense', { name: 'direct-cost-type.EQ cost', value: 'expense' }],
    ['blast-radius.share=0.1', { name: 'blast-radius.share', value: 0.1 }],
    ['blast-radius.floor=0', { name: 'blast-radius.floor', value: 0 }],
  ])('%s', (said, read) => expect(readMoneySetting(said)).toEqual(read))

  it.each(['amounts.tax', 'amounts.tax=yes', 'base-type.=materials', 'blast-radius.share=5', 'blast-radius.floor=-1', 'secret=x', '='])(
    '%s is refused, with what there is',
    (said) => expect(readMoneySetting(said)).toEqual({ wrong: expect.stringMatching(/takes|is no setting/) }),
  )
})
