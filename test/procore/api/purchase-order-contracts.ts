import { contractFields, contracts } from './contracts.ts'

export const purchaseOrderContracts = contracts({
  ...{ kind: 'purchase_order_contracts', name: 'PurchaseOrderContract', key: 'purchase_order_contract' },
  fields: {
    ...contractFields,
    status: ['Draft', 'Processing', 'Submitted', 'Partially Received', 'Received', 'Approved', 'Closed'],
    ...{
      assignee_id: 'whole',
      bill_to_address: 'text',
      delivery_date: 'date',
      payment_terms: 'text',
      ship_to_address: 'text',
      ship_via: 'text',
    },
  },
  blank: { bill_to_address: null, delivery_date: null, payment_terms: null, ship_to_address: null, ship_via: null },
})
