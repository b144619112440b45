import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { defaultReadSettings, type Format, type ReadSettings, type Row, readSettingsOf } from '../../../agent/formats/format.ts'
import { genericCsv } from '../../../agent/formats/generic-csv.ts'
import { headerName } from '../../../agent/formats/header-names.ts'
import { chooseFormat, identify } from '../../../agent/formats/identify.ts'
import { formats, formatsFor } from '../../../agent/formats/index.ts'
import { mappingsOf } from '../../../agent/formats/mapping.ts'
import { records } from '../../../agent/formats/records/index.ts'
import { Rescan } from '../../../agent/formats/rescan.ts'
import { RowReader } from '../../../agent/formats/rows.ts'
import { settingsVersion } from '../../../agent/formats/settings-version.ts'
import { type Token, tokenize } from '../../../agent/formats/tokenize.ts'
import { kinds } from '../../../agent/items/index.ts'
import { type Entity, entities } from '../../../shared/item.ts'
import type { Problem } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'

const folder = mkdtempSync(join(tmpdir(), 'formats-'))
afterAll(() => rmSync(folder, { recursive: true }))

const plain = defaultReadSettings
const mapped: ReadSettings = {
  ...plain,
  mappings: [{ entity: 'commitment-items', columns: { commitment: 'Order', item: 'Pos', amount: 'Sum', cost_code: 'Account' } }],
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
  {
    format: 'sage-extras',
    header: 'Job,Extra,Description',
    row: '24-1,#,"Addendum, A"',
    settings: plain,
  },
  {
    format: 'sage-cost-codes',
    header: 'Job,Extra,Cost_Code,Description,Remark',
    row: '24-1,,03-#,Concrete,private',
    settings: plain,
  },
  {
    format: 'sage-cost-codes',
    header: 'pjob,pextra,phase,pdesc',
    row: '24-1,010,03-#,Concrete',
    settings: plain,
  },
  {
    format: 'sage-categories',
    header: 'Job,Extra,Cost_Code,Category,Description',
    row: '24-1,,03-#,SUB,Concrete',
    settings: plain,
  },
  {
    format: 'sage-categories',
    header: 'cjob,cextra,cphase,cat,cdesc',
    row: '24-1,,03-#,SUB,Concrete',
    settings: plain,
  },
  {
    format: 'sage-standard-cost-codes',
    header: 'Cost_Code,Description',
    row: '03-#,Concrete',
    settings: plain,
  },
  {
    format: 'sage-standard-cost-codes',
    header: 'sphase,spdesc',
    row: '03-#,Concrete',
    settings: plain,
  },
  {
    format: 'sage-standard-categories',
    header: 'Category,Description',
    row: '#,Subcontract',
    settings: plain,
  },
  {
    format: 'sage-standard-categories',
    header: 'scat,scdesc',
    row: '#,Subcontract',
    settings: plain,
  },
  {
    format: 'sage-commitment-cos',
    header: 'Commitment,Commitment_CO',
    row: 'SC-1,#',
    settings: plain,
  },
  {
    format: 'sage-commitment-cos',
    header: 'Commitment,Commitment_CO,Description,Date,Status,Amount',
    row: 'SC-1,#,More doors,03/15/2026,Approved,-12.50',
    settings: plain,
  },
  {
    format: 'sage-ap-invoices',
    header: 'Vendor,Invoice,Invoice_Date,Description,Amount,Pmt_Amount,Included_for_Pmt,Status,Retainage',
    row: 'V1,INV-#,03/15/2026,Ready mix,1250.00,1250.00,0,Fully paid,125.00',
    settings: plain,
  },
  {
    format: 'sage-ap-invoices',
    header: 'Vendor,Invoice,Invoice_Date,Description,Pmt_Amount,Status,Bank_Account',
    row: 'V1,INV-#,03/15/2026,Ready mix,1250.00,Fully paid,99',
    settings: plain,
  },
  {
    format: 'sage-ap-distributions',
    header: 'Vendor,Invoice,Dist_Sequence,Commitment,Item_Number,Job,Extra,Cost_Code,Category,Amount,Retainage',
    row: 'V1,INV-1,#,SC-1,1,24-1,,03-3000,SUB,1.25,0.00',
    settings: plain,
  },
  {
    format: 'sage-ap-distributions',
    header: 'Vendor,Invoice,Dist_Sequence,Commitment,Commitment_Item,Job,Cost_Code,Amount',
    row: 'V1,INV-1,#,SC-1,1,24-1,03-3000,1.25',
    settings: plain,
  },
  {
    format: 'sage-ap-payments',
    header: 'Vendor,Invoice,AP_Payment_ID,Check,Bank_Account,Payment_Type,Payment_Date,Amount,Commitment,Job',
    row: 'V1,INV-1,#,1001,OPER,Check,03/15/2026,1.25,SC-1,24-1',
    settings: plain,
  },
  {
    format: 'sage-ap-payments',
    header: 'Vendor,Invoice,"Check",Amount',
    row: 'V1,INV-1,#,1.25',
    settings: plain,
  },
  {
    format: 'sage-tax-groups',
    header: 'group,grate,gdesc',
    row: 'TX#,8.25,private',
    settings: plain,
  },
  {
    format: 'sage-jobs',
    header: 'Job,Description,Status,Job_Complete,AR_Customer,Contract_Date,Original_Contract_Amount,JTD_Payments',
    row: '24-#,Library,In progress,0,C1,03/15/2026,100.00,50.00',
    settings: plain,
  },
  ...(
    [
      [
        'insurances',
        { vendor: 'Supplier', insurance_type: 'Cover', policy_number: 'Policy', limit: 'Sum' },
        'Supplier,Cover,Policy,Sum',
        'V1,GL,P-#,1000000.00',
      ],
      ['vendor-types', { type: 'Class', description: 'Text' }, 'Class,Text', 'T#,Concrete'],
      ['tax-groups', { tax_group: 'Code', rate: 'Per cent' }, 'Code,Per cent', 'TX#,8.25'],
      ['ar-invoices', { customer: 'Debtor', invoice: 'Number', amount: 'Sum' }, 'Debtor,Number,Sum', 'C1,#,12.50'],
      ['prime-contracts', { job: 'Site', original_contract: 'Sum' }, 'Site,Sum', '24-#,100.00'],
      ['ap-payments', { vendor: 'To', invoice: 'For', check: 'No', amount: 'Sum' }, 'To,For,No,Sum', 'V1,INV-1,#,1.25'],
    ] as const
  ).map(([entity, columns, header, row]) => ({
    format: `generic-csv:${entity}`,
    header,
    row,
    settings: {
      ...plain,
      mappings: [
        { entity, columns },
        { entity: 'vendors' as const, columns: { vendor: 'Else', name: 'Whoever' } },
      ],
    },
  })),
  { format: 'generic-csv:commitment-items', header: 'Order,Pos,Sum,Account,Remark', row: 'SC-1,#,3.00,03-3000,private', settings: mapped },
  {
    format: 'generic-csv:vendors',
    header: 'Vendor,Name,City',
    row: 'V#,Marlow,Portwell',
    settings: { ...plain, mappings: [{ entity: 'vendors', columns: { vendor: 'Vendor', name: 'Name' } }] },
  },
]

