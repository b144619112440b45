import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { defaultReadSettings, type ReadSettings } from '../../../agent/formats/format.ts'
import { identify } from '../../../agent/formats/identify.ts'
import { openExport } from '../../../agent/formats/open-export.ts'
import { type NewRow, Rescan } from '../../../agent/formats/rescan.ts'
import { settingsVersion } from '../../../agent/formats/settings-version.ts'
import { formatOf } from '../../../agent/formats/workbook/number-formats.ts'
import { plainNumber } from '../../../agent/formats/workbook/numbers.ts'
import { sync } from '../../../agent/sync.ts'
import { type Problem, sayProblem } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { openCompany } from '../ledger/company.ts'
import { type MadeBook, type MadeCell, makeWorkbook, zip } from './make-workbook.ts'

let folder = ''
beforeEach(async () => {
  const made = await tempFolder('workbook')
  folder = made.path
  return () => made[Symbol.asyncDispose]()
})

const seed = new Uint8Array(16)

type Taken = { rows: NewRow[]; problems: Problem[]; sheet: unknown; rescan: Rescan; format: string }

async function opened(bytes: Buffer, settings: ReadSettings = defaultReadSettings) {
  const path = join(folder, 'export.xlsx')
  writeFileSync(path, bytes)
  return openExport({ path, name: 'export.xlsx', folder }, settings)
}

async function taken(made: MadeBook, settings: ReadSettings = defaultReadSettings, previous: Uint8Array | null = null): Promise<Taken> {
  const open = await opened(makeWorkbook(made), settings)
  if ('code' in open) throw new Error(sayProblem(open))
  const found = identify(open.path, 'export.xlsx', open.settings)
  if ('code' in found) throw new Error(sayProblem(found))
  const rescan = new Rescan({ seed, formatId: found.format.id, settingsVersion: settingsVersion(settings), previous })
  const batches = [...rescan.read(open.path, found.format, open.settings, 'export.xlsx')]
  open.close()
  const rows = batches.flatMap((batch) => batch.rows)
  return { rows, problems: batches.flatMap((batch) => batch.problems), sheet: open.sheet, rescan, format: found.format.id }
}

const refused = async (bytes: Buffer, settings?: ReadSettings): Promise<Problem> => {
  const open = await opened(bytes, settings)
  if (!('code' in open)) throw new Error('It was taken.')
  return open
}

const head = ['Job', 'Description', 'Status', 'Contract_Date', 'Original_Contract_Amount'] as const
const one = (...rows: (readonly MadeCell[])[]): MadeBook => ({ sheets: [{ name: 'Jobs', rows: [head, ...rows] }] })
const day = (serial: number): MadeCell => ({ v: String(serial), s: 1 })
const formats = ['mm/dd/yyyy']

