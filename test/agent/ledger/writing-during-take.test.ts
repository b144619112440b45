import { expect, it } from 'vitest'
import { admin, costsCsv, openCompany } from './company.ts'

it('writing switched on while a file is being read counts for that file, too', async () => {
  const { drop, command, transact, connection, rows, outbox } = await openCompany()
  const cost = ['24-1', '', '01-000', 'OTH', 'JC cost', '2026-01-05', 'Fuel', '', '', '10.00', '', '', '', '', '', '9', '1', '1']
  const taken = drop('costs.csv', costsCsv(cost))
  while (rows('select 1 from takes where sealed_at is null').length === 0) await transact(() => undefined)
  await transact((tx) => command.setWriting(tx, { connection, entity: 'jc-transactions', writing: true, creating: true, by: admin }))
  expect(rows('select 1 from takes where sealed_at is null'), 'it is still being read').toHaveLength(1)
  expect((await taken).counts).toMatchObject({ 'rows.sent': 1 })
  expect(outbox()).toMatchObject([{ op: 'create', state: 'waiting' }])
})
