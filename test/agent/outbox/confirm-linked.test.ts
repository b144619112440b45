import { afterEach, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { confirmMatch } from '../../../agent/ledger/confirm-match.ts'
import { reaches } from '../../support/reaches.ts'
import { type Linked, linkedCommitment } from './linked.ts'

let one: Linked
afterEach(() => one.standIn.close())

/** A commitment that is linked, and another of its project that is not. */
async function withOther() {
  one = await linkedCommitment()
  const { work_order_contracts } = one.standIn.company.tables
  const mine = work_order_contracts.get(one.all[0]?.id ?? 0)
  const other = work_order_contracts
    .live()
    .find(({ id, project_id, origin_id }) => id !== mine?.id && project_id === mine?.project_id && origin_id === null)
  return String(other?.id)
}
const confirm = (id: string) =>
  one.firm.ledger.transact((tx) =>
    confirmMatch(tx, kinds, { record: one.record, item: { type: 'work-order-contract', id }, by: { person: null, origin: 'cli' } }),
  )
const item = () => one.firm.ledger.raw.prepare('select item_id from links where record = ?').get(one.record)?.['item_id']
const refusals = () => one.firm.ledger.raw.prepare("select count(*) as n from audit where act = 'match-refused'").get()?.['n']

it('a record that is linked is tied to no other item before it is unlinked', async () => {
  const other = await withOther()
  reaches('match-linked', (await confirm(other))?.code)
  expect([item(), refusals()]).toEqual([String(one.all[0]?.id), 1])
  expect((await confirm(String(one.all[0]?.id)))?.code).toBeUndefined()
  await one.unlink()
  expect([await confirm(other), item()]).toEqual([null, other])
})

it('while its unlink waits it is tied to nothing else, and that item is the one unlinked', async () => {
  const other = await withOther()
  one.firm.ledger.raw.prepare('update records set vanished_at = 1 where id = ?').run(one.record)
  one.wish()
  reaches('match-under-way', (await confirm(other))?.code)
  await one.firm.deliver()
  expect([one.firm.state(one.record), item(), one.origins()[0]?.origin_id]).toEqual(['unlinked', String(one.all[0]?.id), null])
  expect(await one.ask()).toMatchObject({ asked: 'under-way' })
  reaches('match-under-way', (await confirm(other))?.code)
})