describe('values', () => {
  test('texts are read shared, inline, in runs and across lines; how they are pronounced is not part of them', async () => {
    const strings = ['24-1', '<r><t>Lib</t></r><r><t>rary</t></r><rPh sb="0" eb="1"><t>raibu</t></rPh>', 'Two_x000D_\nlines, "quoted"']
    const shared = (at: number): MadeCell => ({ t: 's', v: String(at) })
    const { rows } = await taken({
      ...one([shared(0), shared(1), 'Open'], ['24-2', shared(2), { t: 'str', v: 'In progress', f: 'A1' }]),
      strings,
    })
    expect(rows.map(({ line, fields }) => [line, fields['job'], fields['description'], fields['status']])).toEqual([
      [2, '24-1', 'Library', 'Open'],
      [3, '24-2', 'Two\nlines, "quoted"', 'In progress'],
    ])
  })

  test('numbers come as they were typed, whatever style the connection sets for texts', async () => {
    const said = ['98.740554156171290', '1250', '-0.10000000000000001', '1E-7', '1.5E21', '1234567.8899999999']
    const cells = said.map((v, at) => [`24-${at}`, 'x', 'x', null, { v }])
    const { rows, problems } = await taken(one(...cells), { ...defaultReadSettings, decimal: ',', minus: [] })
    expect(problems).toEqual([])
    expect(rows.map(({ fields }) => fields['original_contract'])).toEqual([
      '98.74055415617129',
      '1250',
      '-0.1',
      '0.0000001',
      '1500000000000000000000',
      '1234567.89',
    ])
  })

  test('an amount that stands there as text is read by the style of the connection', async () => {
    const { rows, problems } = await taken(one(['24-1', 'x', 'x', null, '1.250,50'], ['24-2', 'x', 'x', null, '1,250.50']), {
      ...defaultReadSettings,
      decimal: ',',
      thousands: ['.'],
    })
    expect(rows.map(({ fields }) => fields['original_contract'])).toEqual(['1250.50'])
    expect(problems).toMatchObject([{ code: 'amount-unreadable', params: { line: 3, text: '1,250.50' } }])
  })

  test.each([
    ['1900', false, [1, 59, 61, 46096], ['1900-01-01', '1900-02-28', '1900-03-01', '2026-03-15']],
    ['1904', true, [0, 60, 44634], [null, '1904-03-01', '2026-03-15']],
  ])('days are counted from %s', async (_, from1904, serials, days) => {
    const rows = serials.map((serial, at) => [`24-${at}`, 'x', 'x', day(serial)])
    const read = await taken({ ...one(...rows), formats, from1904 }, { ...defaultReadSettings, date: 'dd.mm.yyyy' })
    const first = from1904 ? '1904-01-01' : days[0]
    expect(read.rows.map(({ fields }) => fields['contract_date'])).toEqual([first, ...days.slice(1)])
  })

  test('the day that never was, a day before the count, a time of day and a number without a date format are no dates', async () => {
    const { rows, problems } = await taken({
      ...one(...[day(60), day(-1), day(46096.5), 46096].map((cell, at) => [`24-${at}`, 'x', 'x', cell])),
      formats,
    })
    expect(rows).toEqual([])
    expect(problems.map(({ code, params }) => [code, params?.['text']])).toEqual([
      ['date-unreadable', '60'],
      ['date-unreadable', '-1'],
      ['date-unreadable', '03/15/2026 12:00:00'],
      ['date-unreadable', '46096'],
    ])
  })

  test('a number format says what a number is', () => {
    const kinds = [
      'yyyy-mm-dd',
      'd. mmm yy',
      '[$-409]m/d/yy h:mm AM/PM;@',
      'h:mm',
      '0.00',
      '#,##0.00 "days"',
      '[h]:mm',
      '[Red]0',
      '0.0%',
      'General',
      '\\d0',
    ]
    expect(kinds.map(formatOf)).toEqual([
      'date',
      'date',
      'date',
      'date',
      'number',
      'number',
      'number',
      'number',
      'percent',
      'number',
      'number',
    ])
    expect(formatOf('00000')).toEqual({ digits: 5 })
  })

  test('digits keep the zeros their format shows, a percentage is no amount, true and false are flags', async () => {
    const rows: MadeCell[][] = [
      ['Job', 'Description', 'Job_Complete', 'Zip_Code', 'JTD_Cost'],
      [24, 'x', { t: 'b', v: '1' }, { v: '1001', s: 1 }, { v: '0.07', s: 2 }],
      [25, 'x', { t: 'b', v: '0' }, { v: '1001', s: 1 }, 7],
    ]
    const read = await taken({ sheets: [{ name: 'Jobs', rows }], formats: ['00000', '0.00%'] })
    expect(read.rows.map(({ fields }) => fields)).toMatchObject([{ job: '25', job_complete: '0', zip: '01001', jtd_cost: '7' }])
    expect(read.problems).toMatchObject([{ code: 'amount-unreadable', params: { text: '7%', key: '24' } }])
  })

  test('any number survives, to the last digit', () => {
    for (const text of ['0', '0.1', '123456789.12', '0.000001', '0.0000001', '1e21', '1.7976931348623157e308', '-5e-324', '-1.5e-8'])
      expect([text, plainNumber(Number(text)), Number(plainNumber(Number(text)))]).toEqual([
        text,
        expect.stringMatching(/^-?\d+(\.\d+)?$/),
        Number(text),
      ])
  })
})