const namesOf = ({ header }: (typeof samples)[number]): string[] => header.replaceAll('"', '').split(',')

const fileOf = ({ header, row }: (typeof samples)[number], count = 30): string =>
  `${header}\r\n${Array.from({ length: count }, (_, at) => `${row.replace('#', String(at + 1))}\r\n`).join('')}`

/** A decimal number in a row: its column is money or a rate. */
const amountOf = (row: string): string | undefined => /(?:^|,)-?\d+\.\d\d(?:,|$)/.exec(row)?.[0]

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
    const header = namesOf(sample)
    const claims = formatsFor(settings).filter(
      (format) =>
        format.ridesOn === undefined && format.identify({ name: 'x', delimiter: ',', header, rows: [], mappings: settings.mappings }),
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
      (column) => ['money', 'quantity'].includes(column.type) && column.headers.some((name) => namesOf(sample).includes(name)),
    )
    if (at === undefined) return expect(amountOf(sample.row)).toBeUndefined()
    const column = namesOf(sample).findIndex((name) => at.headers.includes(name))
    const spoilt = content.split('\r\n')
    const cells = sample.row.replace('#', '2').split(',')
    spoilt[2] = cells.map((cell, place) => (place === column ? '1.23E+05' : cell)).join(',')
    const { rows, problems } = read(spoilt.join('\r\n'), settings)
    expect(rows.length).toBe(29)
    expect(problems).toEqual([
      expect.objectContaining({ code: 'amount-unreadable', at: expect.objectContaining({ column: namesOf(sample)[column] }) }),
    ])
  })

  test('a file without a column it needs is not its own', () => {
    const { format } = read(content, settings)
    const needed = format.columns.find((column) => column.required) as Format['columns'][number]
    const header = namesOf(sample).map((name) => (needed.headers.some((one) => headerName(one) === headerName(name)) ? 'Something' : name))
    expect(format.identify({ name: 'x', delimiter: ',', header, rows: [], mappings: settings.mappings })).toBe(false)
  })
})

