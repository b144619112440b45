import type { RecordShape } from './record-shape.ts'

/** The contract with the owner, one per job. It has no control amount: every total to date stands beside its own parts. */
export const primeContracts: RecordShape = {
  entity: 'prime-contracts',
  fields: [
    { field: 'job', type: 'code', required: true },
    { field: 'description', type: 'text' },
    { field: 'status', type: 'text' },
    { field: 'job_complete', type: 'flag' },
    { field: 'ar_customer', type: 'code' },
    { field: 'contract_date', type: 'date' },
    { field: 'original_contract', type: 'money' },
    { field: 'approved_contract_changes', type: 'money' },
    { field: 'revised_contract', type: 'money' },
    { field: 'jtd_work_billed', type: 'money' },
    { field: 'jtd_payments', type: 'money' },
    { field: 'jtd_retainage', type: 'money' },
  ],
  key: ['job'],
}
