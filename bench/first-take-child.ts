/** One first take in a process of its own: `node first-take-child.ts LEDGER EXPORT ROWS WRITER`. Prints one JSON line. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startWriter } from '../agent/ledger/writer-proxy.ts'

const [, , ledger, path, rows, entry] = process.argv as [string, string, string, string, string, string]

/** The hash the folder would have made; with one buffer, so that it costs this process no memory. */
function sha256(): string {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(1 << 18)
  const open = openSync(path, 'r')
  for (let count = readSync(open, buffer); count > 0; count = readSync(open, buffer)) hash.update(buffer.subarray(0, count))
  closeSync(open)
  return hash.digest('hex')
}

const peakMb = (): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024

const by = { person: null, origin: 'bench' }
const writer = await startWriter({ path: ledger, entry: pathToFileURL(entry) })
const connection = await writer.call('addConnection', {
  ...{ name: 'Bench', connector: 'folder', erpCompany: 'Bench', procoreCompany: '7', owner: 'tieback', settings: {}, by },
})
await writer.call('setWriting', { connection, entity: 'jc-transactions', writing: true, creating: true, by })
const { size, mtimeMs } = statSync(path)
const file = { path, name: 'jc.csv', spool: null, size, mtimeMs, sha256: sha256(), asOf: new Date(mtimeMs).toISOString() }
const cpu = process.cpuUsage()
const started = performance.now()
const outcome = await writer.call('takeFile', { connection, file: { ...file, complete: { proof: 'manifest', rows: Number(rows) } } })
const ms = performance.now() - started
const { user, system } = process.cpuUsage(cpu)
await writer.close()
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, peakMb: peakMb(), outcome }))