test('every format is listed once and has samples here', () => {
  expect(new Set(formats.map((format) => format.id)).size).toBe(formats.length)
  expect(
    formats
      .filter((format) => format.ridesOn === undefined)
      .map((format) => format.id)
      .filter((id) => !samples.some((sample) => sample.format === id)),
  ).toEqual([])
})

test('two formats that claim one file are a problem, never first-come', () => {
  const twin = { ...(formats[0] as Format), id: 'twin', title: 'Twin' }
  const sample = { name: 'v.csv', delimiter: ',', header: ['Vendor', 'Name'], rows: [], mappings: [] }
  const said = chooseFormat(sample, [...formats, twin])
  expect(said).toMatchObject({ params: { formats: 'Sage 300 CRE vendors (APM_MASTER__VENDOR), Twin' } })
  reaches('file-ambiguous', 'code' in said && said.code)
})

test('columns of a person are in no format', () => {
  const names = formats.flatMap((format) => format.columns.flatMap((column) => [column.field, ...column.headers])).join(' ')
  expect(names).not.toMatch(/employee|pay_id|bank|1099|tax_id/i)
})

test('every entity can be mapped, and gives every field its items keep', () => {
  for (const entity of entities) {
    const { fields } = records[entity]
    const known = fields.map(({ field }) => field)
    expect([entity, kinds[entity].fields.filter((field) => !known.includes(field))]).toEqual([entity, []])
    expect(genericCsv({ entity, columns: Object.fromEntries(known.map((field) => [field, `The ${field}`])) }).columns.length).toBe(
      known.length,
    )
  }
})

test('two mappings that fit one file are a problem; the one whose columns it has takes it whatever it looks like', () => {
  const mapped = { entity: 'vendor-types', columns: { type: 'Vendor', description: 'Name' } } as const
  const other = { entity: 'insurances', columns: { vendor: 'Vendor' } } as const
  const path = stored('Vendor,Name\nA,B\n')
  expect(identify(path, 'v.csv', { ...plain, mappings: [mapped] })).toMatchObject({ format: { id: 'generic-csv:vendor-types' } })
  expect(identify(path, 'v.csv', { ...plain, mappings: [mapped, other] })).toMatchObject({
    code: 'file-ambiguous',
    params: { formats: 'CSV mapped to vendor-types (Vendor, Name), CSV mapped to insurances (Vendor)' },
  })
})

