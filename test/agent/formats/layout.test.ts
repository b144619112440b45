import { describe, expect, test } from 'vitest'
import { sniffDelimiter } from '../../../agent/formats/delimiter.ts'
import { bomOf, Utf8Check } from '../../../agent/formats/encoding.ts'
import { findHeader } from '../../../agent/formats/find-header.ts'
import { defaultReadSettings } from '../../../agent/formats/format.ts'
import { layoutOfBytes } from '../../../agent/formats/layout.ts'

const known = new Set(['vendor', 'name', 'city', 'amount'])
const layout = (content: string | Buffer, settings = defaultReadSettings) =>
  layoutOfBytes(Buffer.from(content as string), true, 'f.csv', settings, known)

describe('the delimiter', () => {
  test.each([
    [',', 'Vendor,Name,City\nV1,"a;b;c",A\n'],
    [';', 'Vendor;Name;Amount\nV1;"a,b";1,50\nV2;c;2,50\n'],
    ['\t', 'Vendor\tName\tCity\nV1\ta, b\tA\n'],
    ['|', 'Vendor|Name|City\nV1|a|A\n'],
    [';', 'sep=;\r\nVendor;Name\r\nV1;a\r\n'],
    [',', 'Vendors of Practice, Inc; printed 1 March\n\nVendor,Name,City\nV1,a,A\nV2,b,B\n'],
  ])('%j is the clear winner', (expected, content) => {
    expect(sniffDelimiter(Buffer.from(content), known, 'f.csv')).toBe(expected)
  })

  test.each([
    ['one row by another', 'Vendor,Name,City\nV1,a,A\nV2|b|B\nV3,c,C\n'],
    ['half the rows by another', 'Vendor,Name,City\nV1|a|A\nV2|b|B\nV3,c,C\n'],
    ['two that cut every row alike', 'a|b,c|d\n1|2,3|4\n5|6,7|8\n'],
  ])('%s is refused', (_, content) => {
    expect(sniffDelimiter(Buffer.from(content), known, 'f.csv')).toMatchObject({ code: 'file-mixed-delimiter' })
  })

  test('a pinned delimiter is not second-guessed', () => {
    expect(layout('Vendor;Name\nV1;a\n', { ...defaultReadSettings, delimiter: ',' })).toMatchObject({ delimiter: ',' })
  })
})

describe('the header', () => {
  test('is found below titles and blanks, by the names we know', () => {
    expect(findHeader([['Vendors'], [''], ['Vendor', 'NAME ', 'Other'], ['V1', 'a', 'b']], known)).toBe(2)
  })

  test('is the first of several', () => {
    expect(
      findHeader(
        [
          ['x', 'y'],
          ['Vendor', 'Name'],
          ['V1', 'a'],
          ['Vendor', 'Name'],
        ],
        known,
      ),
    ).toBe(1)
  })

  test('is not made up where nothing looks like one', () => {
    expect(
      findHeader(
        [
          ['1', '2'],
          ['3', '4'],
        ],
        known,
      ),
    ).toBeNull()
  })
})

describe('the encoding', () => {
  test('BOM first, then valid UTF-8, then cp1252', () => {
    expect(layout('\ufeffVendor,Name\nV1,é\n')).toMatchObject({ encoding: 'utf-8', bom: 3, header: ['Vendor', 'Name'] })
    expect(layout('Vendor,Name\nV1,é\n')).toMatchObject({ encoding: 'utf-8', bom: 0 })
    expect(layout(Buffer.from('Vendor,Name\nV1,\x80é\n', 'latin1'))).toMatchObject({ encoding: 'cp1252', rows: [['V1', '€é']] })
    expect(layout(Buffer.from('\ufeffVendor\tName\nV1\té\n', 'utf16le'))).toMatchObject({
      encoding: 'utf-16le',
      bom: 2,
      rows: [['V1', 'é']],
    })
  })

  test('big-endian UTF-16 and files with zeros are refused by name', () => {
    expect(bomOf(Buffer.from([0xfe, 0xff]))).toMatchObject({ encoding: 'utf-16be' })
    expect(layout(Buffer.from([0xfe, 0xff, 0, 65]))).toMatchObject({ code: 'file-encoding' })
    expect(layout(Buffer.from('a,b\0c\n'))).toMatchObject({ code: 'file-not-text' })
  })

  test('UTF-8 is checked across chunks cut inside a character, and the first bad byte is named', () => {
    const good = Buffer.from('aé漢🏗'.repeat(3))
    for (let size = 1; size < 9; size++) {
      const check = new Utf8Check()
      for (let at = 0; at < good.length; at += size) check.add(good.subarray(at, at + size))
      expect(check.end()).toBe(true)
    }
    const check = new Utf8Check()
    check.add(good)
    check.add(Buffer.concat([Buffer.from('abcé'), Buffer.from([0xe9]), Buffer.from('xyz')]))
    expect([check.end(), check.badAt]).toEqual([false, good.length + 5])
    const half = new Utf8Check()
    half.add(good.subarray(0, good.length - 1))
    expect(half.end()).toBe(false)
  })
})
