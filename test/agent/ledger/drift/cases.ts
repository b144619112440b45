/** The corpus: what an export comes to be like from one day to the next, and what must become of it. */
import { type TableName, tables } from './tables.ts'
import { type Grid, type Style, usual } from './write.ts'

export type Case = {
  name: string
  table: TableName
  /** How the connection's files were written until now, where not as usual. */
  was?: Partial<Style>
  /** How they are written now. */
  is?: Partial<Style>
  /** What else became of the next day's file. */
  turned?: (grid: Grid) => Grid
  /** Words of the problem, in English; none where it does no harm. */
  told: readonly RegExp[]
  /** Fields of known records and new records (by key) that wait; all else is as the ERP knows it. */
  waits: readonly string[]
  /** The file cannot be read at all: nothing of it is taken. */
  refused?: true
  /** What this run counts besides. */
  counts?: Record<string, number>
}

const at = ({ header }: Pick<Grid, 'header'>, column = ''): number => header.indexOf(column)
const without =
  (...columns: string[]) =>
  (grid: Grid): Grid => {
    const keep = (_: string, n: number): boolean => !columns.includes(grid.header[n] ?? '')
    return { header: grid.header.filter(keep), rows: grid.rows.map((cells) => cells.filter(keep)) }
  }
const renamed =
  (names: Record<string, string>) =>
  (grid: Grid): Grid => ({ ...grid, header: grid.header.map((name) => names[name] ?? name) })
const turnedCells =
  (column: string, turn: (cell: string, row: readonly string[], line: number) => string) =>
  (grid: Grid): Grid => ({
    ...grid,
    rows: grid.rows.map((cells, line) => cells.map((cell, n) => (n === at(grid, column) ? turn(cell, cells, line) : cell))),
  })
const swapped =
  (one: string, other: string) =>
  (grid: Grid): Grid => ({
    ...grid,
    rows: grid.rows.map((cells) =>
      cells.map((cell, n) =>
        n === at(grid, one) ? (cells[at(grid, other)] ?? '') : n === at(grid, other) ? (cells[at(grid, one)] ?? '') : cell,
      ),
    ),
  })
const backwards = (grid: Grid): Grid => ({ header: grid.header.toReversed(), rows: grid.rows.map((cells) => cells.toReversed()) })
const withColumn =
  (name: string, value: string) =>
  (grid: Grid): Grid => ({
    header: [...grid.header, name],
    rows: grid.rows.map((cells) => [...cells, value]),
  })
/** 1250.00 as 1.250,00; thousands without cents as 410.250. */
const grouped = (cell: string): string => (/\.\d{3}$/.test(cell) ? cell : cell.replace('.', ',').replace(/\B(?=(?:\d{3})+,)/g, '.'))
const bare = (cell: string): string => cell.replace(/^0+(?=\d)/, '')
/** Of each table: its dates, the optional column a case takes away, and who is new. */
const fresh: Record<TableName, readonly string[]> = {
  vendors: ['00901'],
  jobs: ['2204'],
  invoices: ['00456|B-2'],
  insurance: ['00901|Cars|P-4'],
  costs: ['0002|1|1|', '0002|1|2|'],
}
const dated = ['jobs', 'invoices', 'insurance', 'costs'] as const
const dateFields = {
  jobs: ['2201.contract_date', '2202.contract_date'],
  invoices: ['00123|A-1.invoice_date', '00123|A-2.invoice_date'],
  insurance: ['00123|Liability|P-1.effective_date', '00123|Liability|P-1.expiration_date', '00456|Liability|P-2.effective_date'],
  costs: [],
} as const

const dayOrders = dated.flatMap((table): Case[] =>
  (['csv', 'xlsx'] as const).flatMap((as): Case[] => [
    {
      ...{ name: `days before months, in ${as}`, table, was: { as }, is: { as, date: 'dd/mm/yyyy' } },
      ...{ told: [/can be read the other way round only|have changed places/], waits: ['*dates'] },
    },
    {
      ...{ name: `months before days where days were first, in ${as}`, table },
      ...{ was: { as, date: 'dd/mm/yyyy' }, is: { as, date: 'mm/dd/yyyy' } },
      ...{ told: [/can be read the other way round only|have changed places/], waits: ['*dates'] },
    },
  ]),
)

/** Only days up to the twelfth: every line can be read both ways. */
const early =
  (table: 'jobs' | 'invoices') =>
  (grid: Grid): Grid => {
    const column = tables[table].dates[0]
    return { ...grid, rows: grid.rows.filter((cells) => Number((cells[at(grid, column)] ?? '').slice(8)) <= 12) }
  }