describe('a file of jobs with contract columns', () => {
  const found = (header: string, settings = plain) => identify(stored(`${header}\n`), 'jobs.csv', settings)

  test('holds contracts too', () => {
    expect(found('Job,Description,Status,Original_Contract_Amount')).toMatchObject({
      format: { id: 'sage-jobs' },
      also: [{ id: 'sage-prime-contracts' }],
    })
  })

  test('holds jobs alone without them, or where the admin says what it is', () => {
    expect(found('Job,Description,Status')).toMatchObject({ format: { id: 'sage-jobs' }, also: [] })
    const mappings = [{ entity: 'jobs', columns: { job: 'Job' } }] as const
    expect(found('Job,Description,Status,Original_Contract_Amount', { ...plain, mappings })).toMatchObject({ also: [] })
  })

  test('gives each contract the key and the figures of its job', () => {
    const path = stored('Job,Description,Status,Original_Contract_Amount,JTD_Payments\n24-1,Library,Closed,100.00,-50.00\n')
    const identified = identify(path, 'jobs.csv', plain)
    if ('code' in identified) throw new Error(identified.code)
    const format = identified.also[0] as Format
    const rescan = new Rescan({ seed: new Uint8Array(16), formatId: format.id, settingsVersion: '', previous: null })
    expect([...rescan.read(path, format, plain, 'jobs.csv')].flatMap(({ rows }) => rows)).toMatchObject([
      { key: '24-1', amount: null, fields: { original_contract: '100.00', jtd_payments: '-50.00' } },
    ])
  })
})

describe('keys', () => {
  const keyOf = (entity: Entity, fields: Record<string, string | null>) => genericCsv({ entity, columns: {} }).key(fields)

  test('an extra may be empty, and then is no other extra', () => {
    expect(keyOf('cost-codes', { job: '24-1', extra: null, cost_code: '03-3000' })).toBe('24-1||03-3000')
    expect(keyOf('categories', { job: '24-1', cost_code: '03', category: 'SUB' })).toBe('24-1||03|SUB')
    expect(keyOf('extras', { job: '24-1', extra: '010' })).toBe('24-1|010')
  })

  test('a payment goes by its id and what was paid with it, else by what was paid with which check; without either it is refused', () => {
    expect(keyOf('ap-payments', { payment_id: '77', vendor: 'V', invoice: 'I', check: '1' })).toBe('77|V|I')
    expect(keyOf('ap-payments', { payment_id: null, vendor: 'V', invoice: 'I', check: '1' })).toBe('V|I|1')
    expect(keyOf('ap-payments', { vendor: 'V', invoice: 'I', check: null })).toMatchObject({
      code: 'key-missing',
      params: { column: 'check' },
    })
  })
})

describe('a mapping as a person wrote it', () => {
  test('one or several are taken as they are', () => {
    const mapping = { entity: 'tax-groups', columns: { tax_group: 'Code' } }
    expect(mappingsOf(mapping)).toEqual({ mappings: [mapping] })
    expect(mappingsOf([mapping, mapping])).toEqual({ mappings: [mapping, mapping] })
  })

  test.each([
    [{ entity: 'suppliers', columns: {} }, /“entity” is one of vendors, /],
    [{ entity: 'vendors' }, /names the header of each field/],
    [{ entity: 'vendors', columns: { vendor: 'V', colour: 'C' } }, /vendors has no field colour; it has vendor, name/],
    [{ entity: 'vendors', columns: { vendor: ' ' } }, /vendor: the header of the column is missing/],
    [{ entity: 'cost-codes', columns: { job: 'J' } }, /cost-codes cannot be told apart without cost_code\./],
    [null, /“entity” is one of/],
  ])('%j is refused in words', (said, words) => {
    expect(mappingsOf(said)).toEqual({ wrong: expect.stringMatching(words) })
  })

  test('the one mapping of older settings still counts', () => {
    const mapping = { entity: 'vendors', columns: { vendor: 'V' } } as const
    expect(readSettingsOf({ mapping }).mappings).toEqual([mapping])
    expect(readSettingsOf({ mapping, mappings: [] }).mappings).toEqual([])
  })
})
