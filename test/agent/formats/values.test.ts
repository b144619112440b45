import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultReadSettings, type ReadSettings } from '../../../agent/formats/format.ts'
import { amountOf, dateOf, flagOf, readValue, unreadable } from '../../../agent/formats/values.ts'

const us: ReadSettings = { ...defaultReadSettings, thousands: [','], minus: ['leading', 'trailing', 'parentheses', 'unicode', 'cr'] }
const german: ReadSettings = { ...defaultReadSettings, decimal: ',', thousands: ['.', ' '] }
const swiss: ReadSettings = { ...defaultReadSettings, thousands: ["'"] }

describe('amounts', () => {
  test.each([
    ['1250.50', us, '1250.50'],
    ['1,234,567.8900', us, '1234567.8900'],
    ['-5', us, '-5'],
    ['5-', us, '-5'],
    ['(5.00)', us, '-5.00'],
    ['−5', us, '-5'],
    ['5 CR', us, '-5'],
    ['.50', us, '0.50'],
    ['-0.00', us, '0.00'],
    ['007', us, '7'],
    ['1.234', german, '1234'],
    ['1.234.567,89', german, '1234567.89'],
    ['1 234,5', german, '1234.5'],
    ['1\u00a0234,5', german, '1234.5'],
    ['1\u202f234,5', german, '1234.5'],
    ["1'234.56", swiss, '1234.56'],
  ] as const)('%s reads as it is meant', (text, settings, expected) => {
    expect(amountOf(text, settings)).toBe(expected)
  })

  test.each([
    ['1,234', defaultReadSettings],
    ['12,34.00', us],
    ['1,2345', us],
    ['1.5', { ...german, thousands: [] }],
    ['5-', defaultReadSettings],
    ['(5)', defaultReadSettings],
    ['−5', defaultReadSettings],
    ['5 CR', defaultReadSettings],
    ['-5', { ...defaultReadSettings, minus: [] }],
    ['1.23E+11', us],
    ['$5', us],
    ['--5', us],
    ['(5)-', us],
    ['5.', us],
    ['.', us],
    ['1.2.3', us],
    ['', us],
    ['abc', us],
    ['٣', us],
  ] as const)('%s is refused', (text, settings) => {
    expect(amountOf(text, settings)).toBeNull()
  })

  test('whatever the style, the value comes back or nothing does', () => {
    const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    fc.assert(
      fc.property(cents, fc.constantFrom('leading', 'trailing', 'parentheses', 'unicode', 'cr' as const), (units, style) => {
        const digits = (units < 0n ? -units : units).toString().padStart(3, '0')
        const plain = `${digits.slice(0, -2)}.${digits.slice(-2)}`
        const grouped = plain.replace(/\B(?=(\d{3})+(?=\.))/g, ',')
        const shapes = {
          leading: `-${grouped}`,
          trailing: `${grouped}-`,
          parentheses: `(${grouped})`,
          unicode: `−${grouped}`,
          cr: `${grouped} CR`,
        }
        const text = units < 0n ? shapes[style] : grouped
        expect(amountOf(text, us)).toBe(units < 0n ? `-${plain}` : plain)
      }),
    )
  })
})

describe('dates', () => {
  test.each([
    ['2026-03-05', 'yyyy-mm-dd', '2026-03-05'],
    ['3/5/2026', 'mm/dd/yyyy', '2026-03-05'],
    ['05/03/2026', 'dd/mm/yyyy', '2026-03-05'],
    ['5.3.2026', 'dd.mm.yyyy', '2026-03-05'],
    ['03052026', 'mmddyyyy', '2026-03-05'],
    ['05032026', 'ddmmyyyy', '2026-03-05'],
    ['20260305', 'yyyymmdd', '2026-03-05'],
    ['05-MAR-2026', 'dd-mon-yyyy', '2026-03-05'],
    ['02/29/2024', 'mm/dd/yyyy', '2024-02-29'],
    ['3/5/2026 12:00:00 AM', 'mm/dd/yyyy', '2026-03-05'],
    ['2026-03-05 00:00:00.000', 'yyyy-mm-dd', '2026-03-05'],
  ] as const)('%s in %s', (text, format, expected) => {
    expect(dateOf(text, format)).toBe(expected)
  })

  test.each([
    ['02/29/2026', 'mm/dd/yyyy'],
    ['31/02/2026', 'dd/mm/yyyy'],
    ['13/01/2026', 'mm/dd/yyyy'],
    ['03/05/26', 'mm/dd/yyyy'],
    ['3/5/2026 2:15:00 PM', 'mm/dd/yyyy'],
    ['2026-3-5', 'yyyy-mm-dd'],
    ['00/00/0000', 'mm/dd/yyyy'],
    ['46086', 'mm/dd/yyyy'],
    ['05-MÄR-2026', 'dd-mon-yyyy'],
    ['today', 'yyyy-mm-dd'],
  ] as const)('%s is no %s', (text, format) => {
    expect(dateOf(text, format)).toBeNull()
  })
})

describe('cells', () => {
  test('empty, blank and a printed database NULL are empty, never zero; a code keeps its blanks', () => {
    for (const cell of ['', '   ', 'NULL']) expect(readValue(cell, { type: 'money' }, defaultReadSettings)).toBeNull()
    expect(readValue('NULL', { type: 'code' }, defaultReadSettings)).toBe('NULL')
    expect(readValue(' 318100', { type: 'code' }, defaultReadSettings)).toBe(' 318100')
    expect(readValue('0.00', { type: 'money' }, defaultReadSettings)).toBe('0.00')
  })

  test('a flag is 1 or 0 in the ways programs write it, and nothing else', () => {
    expect(['1', 'True', 'YES', 'y'].map(flagOf)).toEqual(['1', '1', '1', '1'])
    expect(['0', 'false', 'No', 'n'].map(flagOf)).toEqual(['0', '0', '0', '0'])
    for (const text of ['2', '-1', 'perhaps', '']) expect(flagOf(text)).toBeNull()
    expect(readValue('2', { type: 'flag' }, defaultReadSettings)).toBe(unreadable)
  })
})