const ambiguous = (['jobs', 'invoices'] as const).flatMap((table): Case[] =>
  (['csv', 'semicolon', 'xlsx'] as const).map((as) => ({
    ...{ name: `days before months, every day up to the twelfth, in ${as}`, table, was: { as }, is: { as, date: 'dd/mm/yyyy' as const } },
    ...{ turned: early(table), told: [/day and month have changed places/], waits: ['*dates'] },
  })),
)

const dates: Case[] = [
  ...dayOrders,
  ...ambiguous,
  {
    ...{ name: 'one day that reads only the other way round, among new rows', table: 'invoices', waits: ['00456|B-1', '00456|B-2'] },
    turned: turnedCells('Invoice_Date', (cell, [, invoice]) => (invoice === 'B-1' ? '17/02/2026' : cell)),
    told: [/“17\/02\/2026” can be read the other way round only/, /does not fit mm\/dd\/yyyy/],
  },
  {
    ...{ name: 'digits without a divider, days before months', table: 'jobs', was: { date: 'mmddyyyy' }, is: { date: 'ddmmyyyy' } },
    ...{ told: [/can be read the other way round only/], waits: ['*dates'] },
  },
  ...(['yyyy-mm-dd', 'serial', 'mm/dd/yy'] as const).flatMap((date): Case[] =>
    dated.map((table) => ({
      ...{ name: `dates written ${date}`, table, is: { date }, told: [/does not fit mm\/dd\/yyyy/], waits: ['*rows'] },
    })),
  ),
]

const gone: Case[] = (
  [
    ['vendors', 'City', ['*fresh']],
    ['jobs', 'Contract_Date', ['*fresh']],
    ['invoices', 'Description', ['*fresh', '00123|A-1.description']],
    ['costs', 'Commitment', ['0001|1|2|', '*fresh']],
  ] as const
).flatMap(([table, column, waits]): Case[] =>
  (['csv', 'xlsx'] as const).flatMap((as): Case[] => [
    {
      name: `without ${column}, in ${as}`,
      table,
      was: { as },
      is: { as },
      turned: without(column),
      told: [new RegExp(`lacks columns it had before: ${column}`)],
      waits,
    },
    {
      ...{
        name: `${column} under another name, in ${as}`,
        table,
        was: { as },
        is: { as },
        turned: renamed({ [column]: 'Whatever' }),
        waits,
      },
      told: [new RegExp(`lacks columns it had before, ${column}, and has new ones: Whatever`)],
    },
  ]),
)

const german = {
  Vendor: 'Kreditor',
  Name: 'Bezeichnung',
  City: 'Ort',
  State: 'Land',
  ZIP: 'PLZ',
  Telephone: 'Telefon',
  Address_1: 'Straße',
}
const whole: Case[] = [
  {
    name: 'a header in another language',
    table: 'vendors',
    turned: renamed(german),
    told: [/can no longer be read; until now it had the columns/],
    waits: [],
    refused: true,
  },
  {
    name: 'the key under another name',
    table: 'vendors',
    turned: renamed({ Vendor: 'Supplier' }),
    told: [/until now it had the columns Vendor, Name.*without Vendor/],
    waits: [],
    refused: true,
  },
  {
    name: 'without the key',
    table: 'jobs',
    turned: without('Job'),
    told: [/until now it had the columns Job, Description.*without Job/],
    waits: [],
    refused: true,
  },
  {
    name: 'a column twice',
    table: 'vendors',
    turned: renamed({ City: 'Name' }),
    told: [/Name appears more than once/],
    waits: [],
    refused: true,
  },
  {
    name: 'a mapped column under another name',
    table: 'insurance',
    turned: renamed({ Until: 'To' }),
    told: [/can no longer be read; until now it had the columns/],
    waits: [],
    refused: true,
  },
]

const harmless: Case[] = (['csv', 'semicolon', 'xlsx', 'cp1252', 'utf-16', 'bom'] as const)
  .map((as) => ({ is: { as }, was: as === 'xlsx' ? { as } : {} }))
  .flatMap(({ is, was }): Case[] => [
    { name: `as before, in ${is.as}`, table: 'vendors', is, was, told: [], waits: [] },
    {
      name: `columns in another order, in ${is.as}`,
      table: 'vendors',
      is,
      was,
      turned: backwards,
      told: [],
      waits: [],
      counts: { 'columns-moved': 6 },
    },
    {
      name: `one column more, in ${is.as}`,
      table: 'vendors',
      is,
      was,
      turned: withColumn('Remark', 'x'),
      told: [],
      waits: [],
      counts: { 'columns-added': 1 },
    },
  ])
