/**
 * Job cost transactions of Sage 300 CRE: JCT_CURRENT__TRANSACTION (StandardMode; no raw names are public). Columns: erp-files.md C3 and C4,
 * read there 2026-11. Employee, Pay_ID and equipment columns are never mapped, so wages cannot leave through here; accounts, checks and
 * customers are not needed and not kept either.
 */
import { jcTransactions } from './records/jc-transactions.ts'
import { standardFormat } from './standard-format.ts'

export const sageJcTransactions = standardFormat({
  id: 'sage-jc-transactions',
  record: jcTransactions,
  title: 'Sage 300 CRE job cost transactions (JCT_CURRENT__TRANSACTION)',
  headers: {
    job: ['Job'],
    extra: ['Extra'],
    cost_code: ['Cost_Code'],
    category: ['Category'],
    transaction_type: ['Transaction_Type'],
    transaction_date: ['Transaction_Date'],
    accounting_date: ['Accounting_Date'],
    description: ['Description'],
    units: ['Units'],
    unit_cost: ['Unit_Cost'],
    amount: ['Amount'],
    amount_type: ['Amount_Type'],
    vendor: ['Vendor'],
    invoice: ['Invoice'],
    commitment: ['Commitment'],
    change_order: ['Change_Order'],
    batch: ['Batch'],
    run: ['Run'],
    sequence: ['Sequence'],
    dist_sequence: ['Dist_Sequence'],
    row_id: ['Row_ID'],
  },
  anyOf: ['sequence', 'row_id'],
})
