import { describe, expect, it, test } from 'vitest'
import type { HistoryEntry } from '../../../extension/bridge/own-calls.ts'
import { historyTable } from '../../../extension/entrypoints/record/history-table.ts'
import { marksOf } from '../../../extension/entrypoints/record/marks.ts'
import { typesOf } from '../../../extension/entrypoints/record/values.ts'
import { carriedBy, whoOf } from '../../../extension/entrypoints/record/who.ts'
import { fileName } from '../../../shared/ui/save-file.ts'
import { tableText } from '../../../shared/ui/table-text.ts'
import { wordsFor } from '../../../shared/words/index.ts'

const words = wordsFor('de')
const entry = (changes: Partial<HistoryEntry>): HistoryEntry => ({
  ...{ at: '2026-11-22T14:02:10.000Z', code: 'moved', person: null, run: null, file: null, from: 'synced', to: 'changed-in-erp' },
  ...{ fields: [], params: {} },
  ...changes,
})
const file = { name: 'commitments.csv', sha256: 'ab', line: 214 }
const typeOf = typesOf({ figures: [{ field: 'closed', type: 'flag', procore: '0', erp: '0', difference: null, agrees: true }] })

describe('what is marked for ever', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['an unlink against the forecast', { why: 'unlink', override: 'true' }, ['override', 'unlink']],
    ['the act that asked for it', { act: 'unlink-overridden' }, ['override', 'unlink']],
    ['an unlink', { why: 'unlink' }, ['unlink']],
    ['its undoing', { act: 'relinked' }, ['undo']],
    ['the link that is back', { why: 'relink' }, ['undo']],
    ['an export', { why: 'take' }, []],
  ])('%s', (_, params, marks) => expect(marksOf({ params })).toEqual(marks))
})

describe('who or what it was', () => {
  it('is the person, whatever carried it', () => expect(whoOf(entry({ person: 'Ada', file }), words)).toBe('Ada'))
  it('is the person with the browser they acted in', () =>
    expect(whoOf(entry({ code: 'act', person: 'Ada', params: { browser: 'Chrome at home (8)' } }), words)).toBe('Ada, Chrome at home (8)'))
  it('is the command line, or the agent, where no person is known', () => {
    expect(whoOf(entry({ code: 'act', params: { act: 'unlink-overridden', origin: 'cli' } }), words)).toBe('Kommandozeile')
    expect(whoOf(entry({}), words)).toBe('der Agent selbst')
  })
  it('is nobody where a file says it all, or nobody knows', () => {
    expect(whoOf(entry({ file }), words)).toBe('')
    expect(whoOf(entry({ code: 'item-changed' }), words)).toBe('')
  })
  it('came by a run and a file with its line', () =>
    expect(carriedBy(entry({ run: { id: '41', kind: 'take' }, file }), words)).toEqual(['Lauf 41', 'commitments.csv, Zeile 214']))
})

test('a value is written as its field is, and one the record no longer has as it looks', () =>
  expect([typeOf('closed', '1'), typeOf('revised', '-12.50'), typeOf('title', '12'), typeOf('title', '1.2.34')]).toEqual([
    ...['flag', 'money', 'text', 'text'],
  ]))

test('for Excel: a row for each field, numbers to reckon with, and nothing that runs', () => {
  const fields = [
    { field: 'revised', procore: '10.00', erp: '12.50', erpWas: '10.00' },
    { field: 'closed', procore: '0', erp: null },
  ]
  const told = [entry({ fields, file, params: { why: 'take' } }), entry({ code: 'act', params: { act: 'archived', reason: '=1+1' } })]
  const rows = tableText(historyTable(told, 'Sage 300 CRE', typeOf, words), words.locale)
    .split('\r\n')
    .map((line) => line.split('\t'))
  expect(rows.slice(1, 4).map((row) => row.slice(2, 7))).toEqual([
    ['Revidiert', '', '10,00', '10,00', '12,50'],
    ['Abgeschlossen', '', 'Nein', '', ''],
    ['', '', '', '', ''],
  ])
  expect(rows[3]?.[8]).toBe("'=1+1")
  expect(rows[0]).toHaveLength(rows[1]?.length ?? 0)
})

test('a file is named by what it is and of what, in signs every disk takes', () =>
  expect(fileName('snapshot', 'vendor:12/..\\', 'json')).toBe('tieback-snapshot-vendor-12-.json'))