const letters: Case[] = [
  { name: 'from cp1252 to UTF-8', table: 'vendors', was: { as: 'cp1252' }, is: { as: 'csv' }, told: [], waits: [] },
  {
    ...{
      name: 'UTF-8 taken for cp1252 and saved again',
      table: 'vendors',
      told: [/Name.*letters are damaged, “Müller Bau” reads “MÃ¼ller Bau”/],
    },
    turned: turnedCells('Name', (cell) => Buffer.from(cell).toString('latin1')),
    waits: ['00123.name', '00789.name'],
  },
  {
    ...{
      name: 'letters an encoding could not hold',
      table: 'vendors',
      told: [/Name.*letters are damaged/],
      waits: ['00123.name', '00789.name'],
    },
    turned: turnedCells('Name', (cell) => cell.replace(/[^ -~]/g, '?')),
  },
]

const codes: Case[] = [
  {
    name: 'keys without leading zeros',
    table: 'vendors',
    turned: turnedCells('Vendor', bare),
    told: [/Vendor.*has lost its leading zeros/],
    waits: ['*rows-known', '*fresh'],
  },
  {
    name: 'numbers saved by a spreadsheet',
    table: 'vendors',
    was: { as: 'xlsx' },
    is: { as: 'xlsx-numbers' },
    told: [/Vendor.*leading zeros/],
    waits: ['*rows-known', '*fresh'],
  },
  {
    name: 'keys of several parts without leading zeros',
    table: 'invoices',
    turned: turnedCells('Vendor', bare),
    told: [/Vendor.*leading zeros/],
    waits: ['*rows-known', '*fresh'],
  },
  {
    name: 'keys of costs without leading zeros',
    table: 'costs',
    turned: turnedCells('Run', bare),
    told: [/Run.*leading zeros/],
    waits: ['*rows-known', '*fresh'],
  },
  {
    name: 'postal codes without leading zeros',
    table: 'vendors',
    turned: turnedCells('ZIP', bare),
    told: [/ZIP.*“02110” has lost its leading zeros and reads “2110”/],
    waits: ['00123.zip', '00456.zip', '00789.zip', '*fresh'],
  },
  {
    name: 'vendors of costs without leading zeros',
    table: 'costs',
    turned: turnedCells('Vendor', bare),
    told: [/Vendor.*leading zeros/],
    waits: ['0001|1|1|', '0001|1|2|', '0001|1|4|', '0002|1|1|'],
  },
  {
    name: 'codes taken for numbers',
    table: 'vendors',
    turned: turnedCells('Vendor', (cell) => `${bare(cell)}.0`),
    told: [/looks like a code a spreadsheet has changed/],
    waits: ['*rows'],
  },
  {
    name: 'codes that are names now',
    table: 'costs',
    turned: turnedCells('Vendor', (cell) => (cell === '' ? '' : 'Müller Bau')),
    told: [/Vendor.*values are of another kind/],
    waits: ['0001|1|1|', '0001|1|2|', '0001|1|4|', '0002|1|1|'],
  },
  {
    name: 'a status that is a number now',
    table: 'jobs',
    turned: turnedCells('Status', () => '3'),
    told: [/Status.*values are of another kind, “3” instead of “In progress”/],
    waits: ['2201.status', '2202.status', '2203.status', '*fresh'],
  },
  {
    name: 'two columns that have changed places under their names',
    table: 'vendors',
    turned: swapped('Name', 'City'),
    told: [/Name.*it holds what City held/, /City.*it holds what Name held/],
    waits: ['00123.name', '00456.name', '00789.name', '00123.city', '00456.city', '00789.city', '*fresh'],
  },
  {
    name: 'two dates that have changed places under their names',
    table: 'insurance',
    turned: swapped('From', 'Until'),
    told: [/From.*it holds what Until held/, /Until.*it holds what From held/],
    waits: ['*insured', '*fresh'],
  },
  {
    name: 'a column that is empty now',
    table: 'vendors',
    turned: turnedCells('Address_1', () => ''),
    told: [/Address_1.*it is empty, where it said “12 Dock Rd”/],
    waits: ['00123.address1', '00456.address1', '00789.address1', '*fresh'],
  },
]

const keys: Case[] = [
  {
    ...{ name: 'names where the keys were', table: 'vendors', turned: swapped('Vendor', 'Name') },
    ...{ told: [/Vendor.*it holds what Name held/], waits: ['*rows-known', '*fresh'] },
  },
  {
    ...{ name: 'keys of another kind', table: 'jobs', turned: turnedCells('Job', (_, [, name]) => `Job ${name}`) },
    ...{ told: [/Job.*values are of another kind/], waits: ['*rows-known', '*fresh'] },
  },
]
const newOnly =
  (rows: readonly (readonly string[])[]) =>
  (grid: Grid): Grid => ({ ...grid, rows: [...grid.rows.slice(0, -1), ...rows] })
