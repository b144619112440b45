import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { defaultReadSettings, type Format, type ReadSettings, type Row } from '../../../agent/formats/format.ts'
import { headerName } from '../../../agent/formats/header-names.ts'
import { chooseFormat, identify } from '../../../agent/formats/identify.ts'
import { formats, formatsFor } from '../../../agent/formats/index.ts'
import { Rescan } from '../../../agent/formats/rescan.ts'
import { RowReader } from '../../../agent/formats/rows.ts'
import { settingsVersion } from '../../../agent/formats/settings-version.ts'
import { type Token, tokenize } from '../../../agent/formats/tokenize.ts'
import type { Problem } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'

const folder = mkdtempSync(join(tmpdir(), 'formats-'))
afterAll(() => rmSync(folder, { recursive: true }))

const plain = defaultReadSettings
const mapped: ReadSettings = {
  ...plain,
  mapping: { entity: 'commitment-items', columns: { commitment: 'Order', item: 'Pos', amount: 'Sum', cost_code: 'Account' } },
}

/** One line per sample: who it belongs to, its header, and a row with `#` for a running number. */
const samples: readonly { format: string; header: string; row: string; settings: ReadSettings }[] = [
  { format: 'sage-vendors', header: 'Vendor,Name,City,ZIP,Bank_ID', row: 'V#,"Marlow, Ltd",Portwell,01001,99', settings: plain },
  {
    format: 'sage-vendors',
    header: 'vendor,vname,vtype,vaddr1,vaddr2,vcity,vstate',
    row: 'V#,Marlow,SUB,1 Main,,Portwell,OR',
    settings: plain,
  },
  {
    format: 'sage-jobs',
    header: 'Job,Description,Status,JTD_Cost,Contract_Date',
    row: '24-#,"Library ""A""",In progress,12.50,03/15/2026',
    settings: plain,
  },
  { format: 'sage-jobs', header: 'job,jdesc,jstatus,jaddr1', row: '24-#,Library,In progress,1 Site', settings: plain },
  {
    format: 'sage-commitments',
    header: 'Commitment,Description,Vendor,Job,Commitment_Type,Closed,Amount_Invoiced',
    row: 'SC-#,Doors,V1,24-1,Subcontract,0,1.25',
    settings: plain,
  },
  {
    format: 'sage-commitments',
    header: 'sub,sdesc,svendor,sjob,samt,sapprco,samtinv,sclosed',
    row: 'SC-#,Doors,V1,24-1,10.00,0.00,1.25,0',
    settings: plain,
  },
  {
    format: 'sage-commitment-items',
    header: 'Commitment,Item_Number,Description,Units,Unit_Cost,Amount,Cost_Code',
    row: 'SC-1,#,"two\nlines",1.5,2,3.00,03-3000',
    settings: plain,
  },
  {
    format: 'sage-commitment-items',
    header: 'isub,item,idesc,iamt,itxamt,iappcoa,ijob,iphase,icat',
    row: 'SC-1,#,Doors,3.00,0.00,0.00,24-1,08-1000,SUB',
    settings: plain,
  },
  {
    format: 'sage-jc-transactions',
    header: 'Job,Cost_Code,Transaction_Type,Transaction_Date,Amount,Vendor,Commitment,Run,Batch,Sequence,Employee,Pay_ID',
    row: '24-1,03-3000,PR cost,03/15/2026,-1.25,V1,SC-1,7,9,#,Ann Other,REG',
    settings: plain,
  },
  { format: 'sage-jc-transactions', header: 'Job,Transaction_Type,Amount,Row_ID', row: '24-1,AP cost,1.25,#', settings: plain },
  { format: 'generic-csv:commitment-items', header: 'Order,Pos,Sum,Account,Remark', row: 'SC-1,#,3.00,03-3000,private', settings: mapped },
  {
    format: 'generic-csv:vendors',
    header: 'Vendor,Name,City',
    row: 'V#,Marlow,Portwell',
    settings: { ...plain, mapping: { entity: 'vendors', columns: { vendor: 'Vendor', name: 'Name' } } },
  },
]

const fileOf = ({ header, row }: (typeof samples)[number], count = 30): string =>
  `${header}\r\n${Array.from({ length: count }, (_, at) => `${row.replace('#', String(at + 1))}\r\n`).join('')}`

let written = 0
function stored(content: string): string {
  const path = join(folder, `${written++}.csv`)
  writeFileSync(path, content)
  return path
}

type Rows = { rows: Row[]; problems: Problem[] }

