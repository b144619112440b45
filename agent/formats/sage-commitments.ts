/**
 * Commitments of Sage 300 CRE: JCM_MASTER__COMMITMENT (StandardMode), master_jcm_record_1_12 (DictionaryMode). Columns: erp-files.md C3 and
 * C5, read there 2026-11. The StandardMode names of the amounts are not public: `samt` and `sapprco` come from raw files only.
 */
import type { Column } from './format.ts'
import { standardFormat } from './standard-format.ts'

const sageCommitmentColumns: readonly Column[] = [
  // Up to 12 characters, unique in the whole company.
  { field: 'commitment', headers: ['Commitment', 'sub'], type: 'code', required: true },
  { field: 'description', headers: ['Description', 'sdesc'], type: 'text' },
  { field: 'vendor', headers: ['Vendor', 'svendor'], type: 'code', required: true },
  { field: 'job', headers: ['Job', 'sjob'], type: 'code' },
  // Subcontract or purchase order, as the file words it.
  { field: 'commitment_type', headers: ['Commitment_Type'], type: 'text' },
  { field: 'closed', headers: ['Closed', 'sclosed'], type: 'flag' },
  { field: 'amount_invoiced', headers: ['Amount_Invoiced', 'samtinv'], type: 'money' },
  // Original amount.
  { field: 'samt', headers: ['samt'], type: 'money' },
  // Approved change orders.
  { field: 'sapprco', headers: ['sapprco'], type: 'money' },
]

export const sageCommitments = standardFormat({
  id: 'sage-commitments',
  entity: 'commitments',
  title: 'Sage 300 CRE commitments (JCM_MASTER__COMMITMENT)',
  columns: sageCommitmentColumns,
  anyOf: ['commitment_type', 'closed', 'amount_invoiced', 'samt'],
  never: ['Item_Number', 'Item', 'Commitment_CO', 'Cost_Code', 'Transaction_Type', 'Invoice'],
  key: ['commitment'],
})