describe('what cannot be believed is a problem of its row, by line, column and cause', () => {
  test('errors, formulas nobody calculated, codes a spreadsheet changed, merged cells', async () => {
    const made = {
      ...one(
        ['24-1', 'an error', 'x', null, { t: 'e', v: '#REF!' }],
        ['24-2', 'no value', 'x', null, { f: 'A1' }],
        ['24-3', 'an empty value', 'x', null, { f: 'A1', v: '' }],
        [day(46096), 'a code that became a day', 'x', null, 1],
        [1234567890123456, 'a code that lost digits', 'x', null, 1],
        ['24-6', 'merged with the row above', 'x', null, 6],
        ['24-7', null, 'x', null, 7],
        ['24-8', 'fine, and a formula', 'x', null, { f: 'A1', v: '8' }],
        ['24-9', { f: '""', t: 'str', v: '' }, 'calculated to nothing', null, 9],
      ),
      formats,
    }
    const sheets = made.sheets.map((sheet) => ({ ...sheet, merged: ['B7:B8'] }))
    const { rows, problems } = await taken({ ...made, sheets })
    expect(rows.map(({ key, amount, fields }) => [key, amount, fields['original_contract']])).toEqual([
      ['24-6', null, '6'],
      ['24-8', null, '8'],
      ['24-9', null, '9'],
    ])
    expect(problems.map(sayProblem)).toEqual([
      'Line 2, Original_Contract_Amount: the cell holds #REF! instead of a value. Correct it in the workbook and save it again.',
      'Line 3, Original_Contract_Amount: the formula was never calculated. Open the workbook where it was made, let it calculate, and save it again.',
      'Line 4, Original_Contract_Amount: the formula was never calculated. Open the workbook where it was made, let it calculate, and save it again.',
      expect.stringMatching(/^Line 5, Job: “03\/15\/2026” looks like a code a spreadsheet has changed\./),
      expect.stringMatching(/^Line 6, Job: “1234567890123456” looks like a code/),
      'Line 8, Description: the cell is merged with another. Unmerge it, so that every row holds its own value.',
    ])
    expect(problems.every(({ at }) => at?.file === 'export.xlsx' && at.line !== undefined && at.column !== undefined)).toBe(true)
    const codes = problems.map(({ code }) => code)
    reaches('cell-error', codes)
    reaches('code-damaged', codes)
    reaches('cell-merged', codes)
  })

  test('what a program wrote into its formulas for Excel to calculate is no value', async () => {
    const { rows, problems } = await taken({ ...one(['24-1', 'x', 'x', null, { f: 'A1*2', v: '0' }]), uncalculated: true })
    const codes = problems.map(({ code }) => code)
    expect([rows, codes]).toEqual([[], ['cell-no-value']])
    reaches('cell-no-value', codes)
  })

  test('an error in a column nobody reads holds up nothing', async () => {
    const { rows } = await taken({
      sheets: [
        {
          name: 'Jobs',
          rows: [
            [...head, 'Remark'],
            ['24-1', 'x', 'x', null, 1, { t: 'e', v: '#N/A' }],
          ],
        },
      ],
    })
    expect(rows.length).toBe(1)
  })
})

