/**
 * Work that is the same on every machine and in every version of Tieback: a process that starts, keeps rows in memory and in SQLite, reads and
 * writes JSON, and hashes. What a machine takes for it says how fast it is today.
 */
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

type Row = { id: number; key: string; name: string; amounts: number[]; tags: Record<string, string> }

const rows = Array.from(
  { length: 12_000 },
  (_, id): Row => ({
    id,
    key: `${id % 97}-${id}`,
    name: `Record ${id} of ${id % 41}`,
    amounts: [id, id * 3, id % 7],
    tags: { [`t${id % 13}`]: `v${id % 29}` },
  }),
)
const text = JSON.stringify(rows)
const read: Row[] = JSON.parse(text)
const byName = Map.groupBy(read, ({ name }) => name.replace(/^Record \d+ /, '').toUpperCase())
const sorted = read.toSorted((a, b) => a.key.localeCompare(b.key))

const ledger = new DatabaseSync(':memory:')
ledger.exec('create table rows (id integer primary key, key text, total integer); create index by_key on rows (key)')
const insert = ledger.prepare('insert into rows (id, key, total) values (?, ?, ?)')
ledger.exec('begin')
for (const { id, key, amounts } of sorted)
  insert.run(
    id,
    key,
    amounts.reduce((sum, one) => sum + one, 0),
  )
ledger.exec('commit')
const { total } = ledger.prepare('select sum(total) as total from rows where key like ?').get('1%') ?? {}
ledger.close()

console.log(createHash('sha256').update(text).update(String(total)).update(String(byName.size)).digest('hex'))
