/** How fast each kind of export is read, against csv-parse giving its rows of the same file by name, as ours are; and what a workbook of 100,000 rows costs. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Format, ReadSettings } from '../agent/formats/format.ts'
import { genericCsv } from '../agent/formats/generic-csv.ts'
import { formats as known } from '../agent/formats/index.ts'
import { makeWorkbook } from '../test/agent/formats/make-workbook.ts'
import { absoluteLine, type Bench, type Line, median, ratioLine } from './bench.ts'
import { doFixedWork, slowness } from './machine.ts'
import { makeEntityExport } from './make-entity-export.ts'
import { interleaved } from './station.ts'

const rows = 200_000
const sheetRows = 100_000
const seed = 1
const rounds = 3
const station = join(import.meta.dirname, 'formats-station.ts')

export const formats: Bench = {
  name: 'formats',
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-formats-'))
    try {
      // What rides on another format is in the same rows.
      for (const format of known.filter(({ ridesOn }) => ridesOn === undefined)) yield await read(format, folder, {})
      const mapping = {
        entity: 'ar-invoices',
        columns: { customer: 'Debtor', invoice: 'Number', invoice_date: 'Day', amount: 'Sum' },
      } as const
      yield await read(genericCsv(mapping), folder, { mappings: [mapping] })
      yield* workbook(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function read(format: Format, folder: string, settings: Partial<ReadSettings>): Promise<Line> {
  const path = join(folder, `${format.id.replace(':', '-')}.csv`)
  const { bytes } = makeEntityExport({ format, rows, seed, path })
  const { ours, parsed } = await interleaved(
    { ours: [station, 'ours', path, JSON.stringify(settings), String(rows)], parsed: [station, 'csv-parse', path] },
    rounds,
  )
  const perSecond = Math.round((rows / ours.ms) * 1000)
  const detail = { rows, bytes, rounds, rowsPerSecond: perSecond, oursMs: ours.all, referenceMs: parsed.all, cpu: true }
  return ratioLine(`formats/rows-per-second/${format.id}`, 'ms', ours.ms, parsed.ms, 0.33, detail)
}

/**
 * Each in a fresh process with as little young memory as the agent has (cli/start.ts); seconds of CPU, for others use the machine too. What the fixed
 * work takes in turn with it is told beside it: it tells a slow machine from a slow reader.
 */
async function* workbook(folder: string): AsyncGenerator<Line> {
  const path = join(folder, 'jobs.xlsx')
  await writeFile(path, made())
  const runs: { rows: number; wallMs: number; cpuMs: number; peakBytes: number }[] = []
  const fixed: number[] = []
  for (let round = 0; round < rounds; round++) {
    fixed.push(doFixedWork())
    const program = ['--max-semi-space-size=8', join(import.meta.dirname, 'read-export.ts'), path]
    const { stdout } = await promisify(execFile)(process.execPath, program)
    runs.push(JSON.parse(stdout))
  }
  if (runs.some((run) => run.rows !== sheetRows)) throw new Error(`Of ${sheetRows} rows ${runs.map((run) => run.rows)} were read.`)
  const wallMs = runs.map((run) => Math.round(run.wallMs))
  const detail = { rows: sheetRows, columns: 8, rounds, wallMs, cpu: true, slowness: slowness(fixed) }
  yield absoluteLine('formats/xlsx-seconds', 's', median(runs.map(({ cpuMs }) => cpuMs / 1000)), 5, detail)
  yield absoluteLine('formats/xlsx-rss', 'MB', median(runs.map(({ peakBytes }) => peakBytes / 1e6)), 200, { rows: sheetRows, rounds })
}

/** As Excel saves them: texts shared, dates as styled numbers, amounts as binary fractions. */
function made(): Buffer {
  const strings = Array.from({ length: sheetRows }, (_, row) => `Library refit ${row}`)
  const shared = (at: number) => ({ t: 's', v: String(at) })
  const head = ['Job', 'Description', 'Status', 'Contract_Date', 'Original_Contract_Amount', 'Revised_Contract_Amount', 'City', 'JTD_Cost']
  const cells = (row: number) => [
    ...[`24-${row}`, shared(row), shared(row % 3), { v: String(45_000 + (row % 900)), s: 1 }],
    ...[row * 1.17, row * 1.31, shared(row % 50), row / 7],
  ]
  const sheet = { name: 'Jobs', rows: [head, ...Array.from({ length: sheetRows }, (_, row) => cells(row))] }
  return makeWorkbook({ sheets: [sheet], strings, formats: ['mm/dd/yyyy'] })
}