function read(content: string, settings: ReadSettings): Rows & { format: Format } {
  const path = stored(content)
  const identified = identify(path, 'export.csv', settings)
  if ('code' in identified) throw new Error(JSON.stringify(identified))
  const { format } = identified
  const rescan = new Rescan({ seed: new Uint8Array(16), formatId: format.id, settingsVersion: settingsVersion(settings), previous: null })
  const batches = [...rescan.read(path, format, settings, 'export.csv')]
  const rows = batches.flatMap((batch) => batch.rows.map(({ slot: _, ...row }) => row))
  return { format, rows, problems: batches.flatMap((batch) => batch.problems) }
}

async function readInChunks(content: string, format: Format, settings: ReadSettings, size: number): Promise<Rows> {
  const bytes = Buffer.from(content)
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
  const tokens: Token[] = []
  for await (const token of tokenize(chunks, { delimiter: ',', encoding: 'utf-8' })) tokens.push(token)
  const found = tokens.shift()
  const reader = new RowReader(format, settings, found?.cells ?? [], 'export.csv')
  const reads = tokens.map(({ cells, line, offset }) => reader.read(cells, line, offset))
  return {
    rows: reads.flatMap((one) => ('row' in one ? [one.row] : [])),
    problems: reads.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  }
}

describe.each(samples)('$format ($header)', (sample) => {
  const content = fileOf(sample)
  const { settings } = sample

  test('is told from every other format', () => {
    expect(read(content, settings).format.id).toBe(sample.format)
    const header = sample.header.split(',')
    const claims = formatsFor(settings).filter((format) =>
      format.identify({ name: 'x', delimiter: ',', header, rows: [], mapping: settings.mapping }),
    )
    expect(claims.map((format) => format.id)).toEqual([sample.format])
  })

  test('loses no row and gives each a key of its own', () => {
    const { rows, problems } = read(content, settings)
    expect([rows.length, new Set(rows.map((row) => row.key)).size, problems]).toEqual([30, 30, []])
  })

  test('gives the same rows twice, and however the bytes are cut', async () => {
    const once = read(content, settings)
    expect(read(content, settings).rows).toEqual(once.rows)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (size) => {
        expect((await readInChunks(content, once.format, settings, size)).rows).toEqual(once.rows)
      }),
      { numRuns: 20 },
    )
  })

  test('keeps no column that is not mapped', () => {
    const { rows, format } = read(content, settings)
    const fields = new Set(format.columns.map((column) => column.field))
    expect(rows.every((row) => Object.keys(row.fields).every((field) => fields.has(field)))).toBe(true)
    expect(JSON.stringify(rows)).not.toMatch(/Ann Other|REG|private|"99"/)
  })

  test('refuses money it cannot read, names line and column, and keeps the other rows', () => {
    const at = read(content, settings).format.columns.find(
      (column) => column.type === 'money' && column.headers.some((name) => sample.header.split(',').includes(name)),
    )
    if (at === undefined) return expect(sample.format).toMatch(/vendors|jobs/) // these two carry files without amounts
    const column = sample.header.split(',').findIndex((name) => at.headers.includes(name))
    const spoilt = content.split('\r\n')
    const cells = sample.row.replace('#', '2').split(',')
    spoilt[2] = cells.map((cell, place) => (place === column ? '1.23E+05' : cell)).join(',')
    const { rows, problems } = read(spoilt.join('\r\n'), settings)
    expect(rows.length).toBe(29)
    expect(problems).toEqual([
      expect.objectContaining({ code: 'amount-unreadable', at: expect.objectContaining({ column: sample.header.split(',')[column] }) }),
    ])
  })

  test('a file without a column it needs is not its own', () => {
    const { format } = read(content, settings)
    const needed = format.columns.find((column) => column.required) as Format['columns'][number]
    const header = sample.header
      .split(',')
      .map((name) => (needed.headers.some((one) => headerName(one) === headerName(name)) ? 'Something' : name))
    expect(format.identify({ name: 'x', delimiter: ',', header, rows: [], mapping: settings.mapping })).toBe(false)
  })
})

test('every format is listed once and has samples here', () => {
  expect(new Set(formats.map((format) => format.id)).size).toBe(formats.length)
  expect(formats.map((format) => format.id).filter((id) => !samples.some((sample) => sample.format === id))).toEqual([])
})

test('two formats that claim one file are a problem, never first-come', () => {
  const twin = { ...(formats[0] as Format), id: 'twin', title: 'Twin' }
  const sample = { name: 'v.csv', delimiter: ',', header: ['Vendor', 'Name'], rows: [], mapping: undefined }
  const said = chooseFormat(sample, [...formats, twin])
  expect(said).toMatchObject({ params: { formats: 'Sage 300 CRE vendors (APM_MASTER__VENDOR), Twin' } })
  reaches('file-ambiguous', 'code' in said && said.code)
})

test('columns of a person are in no format', () => {
  const names = formats.flatMap((format) => format.columns.flatMap((column) => [column.field, ...column.headers])).join(' ')
  expect(names).not.toMatch(/employee|pay_id|bank|1099|tax_id/i)
})
