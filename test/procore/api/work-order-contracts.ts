import { contractFields, contracts } from './contracts.ts'

/** Subcontracts: the reference calls them work order contracts. */
export const workOrderContracts = contracts({
  ...{ kind: 'work_order_contracts', name: 'WorkOrderContract', key: 'work_order_contract' },
  fields: {
    ...contractFields,
    status: ['Draft', 'Out For Bid', 'Out For Signature', 'Approved', 'Complete', 'Terminated', 'Void'],
    ...{
      inclusions: 'text',
      exclusions: 'text',
      contract_start_date: 'date',
      contract_estimated_completion_date: 'date',
      actual_completion_date: 'date',
    },
  },
  blank: { inclusions: null, exclusions: null },
})
