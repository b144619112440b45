import { expect, it } from 'vitest'
import type { Context } from '../../../agent/items/kind.ts'
import { primeContracts } from '../../../agent/items/prime-contracts.ts'

it('Procore’s revised amount is the original and what was approved; what its list does not say is unknown, not zero', () => {
  const record = {
    ...{ id: 1, entity: 'prime-contracts' as const, key: 'J1' },
    fields: { original_contract: '1000.00', approved_contract_changes: '50.00', revised_contract: '1050.00', jtd_work_billed: '300.00' },
  }
  const item = {
    ...{ type: 'prime-contract' as const, id: '1', project: '9', originId: null, originCode: null, updatedAt: null, deletedAt: null },
    content: { grand_total: '1000.0', approved_change_orders: '60.0' },
  }
  const figures = new Map(primeContracts.compare(record, item, {} as Context).map((figure) => [figure.field, figure]))
  expect(figures.get('revised')).toMatchObject({ procore: '1060.00', difference: '10.00', agrees: false })
  expect(figures.get('invoiced')).toMatchObject({ procore: null, erp: '300.00', agrees: null })
})
