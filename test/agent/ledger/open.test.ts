import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { ledgerDb } from '../../../agent/ledger/dialect.ts'
import { migrate, migrations, schemaText } from '../../../agent/ledger/migrate.ts'
import { openReading, openWriting } from '../../../agent/ledger/open.ts'
import { openReader } from '../../../agent/ledger/reader.ts'
import { Trouble } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'
import { openLedger } from './open-ledger.ts'

test('a row put in through the query builder comes back through it', async () => {
  const { raw } = await openLedger()
  const db = ledgerDb(raw)
  const put = await db.insertInto('settings').values({ name: 'seed', value: '7' }).executeTakeFirstOrThrow()
  expect(put.numInsertedOrUpdatedRows).toBe(1n)
  expect(await db.selectFrom('settings').selectAll().where('name', '=', 'seed').execute()).toEqual([{ name: 'seed', value: '7' }])
})

test('a migration that fails half-way leaves nothing', async () => {
  const { raw } = await openLedger()
  const before = schemaText(raw)
  const broken = { ...migrations, '0002-broken': 'create table half (a integer);\ncreate table nonsense oops;\n' }
  await expect(migrate(raw, broken)).rejects.toThrow()
  expect(schemaText(raw)).toBe(before)
  await migrate(raw)
})

test('schema.sql is the latest schema as a whole', async () => {
  const { raw } = await openLedger()
  const written = readFileSync(new URL('../../../agent/ledger/schema/schema.sql', import.meta.url), 'utf8')
  expect(written).toBe(schemaText(raw)) // else: npx node agent/ledger/schema/write-schema.ts
})

test('opening a ledger a second time changes nothing', async () => {
  const { raw, path } = await openLedger()
  const before = schemaText(raw)
  const again = await openWriting(path)
  expect(schemaText(again)).toBe(before)
  again.close()
})

test('a damaged ledger is named as such, not read on', async () => {
  const { raw, path } = await openLedger()
  for (let n = 0; n < 2000; n++) raw.prepare('insert into settings values (?, ?)').run(`name ${n}`, 'x'.repeat(100))
  raw.close()
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 40_960, 90_000)
  writeFileSync(path, bytes)
  const trouble = await openWriting(path).then(
    () => null,
    (cause: unknown) => cause,
  )
  expect(trouble).toBeInstanceOf(Trouble)
  reaches('ledger-damaged', (trouble as Trouble).problem.code)
})

test('a file that is no ledger at all is named as damaged too', async () => {
  const { path } = await openLedger()
  const other = `${path}.txt`
  writeFileSync(other, 'not a database, but long enough to be looked at as one '.repeat(100))
  await expect(openWriting(other)).rejects.toMatchObject({ problem: { code: 'ledger-damaged' } })
})

test('the reader sees what was committed, and cannot write', async () => {
  const { raw, path, transact } = await openLedger()
  const reader = openReader(path)
  await transact(({ raw: tx }) => tx.prepare('insert into settings values (?, ?)').run('a', 'b'))
  expect(await (await reader.db()).selectFrom('settings').selectAll().execute()).toEqual([{ name: 'a', value: 'b' }])
  await expect((await reader.db()).deleteFrom('settings').execute()).rejects.toThrow(/read/)
  reader.close()
  expect(raw.isOpen).toBe(true)
})

test('a copy of the file taken while it is open can be opened', async () => {
  const { raw, path } = await openLedger()
  raw.exec('pragma wal_checkpoint(truncate)')
  copyFileSync(path, `${path}.copy`)
  const copy = openReading(`${path}.copy`)
  expect(copy).toBeInstanceOf(DatabaseSync)
  copy.close()
})

test('a ledger another program holds is busy, not damaged, and works again once it lets go', async () => {
  const { raw, path, transact } = await openLedger()
  raw.exec('pragma busy_timeout = 20')
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  const told = await transact(() => 'done').catch((cause) => cause)
  expect(told).toBeInstanceOf(Trouble)
  reaches('ledger-busy', told.problem.code)
  other.exec('rollback')
  other.close()
  expect(await transact(() => 'done')).toBe('done')
})
