import type { Kind } from './kind.ts'

export const primeContracts: Kind = {
  entity: 'prime-contracts',
  role: 'master',
  fields: [
    'job',
    'description',
    'status',
    'job_complete',
    'ar_customer',
    'contract_date',
    'original_contract',
    'approved_contract_changes',
    'revised_contract',
    'jtd_work_billed',
    'jtd_payments',
    'jtd_retainage',
  ],
  itemTypes: ['prime-contract'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
