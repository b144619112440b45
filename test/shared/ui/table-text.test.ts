import { describe, expect, it } from 'vitest'
import { figuresTable } from '../../../shared/ui/figures.tsx'
import { tableText } from '../../../shared/ui/table-text.ts'
import { wordsFor } from '../../../shared/words/index.ts'

const cells = (locale: string, ...row: Parameters<typeof tableText>[0]['rows'][number]): string[] =>
  tableText({ head: [], rows: [row] }, locale)
    .split('\r\n')[1]
    ?.split('\t') ?? []

describe('a table copied for Excel', () => {
  it('has its head, tabs between cells and a line end Excel knows after each row, the last one too', () => {
    expect(tableText({ head: ['Field', 'ERP'], rows: [['Title', 'Steel']] }, 'en')).toBe('Field\tERP\r\nTitle\tSteel\r\n')
  })
  it.each([
    ['en', '-1250000.50'],
    ['de-DE', '-1250000,50'],
    ['fr-CA', '-1250000,50'],
    ['es', '-1250000,50'],
    ['de-CH', '-1250000.50'],
  ])('writes numbers without grouping, in the reader’s decimal mark (%s)', (locale, text) => {
    expect(cells(locale, { number: '-1250000.50' })).toEqual([text])
  })
  it('rounds nothing, however long the number', () => {
    expect(cells('en', { number: '12345678901234567890.1234' })).toEqual(['12345678901234567890.1234'])
  })
  it('leaves what is not known empty, never zero', () => {
    expect(cells('en', null, { number: null })).toEqual(['', ''])
  })
  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '  =HYPERLINK("x")', '+49 170 123'])(
    'marks %s as text: it could run as a formula',
    (text) => {
      expect(cells('en', text)).toEqual([`'${text}`])
    },
  )
  it.each(['-12.50', '+5', '-3', 'SC-1042', 'a=b', '0077'])('leaves %s as it is', (text) => expect(cells('en', text)).toEqual([text]))
  it('a value that only claims to be a number is treated as the text it is', () => {
    expect(cells('en', { number: '=1+1' })).toEqual(["'=1+1"])
  })
  it('a tab or a line end inside a text moves no cell', () => {
    expect(cells('en', 'a\tb\r\nc', 'd')).toEqual(['a b c', 'd'])
    expect(cells('en', '\t=1+1')).toEqual(["' =1+1"])
  })
})

it('the numbers of a record are copied to reckon with: amounts exact, the rest as it is shown', () => {
  const words = wordsFor('de-DE')
  const figures = [
    { field: 'original', type: 'money', procore: '1298210.50', erp: '1295000.00', difference: '3210.50', agrees: false },
    { field: 'invoiced', type: 'money', procore: '310000.00', erp: null, difference: null, agrees: null },
    { field: 'title', type: 'text', procore: '=Steel', erp: 'STEEL', difference: null, agrees: false },
  ]
  expect(tableText(figuresTable(figures, 'Sage 300 CRE', words), words.locale)).toBe(
    [
      'Feld\tProcore\tSage 300 CRE\tDifferenz',
      'Ursprünglich\t1298210,50\t1295000,00\t3210,50',
      'In Rechnung gestellt\t310000,00\tunbekannt\t',
      "Titel\t'=Steel\tSTEEL\t≠",
      '',
    ].join('\r\n'),
  )
})
