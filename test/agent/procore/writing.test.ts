import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExact, plain, rawNumber } from '../../../agent/procore/exact-json.ts'
import { isDate, toRow } from '../../../agent/procore/writing.ts'

const decimal = fc
  .tuple(fc.boolean(), fc.stringMatching(/^[1-9]\d{0,19}$/), fc.stringMatching(/^\d{1,10}$/))
  .map(([minus, whole, part]) => `${minus ? '-' : ''}${whole}.${part}`)

describe('what is written to Procore', () => {
  it('keeps every digit of a number', () => {
    fc.assert(fc.property(decimal, (text) => JSON.stringify({ amount: rawNumber(text) }) === `{"amount":${text}}`))
  })

  it('reads back every digit that was written', () => {
    fc.assert(fc.property(decimal, (text) => (parseExact(`{"amount":${text}}`) as { amount: unknown }).amount === text))
  })

  it.each([
    ['1.5e3', '1500'],
    ['1e-3', '0.001'],
    ['12.34e1', '123.4'],
    ['-2E2', '-200'],
  ])('reads %s as %s', (text, expected) => expect(plain(text)).toBe(expected))

  it.each(['', 'abc', '1,5', '1e5', 'NaN', 'Infinity', '1.', '.5', '0x10'])('refuses “%s” as a number', (text) => {
    expect(toRow({ amount: 'number' }, { amount: text })).toMatchObject({ ok: false, problem: { code: 'value-unsendable' } })
  })

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '01/02/2026', '2026-01-01T00:00:00Z', 'today'])(
    'never sends “%s” as a date',
    (text) => {
      expect(isDate(text)).toBe(false)
      expect(toRow({ date: 'date' }, { date: text })).toMatchObject({ ok: false })
    },
  )

  it('sends only published fields, and only published values of those that have a list', () => {
    expect(toRow({ name: 'text' }, { name: 'A', colour: 'red' })).toMatchObject({ ok: false, problem: { params: { field: 'colour' } } })
    expect(toRow({ name: 'text' }, { constructor: 'x' })).toMatchObject({ ok: false })
    expect(toRow({ status: ['draft'] }, { status: 'gone' })).toMatchObject({ ok: false })
    expect(toRow({ id: 'id' }, { id: '12 or 1' })).toMatchObject({ ok: false })
    const row = toRow(
      { id: 'id', on: 'flag', when: 'date', sum: 'amount' },
      { id: '562949953421416', on: true, when: '2026-02-28', sum: '10.50' },
    )
    expect(row.ok && JSON.stringify(row.row)).toBe('{"id":562949953421416,"on":true,"when":"2026-02-28","sum":"10.50"}')
  })
})