describe('the sheet', () => {
  test('titles, totals, gaps and notes beside the table do not matter; line numbers are those of the sheet', async () => {
    const rows: MadeCell[][] = [
      ['Practice Builders Inc'],
      [],
      [...head],
      ['24-1', 'a', 'Open', null, 1, 'a note', 'beside it'],
      ['Practice Builders Inc'],
      [null, null, null, null, null],
      ['24-2', 'b', 'Open'],
      ['Grand total', null, null, null, 1],
    ]
    const { rows: read, problems, rescan } = await taken({ sheets: [{ name: 'Jobs', rows }] })
    expect([read.map(({ key, line }) => [key, line]), problems]).toEqual([
      [
        ['24-1', 4],
        ['24-2', 7],
      ],
      [],
    ])
    expect(rescan.summary.skipped).toEqual({ title: 3, header: 1, total: 1, blank: 1 })
  })

  test('rows and cells a writer leaves out are empty', async () => {
    const row = (number: number, cells: string) => `<row r="${number}">${cells}</row>`
    const text = (place: string, said: string) => `<c r="${place}" t="str"><v>${said}</v></c>`
    const sheet = `<x:worksheet xmlns:x="m"><x:sheetData>${row(2, head.map((name, at) => text(`${'ABCDE'[at]}2`, name)).join(''))}${row(9, `${text('A9', '24-1')}<c r="E9"><v>5</v></c>`)}<row><c t="str"><v>24-2</v></c><c t="str"><v>y</v></c></row></x:sheetData></x:worksheet>`
    const { rows } = await taken({ sheets: [{ name: 'Jobs', rows: [] }], parts: { 'xl/worksheets/sheet1.xml': sheet } })
    expect(rows.map(({ key, line, fields }) => [key, line, fields['description'], fields['original_contract']])).toEqual([
      ['24-1', 9, null, '5'],
      ['24-2', 10, 'y', null],
    ])
  })

  test('hidden rows and a hidden sheet are taken, and said', async () => {
    const rows = [head, ['24-1', 'a', 'x'], ['24-2', 'b', 'x'], ['24-3', 'c', 'x'], []] as const
    const read = await taken({
      sheets: [
        { name: 'Cover', rows: [['Nothing here']] },
        { name: 'Jobs', rows, state: 'veryHidden', hiddenRows: [3, 4, 5] },
      ],
    })
    expect(read.rows.map(({ key }) => key)).toEqual(['24-1', '24-2', '24-3'])
    expect(read.sheet).toEqual({ name: 'Jobs', isHidden: true, hiddenRows: 2, otherSheets: 1 })
  })

  test('two that are recognised are a problem that names both', async () => {
    const vendors = {
      name: 'Suppliers',
      rows: [
        ['Vendor', 'Name'],
        ['V1', 'Marlow'],
      ],
    }
    const trouble = await refused(makeWorkbook({ sheets: [{ name: 'Jobs', rows: [head] }, vendors] }))
    expect(sayProblem(trouble)).toBe(
      'export.xlsx fits more than one format: “Jobs”: Sage 300 CRE jobs (JCM_MASTER__JOB), “Suppliers”: Sage 300 CRE vendors (APM_MASTER__VENDOR). Say in the connection which one it is.',
    )
  })

  test('a mapping takes it whatever it looks like', async () => {
    const mappings = [{ entity: 'tax-groups' as const, columns: { tax_group: 'Code', rate: 'Per\ncent' } }]
    const rows = [
      ['Code', 'Per\ncent'],
      ['TX', 8.25],
    ]
    const read = await taken({ sheets: [{ name: 'Anything', rows }] }, { ...defaultReadSettings, mappings })
    expect([read.format, read.rows[0]?.fields]).toEqual(['generic-csv:tax-groups', { tax_group: 'TX', rate: '8.25' }])
  })

  test('none that is recognised says what the nearest misses', async () => {
    const sheets = [
      { name: 'Cover', rows: [['Hello']] },
      {
        name: 'V',
        rows: [
          ['Vendor', 'City'],
          ['V1', 'A'],
        ],
      },
    ]
    expect(sayProblem(await refused(makeWorkbook({ sheets })))).toMatch(/Nearest: Sage 300 CRE vendors .*, without Name\./)
    expect(await refused(makeWorkbook({ sheets: [] }))).toMatchObject({ code: 'file-unknown' })
  })

  test('only what changed is read again', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => [`24-${at}`, 'x', 'Open', null, at])
    const first = await taken(one(...rows))
    for (const row of first.rows) first.rescan.assign(row.slot, row.line)
    const changed = rows.map((row, at) => (at === 7 ? ['24-7', 'x', 'Closed', null, 7] : row))
    const second = await taken(one(...changed), defaultReadSettings, first.rescan.pack())
    expect([second.rows.map(({ key }) => key), second.rescan.summary.unchanged, [...second.rescan.gone()]]).toEqual([['24-7'], 49, [9]])
  })

  test('nothing is left behind, taken or refused', async () => {
    await taken(one(['24-1', 'x', 'x']))
    await refused(makeWorkbook({ ...one(['24-1', { t: 's', v: '7' }, 'x']) }))
    expect(readdirSync(folder)).toEqual(['export.xlsx'])
  })
})

