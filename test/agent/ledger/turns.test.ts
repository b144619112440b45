import { expect, test } from 'vitest'
import { firstBrokenAct } from '../../../agent/ledger/audit.ts'
import { eventOf } from '../../../agent/ledger/events.ts'
import { openLedger } from './open-ledger.ts'

test('work that fails leaves nothing: no row, no event, no act', async () => {
  const { raw, transact, events } = await openLedger()
  const failing = transact(async (tx) => {
    await tx.db.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    tx.emit('agent-started', {})
    tx.audit({ person: null, origin: 'agent', act: 'start', subject: 'agent' })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(events).toEqual([])
  for (const table of ['settings', 'events', 'audit']) expect(raw.prepare(`select count(*) as n from ${table}`).get()?.['n']).toBe(0)
})

test('turns come one at a time and in order, also when one waits inside', async () => {
  const { transact } = await openLedger()
  const seen: string[] = []
  const slow = transact(async (tx) => {
    seen.push('slow begins')
    await tx.db.selectFrom('settings').selectAll().execute()
    seen.push('slow ends')
  })
  const quick = transact(() => void seen.push('quick'))
  await Promise.all([slow, quick])
  expect(seen).toEqual(['slow begins', 'slow ends', 'quick'])
})

test('events are numbered without gaps, a failed turn between them included, and read back as they were told', async () => {
  const { raw, transact, events } = await openLedger()
  await transact((tx) => tx.emit('file-seen', { connection: '1', data: { file: 'a.csv', bytes: 10 } }))
  await transact((tx) => {
    tx.emit('file-seen', { connection: '1' })
    throw new Error('no')
  }).catch(() => undefined)
  await transact((tx) => tx.emit('link-changed', { connection: '1', project: '9', items: [{ type: 'vendor', id: '5' }], more: 2 }))
  expect(events.map(({ n }) => n)).toEqual([1, 2])
  expect(raw.prepare('select * from events order by n').all().map(eventOf)).toEqual(events)
})

test('the audit chain holds, and breaks at the row that was changed or taken out', async () => {
  const { raw, transact } = await openLedger()
  for (const subject of ['a', 'b', 'c', 'd']) {
    await transact((tx) =>
      tx.audit({ person: 1, origin: 'cli', act: 'writing-on', subject, before: { writing: false }, after: { writing: true } }),
    )
  }
  expect(firstBrokenAct(raw)).toBeNull()
  raw.exec("update audit set subject = 'x' where id = 2")
  expect(firstBrokenAct(raw)).toBe(2)
  raw.exec("update audit set subject = 'b' where id = 2")
  raw.exec('delete from audit where id = 3')
  expect(firstBrokenAct(raw)).toBe(4)
})
