/**
 * Commitments of Sage 300 CRE: JCM_MASTER__COMMITMENT (StandardMode), master_jcm_record_1_12 (DictionaryMode). Columns: erp-files.md C3 and
 * C5, read there 2026-11. The StandardMode names of the amounts are not public: `samt` and `sapprco` come from raw files only.
 */
import { commitments } from './records/commitments.ts'
import { standardFormat } from './standard-format.ts'

export const sageCommitments = standardFormat({
  id: 'sage-commitments',
  record: commitments,
  title: 'Sage 300 CRE commitments (JCM_MASTER__COMMITMENT)',
  headers: {
    commitment: ['Commitment', 'sub'],
    description: ['Description', 'sdesc'],
    vendor: ['Vendor', 'svendor'],
    job: ['Job', 'sjob'],
    commitment_type: ['Commitment_Type'],
    closed: ['Closed', 'sclosed'],
    amount_invoiced: ['Amount_Invoiced', 'samtinv'],
    samt: ['samt'],
    sapprco: ['sapprco'],
  },
  anyOf: ['commitment_type', 'closed', 'amount_invoiced', 'samt'],
  never: ['Item_Number', 'Item', 'Commitment_CO', 'Cost_Code', 'Transaction_Type', 'Invoice'],
})
