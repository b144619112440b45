import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearlyLower, decide, type Pair } from '../../../agent/match/decide.ts'

const pair = (record: number, item: string, score: number, conflict = false): Pair => ({ record, item, score, conflict })

const table: [string, Pair[], string[], string[]][] = [
  ['one sure pair', [pair(1, 'a', 0.95)], ['1a'], []],
  ['not sure enough', [pair(1, 'a', 0.8)], [], ['1 below']],
  ['nothing at all', [], [], ['1 nothing']],
  ['a second item nearly as likely', [pair(1, 'a', 0.95), pair(1, 'b', 0.9)], [], ['1 ambiguous']],
  ['a second item clearly less so', [pair(1, 'a', 0.95), pair(1, 'b', 0.8)], ['1a'], []],
  ['two records for one item', [pair(1, 'a', 0.95), pair(2, 'a', 0.93)], [], ['1 ambiguous', '2 ambiguous']],
  ['the best is tied elsewhere', [pair(1, 'a', 0.95, true)], [], ['1 conflict']],
  ['what is tied elsewhere makes the free one unsure', [pair(1, 'a', 0.95, true), pair(1, 'b', 0.92)], [], ['1 ambiguous']],
]

describe('many at once', () => {
  it.each(table)('%s', (_name, pairs, tied, left) => {
    const records = [...new Set([1, ...pairs.map(({ record }) => record)])]
    const decided = decide(records, pairs, 0.9)
    expect(decided.tie.map(({ record, item }) => `${record}${item}`)).toEqual(tied)
    expect(decided.left.map(({ record, because }) => `${record} ${because}`)).toEqual(left)
  })

  it('ties no record and no item twice, nothing below the mark, and leaves out no record', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc
            .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 99 }), fc.boolean())
            .map(([record, item, n, conflict]) => pair(record, item, n / 100, conflict)),
          { selector: ({ record, item }) => `${record}${item}` },
        ),
        (pairs) => {
          const records = [1, 2, 3, 4, 5, 6]
          const { tie, left } = decide(records, pairs, 0.7)
          expect(new Set(tie.map(({ record }) => record)).size).toBe(tie.length)
          expect(new Set(tie.map(({ item }) => item)).size).toBe(tie.length)
          expect([...tie, ...left].map(({ record }) => record).toSorted()).toEqual(records)
          for (const one of tie) {
            expect(one.conflict || one.score < 0.7).toBe(false)
            const rivals = pairs.filter(({ record, item }) => (record === one.record) !== (item === one.item))
            expect(rivals.filter(({ score }) => score > one.score - clearlyLower)).toEqual([])
          }
        },
      ),
      { numRuns: 2_000, seed: 4 },
    ))
})