describe('what is no workbook we read is refused whole, by name', () => {
  const compound = (inside: string): Buffer =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3_000_000), Buffer.from(inside, 'utf16le'), Buffer.alloc(600)])

  test.each([
    ['an old .xls', compound('Workbook'), { code: 'file-other-workbook', params: { kind: '.xls' } }],
    ['an .xls of Excel 4', Buffer.from([9, 4, 6, 0, 0, 0, 16, 0, 0, 0]), { code: 'file-other-workbook', params: { kind: '.xls' } }],
    ['one with a password', compound('EncryptedPackage'), { code: 'file-encrypted' }],
    ['a packed file with a password', zip({ 'xl/workbook.xml': 'x' }, true), { code: 'file-encrypted' }],
    [
      'a binary workbook',
      zip({ 'xl/workbook.bin': 'x', '[Content_Types].xml': '' }),
      { code: 'file-other-workbook', params: { kind: '.xlsb' } },
    ],
    ['one of LibreOffice', zip({ mimetype: 'x', 'content.xml': 'x' }), { code: 'file-other-workbook', params: { kind: '.ods' } }],
    ['any other packed file', zip({ 'a.txt': 'x' }), { code: 'file-not-text' }],
    ['half of one', makeWorkbook(one(['24-1', 'x', 'x'])).subarray(0, 900), { code: 'file-damaged' }],
    [
      'one whose sheet breaks off',
      makeWorkbook({ ...one(), parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' } }),
      { code: 'file-damaged' },
    ],
    [
      'one with a document type',
      makeWorkbook({ ...one(), parts: { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>' } }),
      { code: 'file-damaged' },
    ],
    ['one with a text that is missing', makeWorkbook(one(['24-1', { t: 's', v: '3' }, 'x'])), { code: 'file-damaged' }],
    [
      'one whose rows go backwards',
      makeWorkbook({ ...one(), parts: { 'xl/worksheets/sheet1.xml': '<worksheet><row r="5"/><row r="4"/></worksheet>' } }),
      { code: 'file-damaged' },
    ],
  ])('%s', async (_, bytes, trouble) => {
    expect(await refused(bytes)).toMatchObject({ ...trouble, at: { file: 'export.xlsx' } })
    expect(readdirSync(folder)).toEqual(['export.xlsx'])
  })

  test('each by a code of its own', async () => {
    reaches('file-other-workbook', (await refused(compound('Workbook'))).code)
    reaches('file-encrypted', (await refused(compound('EncryptedPackage'))).code)
    reaches('file-damaged', (await refused(makeWorkbook(one(['24-1', 'x', 'x'])).subarray(0, 900))).code)
  })

  test('a small file that unpacks to something huge', async () => {
    const header = `<row>${head.map((name) => `<c t="str"><v>${name}</v></c>`).join('')}</row>`
    const row = `<row>${'<c t="str"><v>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</v></c>'.repeat(100)}</row>`
    const bomb = makeWorkbook({
      ...one(),
      parts: { 'xl/worksheets/sheet1.xml': `<worksheet>${header}${row.repeat(4000)}</worksheet>` },
    })
    expect(bomb.length).toBeLessThan(200_000)
    const trouble = await refused(bomb)
    expect(sayProblem(trouble)).toBe(
      'export.xlsx unpacks to more than 100 MB, or to more than 200 times its size. Export it in parts or as CSV; nothing of it was taken.',
    )
  })

  test('one long text that stands in very many cells', async () => {
    const strings = ['x'.repeat(32_000)]
    const cells = '<c t="s"><v>0</v></c>'.repeat(20)
    const rows = Array.from(
      { length: 300 },
      (_, at) => `<row r="${at + 2}"><c t="str"><v>24-${at}</v></c><c t="str"><v>${at * 7919}</v></c><c t="str"><v>x</v></c>${cells}</row>`,
    )
    const header = `<row>${head.map((name) => `<c t="str"><v>${name}</v></c>`).join('')}</row>`
    const trouble = await refused(
      makeWorkbook({ ...one(), strings, parts: { 'xl/worksheets/sheet1.xml': `<worksheet>${header}${rows.join('')}</worksheet>` } }),
    )
    reaches('file-too-large', trouble.code)
  })
})

describe('a workbook dropped in', () => {
  test('becomes records as an export does; the same file again changes nothing', async () => {
    const company = await openCompany()
    const path = join(folder, 'vendors.xlsx')
    const drop = (rows: readonly (readonly MadeCell[])[]) => {
      const bytes = makeWorkbook({ sheets: [{ name: 'Vendors', rows: [['Vendor', 'Name', 'City'], ...rows] }] })
      writeFileSync(path, bytes)
      company.clock.now += 60_000
      const times = { mtimeMs: company.clock.now, asOf: new Date(company.clock.now).toISOString() }
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const file = { path, name: 'vendors.xlsx', spool: null, size: bytes.length, sha256, ...times, complete: { proof: 'none' } as const }
      return sync(company.transact, { connection: company.connection, file })
    }
    expect(
      await drop([
        ['V1', 'Marlow', 'A'],
        ['V2', 'Larch', 'B'],
      ]),
    ).toMatchObject({
      filed: 'done',
      sheet: { name: 'Vendors', isHidden: false, hiddenRows: 0, otherSheets: 0 },
    })
    expect(company.links('vendors').map(({ key }) => key)).toEqual(['V1', 'V2'])
    expect(
      (
        await drop([
          ['V1', 'Marlow', 'A'],
          ['V2', 'Larch', 'B'],
        ])
      ).filed,
    ).toBe('unchanged')
    expect(
      await drop([
        ['V1', { t: 'e', v: '#N/A' }, 'A'],
        ['V2', 'Larch', 'C'],
      ]),
    ).toMatchObject({ filed: 'done' })
    expect(company.rows('select code from problems').map(({ code }) => code)).toEqual(['cell-error'])
  })
})
