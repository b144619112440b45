import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openReader } from '../../../agent/ledger/reader.ts'
import { startWriter } from '../../../agent/ledger/writer-proxy.ts'
import type { Event } from '../../../shared/event.ts'
import { Trouble } from '../../../shared/problem.ts'
import { admin, costsCsv } from './company.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tieback-writer-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
const connection = { name: 'Main', connector: 'folder', erpCompany: 'P', procoreCompany: '7', owner: 'tieback', by: admin } as const
const reading = { reading: { date: 'yyyy-mm-dd' } }

test('a command answers, its events come after the commit, and a reader sees what it wrote', async () => {
  const path = join(folder(), 'ledger.db')
  const writer = await startWriter({ path })
  const seen: Event[] = []
  const reader = openReader(path)
  const known: unknown[] = []
  writer.onEvents((events) => {
    seen.push(...events)
    known.push(reader.raw.prepare('select count(*) as n from connections').get()?.['n'])
  })
  expect(await writer.call('addConnection', { ...connection, settings: {} })).toBe(1)
  expect(seen.map(({ n, kind }) => [n, kind])).toEqual([[1, 'connection-changed']])
  expect(known).toEqual([1])
  reader.close()
  await writer.close()
})

test('a refusal keeps its message, and the next command runs', async () => {
  const writer = await startWriter({ path: join(folder(), 'ledger.db') })
  await expect(writer.call('setSettings', { connection: 5, settings: {}, by: admin })).rejects.toThrow('There is no connection 5.')
  expect(await writer.call('addConnection', { ...connection, settings: {} })).toBe(1)
  await writer.close()
})

test('a ledger that cannot be read is trouble with a name, before anything starts', async () => {
  const path = join(folder(), 'ledger.db')
  writeFileSync(path, 'no ledger at all, but long enough to be looked at '.repeat(50))
  const cause = await startWriter({ path }).catch((error: unknown) => error)
  expect(cause).toBeInstanceOf(Trouble)
  expect((cause as Trouble).problem.code).toBe('ledger-damaged')
})

test('short commands are answered while a long take runs, and progress is told on the way', async () => {
  const at = folder()
  const writer = await startWriter({ path: join(at, 'ledger.db') })
  const kinds: string[] = []
  writer.onEvents((events) => kinds.push(...events.map(({ kind }) => kind)))
  const id = await writer.call('addConnection', { ...connection, settings: reading })
  const path = join(at, 'costs.csv')
  const row = (n: number) => [
    'J1',
    '',
    '01',
    'MAT',
    'AP cost',
    '2026-03-01',
    'Work',
    '',
    '',
    '1.00',
    '',
    '',
    '',
    '',
    '',
    '1',
    '1',
    String(n),
  ]
  writeFileSync(path, costsCsv(...Array.from({ length: 60_000 }, (_, n) => row(n))))
  let done = false
  const file = { path, name: 'costs.csv', spool: null, size: statSync(path).size, mtimeMs: 0, sha256: 'x', asOf: new Date(0).toISOString() }
  const taking = writer.call('takeFile', { connection: id, file: { ...file, complete: { proof: 'none' } } }).then((outcome) => {
    done = true
    return outcome
  })
  await writer.call('fileSeen', { connection: id, file: 'other.csv', bytes: 1 })
  expect(done).toBe(false)
  expect(await taking).toMatchObject({ filed: 'done', counts: { rows: 60_000, total: '60000.00' } })
  expect(kinds).toContain('run-progress')
  await writer.close()
})
