import { describe, expect, test } from 'vitest'
import { isDamagedCode } from '../../../agent/formats/damaged-code.ts'

describe('a code a spreadsheet changed', () => {
  test.each([
    ...['1.23E+11', ' 1,23E+11 ', '1E+5', '1.2E+123', '1001.0', '12.0 ', ' 1-Jan', '01. Jan', '01-Jan-26', 'Mar-3000', 'Mar-00'],
    ...['Mrz 00', '1-Mär', 'janv-00', 'août-12', '01-févr-26', 'ene-26'],
  ])('%s is told', (text) => {
    expect(isDamagedCode(text)).toBe(true)
  })

  test.each(['24-1001', '03-3000', ' 318100', 'MAR-3000', '01.000', '12.5', 'E+', 'SUB', 'marlow', 'Total', '', '1.2.0', 'May Co'])(
    '%s is left alone',
    (text) => {
      expect(isDamagedCode(text)).toBe(false)
    },
  )

  test('what people type may well be a month or a decimal, never an exponent', () => {
    expect(['Mar-26', '12.0', '1.23E+11'].map((text) => isDamagedCode(text, true))).toEqual([false, false, true])
  })
})