const ahead: Case[] = (['csv', 'xlsx'] as const).map((as) => ({
  ...{
    name: `days that have not come yet, among new rows alone, in ${as}`,
    table: 'invoices',
    was: { as },
    is: { as },
    waits: ['00456|B-2', '00456|B-9'],
  },
  // The third of December, and the ERP meant the twelfth of March.
  turned: newOnly([
    ['00456', 'B-2', '2026-05-04', '3.500', 'Bolts', 'Open'],
    ['00456', 'B-9', '2026-12-03', '9.00', 'Nuts', 'Open'],
  ]),
  told: [/Invoice_Date.*2026-12-03 is after the day of the export; with day and month in each other’s place it is 2026-03-12/],
}))

const money = ['jobs', 'invoices'] as const
const amountColumn = { jobs: 'Original_Contract_Amount', invoices: 'Amount' } as const
const amountCases: Case[] = money.flatMap((table): Case[] => [
  {
    name: 'a comma for the decimal mark',
    table,
    is: { decimal: ',' },
    told: [/could not be read/, /another decimal mark/],
    waits: ['*rows'],
  },
  {
    name: 'a comma for the decimal mark, in a workbook',
    table,
    was: { as: 'xlsx' },
    is: { decimal: ',', as: 'xlsx' },
    told: [/another decimal mark/],
    waits: ['*rows'],
  },
  {
    name: 'points between thousands',
    table,
    turned: turnedCells(amountColumn[table], grouped),
    told: [/another decimal mark/],
    waits: ['*fresh', '*rows-two-decimals'],
  },
  {
    name: 'cents instead of units',
    table,
    turned: turnedCells(amountColumn[table], (cell) => String(Math.round(Number(cell) * 1000))),
    told: [/the decimal point has moved/],
    waits: ['*amounts', '*fresh'],
  },
  {
    name: 'plus and minus the other way round',
    table,
    turned: turnedCells(amountColumn[table], (cell) => `-${cell}`),
    told: [/plus and minus have changed places/],
    waits: ['*amounts', '*fresh'],
  },
  {
    name: 'words for amounts',
    table,
    turned: turnedCells(amountColumn[table], () => 'see contract'),
    told: [/could not be read/],
    waits: ['*rows'],
  },
  {
    name: 'amounts that are empty now',
    table,
    turned: turnedCells(amountColumn[table], () => ''),
    told: [/it is empty, where it said/],
    waits: ['*amounts', '*fresh'],
  },
])

export const cases: readonly Case[] = [...dates, ...gone, ...whole, ...harmless, ...letters, ...codes, ...keys, ...ahead, ...amountCases]

const amountField = { jobs: 'original_contract', invoices: 'amount' } as const

/** The shorthands of `waits` as keys of records and KEY.field. A row that cannot be read is held whole. */
export function waitsOf({ table, waits, turned }: Case): string[] {
  const of = tables[table]
  const keys = (rows: readonly (readonly string[])[]) => rows.map((cells) => keyIn(table, cells))
  const known = keys(of.first)
  return waits.flatMap((one) => {
    if (one === '*fresh') return [...fresh[table]]
    if (one === '*rows' || one === '*rows-known') return [...known, ...(one === '*rows' ? fresh[table] : [])]
    if (one === '*rows-two-decimals')
      return keys(of.first.filter((cells) => !/\.\d{3}$/.test(cells[at(of, amountColumn[table as 'jobs'])] ?? '')))
    if (one === '*amounts') return known.map((key) => `${key}.${amountField[table as 'jobs']}`)
    if (one === '*insured') return known.flatMap((key) => [`${key}.effective_date`, `${key}.expiration_date`])
    if (one === '*dates')
      return [
        ...dateFields[table as 'jobs'],
        ...(turned ? [] : unreadableDays(table)),
        ...fresh[table],
        ...(table === 'costs' ? known : []),
      ]
    return [one]
  })
}

/** Days beyond the twelfth cannot be read at all, and their rows are refused. */
const unreadableDays = (table: TableName): string[] => {
  const of = tables[table]
  const columns = of.dates.map((name) => of.header.indexOf(name as never))
  return of.first.filter((cells) => columns.some((n) => Number((cells[n] ?? '').slice(8)) > 12)).map((cells) => keyIn(table, cells))
}

function keyIn(table: TableName, cells: readonly string[]): string {
  const of: { header: readonly string[] } = tables[table]
  const keyed = {
    vendors: ['Vendor'],
    jobs: ['Job'],
    invoices: ['Vendor', 'Invoice'],
    insurance: ['Supplier', 'Cover', 'Policy'],
    costs: ['Run', 'Batch', 'Sequence'],
  }
  const key = keyed[table].map((name) => cells[of.header.indexOf(name)] ?? '').join('|')
  return table === 'costs' ? `${key}|` : key
}

export const styleOf = (one: Case, which: 'was' | 'is'): Style => ({ ...usual, ...one.was, ...(which === 'is' ? one.is : {}) })
