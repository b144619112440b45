import fc from 'fast-check'
import { expect, it } from 'vitest'
import { iso, isoOrNull } from '../../../agent/server/says.ts'

it('a time is said as toISOString says it, for every millisecond of a century', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.parse('1970-01-01T00:00:00Z'), max: Date.parse('2099-12-31T23:59:59.999Z') }), (ms) => {
      expect(iso(ms)).toBe(new Date(ms).toISOString())
    }),
  )
})

it('no time stays no time', () =>
  expect([isoOrNull(null), isoOrNull(undefined), isoOrNull(0)]).toEqual([null, null, '1970-01-01T00:00:00.000Z']))
