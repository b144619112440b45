import { beforeEach, describe, expect, it } from 'vitest'
import { apPayments } from '../../../agent/items/ap-payments.ts'
import { packContent } from '../../../agent/ledger/content.ts'
import { sourceOf } from '../../../agent/ledger/sources.ts'
import { pollState } from '../../../agent/procore/poll-state.ts'
import { type ItemType, itemTypes } from '../../../shared/item.ts'
import { openLedger, type TestLedger } from '../ledger/open-ledger.ts'

describe('a poll knows: payments are read', () => {
  let ledger: TestLedger

  beforeEach(async () => {
    ledger = await openLedger()
    const settings = JSON.stringify({ 'standard-cost-code-list': '77' })
    ledger.raw
      .prepare("insert into connections values (1, 'k', 'Books', 'folder', 'Northgate', '9', 'tieback', ?, 1, 1, null, null)")
      .run(settings)
  })
  const at = (type: ItemType) => itemTypes.indexOf(type)
  const item = (type: ItemType, id: string, project: string, content: object = {}, deleted: string | null = null) =>
    ledger.raw
      .prepare('insert into items (type, id, connection, project, content, deleted_at, seen_at) values (?, ?, 1, ?, ?, ?, 0)')
      .run(at(type), id, project, JSON.stringify(content), deleted)
  const record = (entity: 'commitments' | 'ap-payments', id: number, key: string, content: string) =>
    ledger.raw
      .prepare('insert into records (id, source, key, content, left_out, take, line) values (?, ?, ?, ?, 0, 1, 1)')
      .run(id, sourceOf(ledger.raw, 1, entity).id, key, content)
  const commitment = (id: number, key: string, item_id: string) => {
    record('commitments', id, key, '[]')
    const linked = 'insert into links (record, state, since, item_type, item_id) values (?, 5, 0, ?, ?)'
    ledger.raw.prepare(linked).run(id, at('work-order-contract'), item_id)
  }
  const payment = (id: number, of: string) =>
    record('ap-payments', id, `P${id}`, packContent(apPayments.fields, { commitment: of, amount: '1.00' }))
  const contracts = (project: string) => pollState(ledger.raw, 1, []).contracts(project, true)

  it('of the linked commitments the ERP has paid on, in their own project', () => {
    for (const [n, key] of ['SC-1', 'SC-2', 'SC-3'].entries()) {
      item('work-order-contract', `${900 + n}`, n === 2 ? '89' : '88')
      commitment(n + 1, key, `${900 + n}`)
    }
    payment(11, 'SC-1')
    payment(12, 'SC-1')
    payment(13, 'SC-3')
    payment(14, '')
    expect([contracts('88'), contracts('89'), contracts('90')]).toEqual([['900'], ['902'], []])
  })

  it('on, where some are known already: else they would be taken for deleted', () => {
    item('work-order-contract', '900', '88')
    item('contract-payment', '71', '88', { contract_id: '900' })
    expect(contracts('88')).toEqual(['900'])
  })

  it('between two whole readings only where the commitment says another sum than is known', () => {
    const moved = () => pollState(ledger.raw, 1, []).contracts('88', false)
    item('work-order-contract', '900', '88', { total_payments: '30.0' })
    item('contract-payment', '71', '88', { contract_id: '900', amount: '10.0' })
    item('contract-payment', '72', '88', { contract_id: '900', amount: '20.00' })
    item('work-order-contract', '901', '88', {})
    item('contract-payment', '73', '88', { contract_id: '901', amount: '5.0' })
    expect(moved(), 'a sum nobody said counts as moved').toEqual(['901'])
    ledger.raw.prepare('update items set content = \'{"total_payments":"35.0"}\' where id = \'900\'').run()
    expect(moved()).toEqual(['900', '901'])
  })

  it('no longer of a commitment that was deleted', () => {
    item('work-order-contract', '900', '88', {}, '2026-11-01')
    item('contract-payment', '71', '88', { contract_id: '900' })
    commitment(1, 'SC-1', '900')
    payment(11, 'SC-1')
    expect(contracts('88')).toEqual([])
  })

  it('with the standard list the settings name', () => {
    expect(pollState(ledger.raw, 1, []).costCodeList).toBe('77')
    ledger.raw.prepare("update connections set settings = '{}'").run()
    expect(pollState(ledger.raw, 1, []).costCodeList).toBeNull()
  })
})
