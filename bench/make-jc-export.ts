/**
 * Writes a big Sage 300 CRE job cost export: 17 columns of JCT_CURRENT__TRANSACTION (names as the ODBC source gives them), CRLF,
 * about 142 bytes a row, so a million rows make about 142 MB. Repeatable from the seed; streamed, flat in memory.
 *
 *   npx node bench/make-jc-export.ts --rows 1000000 --path /tmp/jc.csv [--seed 1] [--changed 0.01]
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { type Random, random } from '../test/procore/random.ts'

export interface JcExport {
  rows: number
  seed: number
  path: string
  /** The share of rows whose amount and description differ from the same seed without it: 0.01 for one in a hundred. */
  changedShare?: number
}

export interface JcExportMade {
  path: string
  rows: number
  bytes: number
  changed: number
  sha256: string
}

export const jcColumns = [
  'Job',
  'Extra',
  'Cost_Code',
  'Category',
  'Transaction_Type',
  'Transaction_Date',
  'Accounting_Date',
  'Description',
  'Units',
  'Unit_Cost',
  'Amount',
  'Vendor',
  'Invoice',
  'Commitment',
  'Run',
  'Sequence',
  'Dist_Sequence',
] as const

/** Rows joined before one write. */
const block = 4000

export async function makeJcExport({ rows, seed, path, changedShare = 0 }: JcExport): Promise<JcExportMade> {
  const chance = random(seed)
  const every = changedShare > 0 ? Math.max(1, Math.round(1 / changedShare)) : 0
  const out = createWriteStream(path, { highWaterMark: 1 << 22 })
  const hash = createHash('sha256')
  const made = { path, rows, bytes: 0, changed: 0, sha256: '' }
  const put = async (text: string) => {
    const bytes = Buffer.from(text, 'latin1')
    hash.update(bytes)
    made.bytes += bytes.length
    if (!out.write(bytes)) await once(out, 'drain')
  }
  await put(`${jcColumns.join(',')}\r\n`)
  for (let first = 0; first < rows; first += block) {
    let text = ''
    for (let n = first; n < Math.min(rows, first + block); n++) {
      const changed = every > 0 && n % every === every - 1
      if (changed) made.changed += 1
      text += row(chance, n, changed)
    }
    await put(text)
  }
  out.end()
  await finished(out)
  return { ...made, sha256: hash.digest('hex') }
}

const jobs = Array.from({ length: 60 }, (_, n) => `${22 + (n % 5)}-${1001 + n}`)
const codes = Array.from({ length: 90 }, (_, n) => `${String(1 + (n % 32)).padStart(2, '0')}-${String(1000 + n * 37).slice(0, 4)}`)
const types = ['AP cost', 'AP cost', 'AP cost', 'AP cost', 'AP cost', 'PR cost', 'JC cost', 'EQ cost']
const categories: { [type: string]: readonly string[] } = {
  'AP cost': ['SUB', 'MAT', 'OTH'],
  'PR cost': ['LAB'],
  'JC cost': ['OTH'],
  'EQ cost': ['EQP'],
}
const words = [
  'Ready mix third floor',
  'Rebar placement, east',
  'Framing lumber load',
  'Crane day rate tower',
  'Drywall level two bd',
  'Fixture order batch',
  'Site fencing rental',
  'Conduit and wire, run',
]
const two = (n: number) => String(n).padStart(2, '0')
const cents = (amount: number) => `${Math.floor(amount / 100)}.${two(amount % 100)}`

const quoted = (text: string) => (text.includes(',') ? `"${text}"` : text)

/** One line. The same draws happen whether it is changed or not, so every other row stays identical to the letter. */
function row(chance: Random, n: number, changed: boolean): string {
  const type = chance.pick(types)
  const date = `${two(chance.whole(1, 12))}/${two(chance.whole(1, 28))}/${2024 + chance.whole(0, 2)}`
  const units = chance.whole(20, 3200)
  const each = chance.whole(1_200, 98_000)
  const vendor = chance.whole(1, 400)
  const commitment = type === 'AP cost' && chance.chance(0.7) ? `SC-26-${chance.whole(10_001, 49_999)}` : ''
  const invoice = type === 'AP cost' ? `INV-2026-${100_000 + chance.whole(0, 899_999)}` : ''
  const sign = chance.chance(0.02) ? '-' : ''
  const place = `${chance.pick(jobs)},${chance.chance(0.3) ? '010' : ''},${chance.pick(codes)},${chance.pick(categories[type] ?? ['OTH'])}`
  const text = quoted(`${chance.pick(words)} ${100_000 + (n % 900_000)}${changed ? '*' : ''}`)
  const money = `${units}.0000,${cents(each)}00,${sign}${cents(units * each + (changed ? 100 : 0))}`
  const whom = type === 'AP cost' ? `VENDOR${String(vendor).padStart(4, '0')}` : ''
  const key = `${1 + Math.floor(n / 5000)},${1 + (n % 5000)},1`
  return `${place},${type},${date},${date},${text},${money},${whom},${invoice},${commitment},${key}\r\n`
}

if (import.meta.main) {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { rows: text, path: text, seed: text, changed: text } })
  if (!values.path) throw new Error('Name the file to write: --path FILE')
  const started = performance.now()
  const made = await makeJcExport({
    ...{ rows: Number(values.rows ?? 1_000_000), seed: Number(values.seed ?? 1), path: values.path },
    changedShare: Number(values.changed ?? 0),
  })
  console.log(JSON.stringify({ ...made, ms: Math.round(performance.now() - started) }))
}
