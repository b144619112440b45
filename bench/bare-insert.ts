/** The reference of `first-take`: the same rows as 15 text columns, integer key, no index, 1,000 per transaction, WAL, FULL. Prints ms spent inserting. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'

const [, , ledger, path] = process.argv as [string, string, string, string]
const columns = 15
const raw = new DatabaseSync(ledger)
raw.exec('pragma journal_mode = wal; pragma synchronous = full')
const names = Array.from({ length: columns }, (_, n) => `c${n}`)
raw.exec(`create table rows (id integer primary key, ${names.map((name) => `${name} text`).join(', ')})`)
const insert = raw.prepare(`insert into rows (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)

let ms = 0
let cpuMs = 0
let batch: string[][] = []
function put(): void {
  const started = performance.now()
  const cpu = process.cpuUsage()
  raw.exec('begin')
  for (const cells of batch) insert.run(...cells)
  raw.exec('commit')
  ms += performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  cpuMs += (user + system) / 1000
  batch = []
}

let first = true
for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
  if (!first) batch.push(line.split(',', columns))
  first = false
  if (batch.length === 1000) put()
}
if (batch.length > 0) put()
raw.close()
console.log(JSON.stringify({ ms, cpuMs }))
