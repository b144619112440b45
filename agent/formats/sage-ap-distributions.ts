/**
 * Distributions of AP invoices of Sage 300 CRE: APM_MASTER__DISTRIBUTION (StandardMode; no raw names are public). Commitment, job, extra, cost
 * code and category: erp-files.md C3 (inferred there), read 2026-11; Dist_Sequence, the item's names, Amount and Retainage are inferred from
 * JCT_CURRENT__TRANSACTION and the commitment tables. A file with other names goes through a mapping.
 */
import { apDistributions } from './records/ap-distributions.ts'
import { standardFormat } from './standard-format.ts'

export const sageApDistributions = standardFormat({
  id: 'sage-ap-distributions',
  record: apDistributions,
  title: 'Sage 300 CRE AP distributions (APM_MASTER__DISTRIBUTION)',
  headers: {
    vendor: ['Vendor'],
    invoice: ['Invoice'],
    sequence: ['Dist_Sequence'],
    commitment: ['Commitment'],
    commitment_item: ['Commitment_Item', 'Item_Number'],
    job: ['Job'],
    extra: ['Extra'],
    cost_code: ['Cost_Code'],
    category: ['Category'],
    amount: ['Amount'],
    retainage: ['Retainage'],
  },
  never: ['Transaction_Type', 'AP_Payment_ID', 'Check', 'Payment_Type', 'Payment_Date'],
})
