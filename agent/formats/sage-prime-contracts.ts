/**
 * Contracts with owners of Sage 300 CRE: no table of the contract module is public, so the contract columns of JCM_MASTER__JOB stand for it
 * (erp-files.md C3, read there 2026-11). A file of jobs holds both kinds of record.
 */
import { primeContracts } from './records/prime-contracts.ts'
import { standardFormat } from './standard-format.ts'

export const sagePrimeContracts = standardFormat({
  id: 'sage-prime-contracts',
  record: primeContracts,
  title: 'Sage 300 CRE contracts (contract columns of JCM_MASTER__JOB)',
  headers: {
    job: ['Job'],
    description: ['Description'],
    status: ['Status'],
    job_complete: ['Job_Complete'],
    ar_customer: ['AR_Customer'],
    contract_date: ['Contract_Date'],
    original_contract: ['Original_Contract_Amount'],
    approved_contract_changes: ['JTD_Aprvd_Contract_Chgs'],
    revised_contract: ['Revised_Contract_Amount'],
    jtd_work_billed: ['JTD_Work_Billed'],
    jtd_payments: ['JTD_Payments'],
    jtd_retainage: ['JTD_Retainage_Held'],
  },
  anyOf: [
    ...['ar_customer', 'contract_date', 'original_contract', 'approved_contract_changes', 'revised_contract'],
    ...['jtd_work_billed', 'jtd_payments', 'jtd_retainage'],
  ],
  ridesOn: 'sage-jobs',
})
