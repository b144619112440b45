/** What a million-row export costs that changed by 1 %, and one that did not change at all. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { absoluteLine, type Bench, type Line, median, ratioLine } from './bench.ts'
import { makeJcExport } from './make-jc-export.ts'
import { interleaved } from './station.ts'
import { takeExport } from './take-export.ts'

const rows = 1_000_000
const seed = 1
const rounds = 5
const station = join(import.meta.dirname, 'rescan-station.ts')
const changedShare = 0.01

export const rescan: Bench = {
  name: 'rescan',
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-rescan-'))
    try {
      yield* rescanIn(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

export const unchanged: Bench = {
  name: 'unchanged',
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-unchanged-'))
    try {
      yield* unchangedIn(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function* rescanIn(folder: string): AsyncGenerator<Line> {
  const sealed = await makeJcExport({ rows, seed, path: join(folder, 'sealed.csv') })
  const { pack } = await takeExport(sealed.path, folder, null)
  const made = await makeJcExport({ rows, seed, path: join(folder, 'export.csv'), changedShare })
  const taken = await takeExport(made.path, folder, pack)
  if (taken.fresh !== made.changed || taken.unchanged !== rows - made.changed || taken.refused !== 0) {
    throw new Error(`${made.changed} rows changed, ${taken.fresh} were found, ${taken.unchanged} were known, ${taken.refused} refused.`)
  }
  const packed = join(folder, 'pack')
  await writeFile(packed, pack)
  const { ours, copied, parsed } = await interleaved(
    {
      ours: [station, 'changed', made.path, await inside(folder, 'ours'), packed],
      copied: [station, 'read-hash-copy', made.path, await inside(folder, 'copied')],
      parsed: [station, 'csv-parse', made.path],
    },
    rounds,
  )
  const detail = { rows, changed: made.changed, bytes: made.bytes, rounds, oursMs: ours.all, cpu: true }
  yield ratioLine('rescan/read-and-hash', 'ms', ours.ms, copied.ms, 4, { ...detail, referenceMs: copied.all })
  yield ratioLine('rescan/csv-parse', 'ms', ours.ms, parsed.ms, 0.1, { ...detail, referenceMs: parsed.all })
  yield await memory(folder, made.path, packed)
}

/** Each work writes into a folder of its own, and into a new file each time: memory for it must be found anew for both. */
async function inside(folder: string, name: string): Promise<string> {
  await mkdir(join(folder, name))
  return join(folder, name)
}

/** VmHWM of a fresh process that takes the changed export once and does nothing else. */
async function memory(folder: string, path: string, packed: string): Promise<Line> {
  const peaks: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'take-export.ts'), path, folder, packed])
    peaks.push((JSON.parse(stdout) as { peakBytes: number }).peakBytes / 1e6)
  }
  return absoluteLine('rescan/rss', 'MB', median(peaks), 200, { rows, rounds, peaksMb: peaks.map(Math.round) })
}

async function* unchangedIn(folder: string): AsyncGenerator<Line> {
  const { path, sha256, bytes } = await makeJcExport({ rows, seed, path: join(folder, 'export.csv') })
  const { ours, hashed } = await interleaved(
    { ours: [station, 'same', path, folder, sha256, String(bytes)], hashed: [station, 'read-hash', path] },
    rounds,
  )
  yield ratioLine('unchanged/read-and-hash', 'ms', ours.ms, hashed.ms, 1.5, {
    rows,
    bytes,
    rounds,
    oursMs: ours.all,
    referenceMs: hashed.all,
    cpu: true,
  })
}
