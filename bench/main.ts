/** `npm run bench [-- --only NAME] [--json]`: runs the figures and exits ≠ 0 when one is over its budget. */
import { parseArgs } from 'node:util'
import type { Bench, Line } from './bench.ts'

const benches: Record<string, () => Promise<Bench>> = {
  rescan: async () => (await import('./rescan.ts')).rescan,
  unchanged: async () => (await import('./rescan.ts')).unchanged,
  'first-take': async () => (await import('./first-take.ts')).firstTake,
  status: async () => (await import('./status.ts')).status,
  freshness: async () => (await import('./freshness.ts')).freshness,
  calls: async () => (await import('./calls.ts')).calls,
  page: async () => (await import('./page.ts')).page,
  idle: async () => (await import('./idle.ts')).idle,
  month: async () => (await import('./month.ts')).month,
  unlink: async () => (await import('./unlink.ts')).unlink,
  console: async () => (await import('./console.ts')).consoleBench,
  formats: async () => (await import('./formats.ts')).formats,
}

const round = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))

function inWords(line: Line): string {
  const measured =
    line.mode === 'ratio'
      ? `${round(line.ratio!)} × (${round(line.ours)} against ${round(line.reference!)} ${line.unit})`
      : `${round(line.ours)} ${line.unit}`
  return `${line.ok ? 'ok  ' : 'OVER'} ${line.name.padEnd(28)} ${measured}, budget ${line.mode === 'ratio' ? `${line.budget} ×` : `${line.budget} ${line.unit}`}`
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } } })
const wanted = values.only ?? Object.keys(benches)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}

let over = 0
for (const name of wanted) {
  const bench = await benches[name]!()
  for await (const line of bench.run()) {
    if (!line.ok) over += 1
    console.log(values.json ? JSON.stringify(line) : inWords(line))
  }
}
process.exitCode = over > 0 ? 1 : 0
