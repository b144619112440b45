/** The figure `first-take`: a million new rows become a sealed take, against inserting the same rows bare. Each round runs both, in processes of their own. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { absoluteLine, type Bench, type Line, median, ratioLine } from './bench.ts'
import { makeJcExport } from './make-jc-export.ts'

const rows = 1_000_000
const rounds = 5

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const writer = here('../build/agent/writer.js')

type Taken = { ms: number; cpuMs: number; peakMb: number }
type Bare = { ms: number; cpuMs: number }

function child<T>(script: string, args: readonly string[]): T {
  return JSON.parse(
    execFileSync(process.execPath, [here(script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  ) as T
}

/** What a new process finds in the ledger: everything was sealed, nothing twice, nothing lost. */
function countTaken(path: string): Record<string, number> {
  const raw = new DatabaseSync(path)
  raw.exec('pragma wal_checkpoint(truncate)')
  const count = (sql: string): number => Number(raw.prepare(sql).get()?.['n'])
  const counts = {
    sealed: count('select count(*) as n from takes where sealed_at is not null'),
    rows: count('select count(*) as n from records where line > 0'),
    records: count('select count(*) as n from records'),
    links: count('select count(*) as n from links'),
    outbox: count('select count(*) as n from outbox'),
    going: count('select count(*) as n from records where left_out = 0'),
  }
  raw.close()
  return counts
}

function assertWhole({ sealed, rows: found, links, outbox, going }: Record<string, number>): void {
  if (sealed !== 1 || found !== rows || links !== going || outbox !== going) {
    throw new Error(`The take is not whole: ${JSON.stringify({ sealed, found, links, outbox, going })}`)
  }
}

async function* run(): AsyncIterable<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'tieback-first-take-'))
  try {
    yield* measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function* measure(folder: string): AsyncIterable<Line> {
  const path = join(folder, 'jc.csv')
  const made = await makeJcExport({ rows, seed: 1, path })
  const ledger = join(folder, 'ledger.db')
  const [taken, bare]: [Taken[], Bare[]] = [[], []]
  let size = 0
  let counts: Record<string, number> = {}
  for (let round = 0; round <= rounds; round++) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(ledger + suffix, { force: true })
    const ours = child<Taken>('first-take-child.ts', [ledger, path, String(rows), writer])
    counts = countTaken(ledger)
    assertWhole(counts)
    size = statSync(ledger).size
    const other = join(folder, 'bare.db')
    const reference = child<Bare>('bare-insert.ts', [other, path])
    for (const suffix of ['', '-wal', '-shm']) rmSync(other + suffix, { force: true })
    if (round > 0) taken.push(ours) // the first round warms up
    if (round > 0) bare.push(reference)
  }
  const of = <T>(list: readonly T[], pick: (one: T) => number): number => median(list.map(pick))
  const detail = {
    rows,
    fileBytes: made.bytes,
    cpuMs: of(taken, ({ cpuMs }) => cpuMs),
    referenceCpuMs: of(bare, ({ cpuMs }) => cpuMs),
    ...counts,
  }
  yield ratioLine(
    'first-take/bare-insert',
    'ms',
    of(taken, ({ ms }) => ms),
    of(bare, ({ ms }) => ms),
    4,
    detail,
  )
  yield absoluteLine('first-take/rss', 'MB', Math.max(...taken.map(({ peakMb }) => peakMb)), 250)
  yield absoluteLine('first-take/bytes-per-record', 'bytes', size / rows, 350, { size, ...counts })
}

export const firstTake: Bench = { name: 'first-take', run }
