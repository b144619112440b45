import { describe, expect, it } from 'vitest'
import { inOrder, orderedFields, withMoved } from '../../../shared/mapping/order.ts'
import { applyPreset, presets } from '../../../shared/mapping/presets.ts'
import { defaultTicks, ticksDiff, ticksText, withField } from '../../../shared/mapping/ticks.ts'

const figures = ['number', 'title', 'amount']
const start = defaultTicks()
const titleFirst = withMoved(start, 'commitments', figures, 'title', -1)

describe('the order of a panel’s figures', () => {
  it.each([
    [[], 'number title amount'],
    [['amount', 'number'], 'amount number title'],
    [['gone', 'title'], 'title number amount'],
  ])('puts those named first: %j gives %s', (order, all) => {
    expect(inOrder(figures, order, (field) => field).join(' ')).toBe(all)
  })

  it.each([
    ['title', -1, 'title number amount'],
    ['title', 1, 'number amount title'],
    ['number', -1, 'number title amount'],
    ['amount', 1, 'number title amount'],
    ['unknown', 1, 'number title amount'],
  ] as const)('moves %s by %i, and no further than there are places', (field, by, all) => {
    expect(orderedFields(withMoved(start, 'commitments', figures, field, by), 'commitments', figures).join(' ')).toBe(all)
  })

  it('is told as a change of its own, and moved back is none, to the byte', () => {
    expect(ticksDiff(start, titleFirst)).toEqual([{ id: 'commitments', ticked: [], unticked: [], ordered: true }])
    const back = withMoved(titleFirst, 'commitments', figures, 'title', 1)
    expect(ticksDiff(start, back)).toEqual([])
    expect(ticksText(back)).toBe(ticksText(start))
  })

  it('stays through ticks and presets', () => {
    const ticked = withField(titleFirst, 'commitments', 'description', false)
    const preset = presets.find(({ mappings }) => mappings.includes('Transaction (JC)'))
    const transactionsMoved = withMoved(ticked, 'jc-transactions', figures, 'amount', -1)
    if (!preset) throw new Error('no preset names the transactions')
    const applied = applyPreset(transactionsMoved, preset)
    expect(orderedFields(applied, 'commitments', figures)).toEqual(['title', 'number', 'amount'])
    expect(orderedFields(applied, 'jc-transactions', figures)).toEqual(['number', 'amount', 'title'])
  })
})
