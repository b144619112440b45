/**
 * Job cost transactions of Sage 300 CRE: JCT_CURRENT__TRANSACTION (StandardMode; no raw names are public). Columns: erp-files.md C3 and C4,
 * read there 2026-11. Amount above zero is cost, below zero a reversal. Employee, Pay_ID and equipment columns are never mapped, so wages
 * cannot leave through here; accounts, checks and customers are not needed and not kept either.
 */
import type { Column } from './format.ts'
import { standardFormat } from './standard-format.ts'

const sageJcTransactionColumns: readonly Column[] = [
  { field: 'job', headers: ['Job'], type: 'code', required: true },
  { field: 'extra', headers: ['Extra'], type: 'code' },
  { field: 'cost_code', headers: ['Cost_Code'], type: 'code' },
  { field: 'category', headers: ['Category'], type: 'code' },
  // Text, not a code: 'AP cost', 'JC cost', 'PR cost', 'EQ cost', 'IV cost', 'SM cost', 'Scheduled value' …
  { field: 'transaction_type', headers: ['Transaction_Type'], type: 'text', required: true },
  { field: 'transaction_date', headers: ['Transaction_Date'], type: 'date' },
  { field: 'accounting_date', headers: ['Accounting_Date'], type: 'date' },
  { field: 'description', headers: ['Description'], type: 'text' },
  { field: 'units', headers: ['Units'], type: 'quantity' },
  { field: 'unit_cost', headers: ['Unit_Cost'], type: 'money' },
  { field: 'amount', headers: ['Amount'], type: 'money', required: true },
  { field: 'amount_type', headers: ['Amount_Type'], type: 'text' },
  { field: 'vendor', headers: ['Vendor'], type: 'code' },
  { field: 'invoice', headers: ['Invoice'], type: 'code' },
  { field: 'commitment', headers: ['Commitment'], type: 'code' },
  { field: 'change_order', headers: ['Change_Order'], type: 'code' },
  { field: 'batch', headers: ['Batch'], type: 'code' },
  { field: 'run', headers: ['Run'], type: 'code' },
  { field: 'sequence', headers: ['Sequence'], type: 'code' },
  { field: 'dist_sequence', headers: ['Dist_Sequence'], type: 'code' },
  // Of the SQL replica only.
  { field: 'row_id', headers: ['Row_ID'], type: 'code' },
]

/** Run/batch, sequence and distribution sequence; in the replica Row_ID where those are missing (C4, inferred). */
function keyParts({ run, batch, sequence, dist_sequence, row_id }: Record<string, string | null>): string[] | null {
  if (sequence != null && (run ?? batch) != null) return [run ?? '', batch ?? '', sequence, dist_sequence ?? '']
  return row_id != null ? [`row ${row_id}`] : null
}

export const sageJcTransactions = standardFormat({
  id: 'sage-jc-transactions',
  entity: 'jc-transactions',
  title: 'Sage 300 CRE job cost transactions (JCT_CURRENT__TRANSACTION)',
  columns: sageJcTransactionColumns,
  anyOf: ['sequence', 'row_id'],
  key: ['run', 'batch', 'sequence'],
  keyParts,
  amount: 'amount',
})
