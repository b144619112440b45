import type { RecordShape } from './record-shape.ts'

/** Run/batch, sequence and distribution sequence; in the replica Row_ID where those are missing (erp-files.md C4, inferred). */
const keyParts: RecordShape['keyParts'] = ({ run, batch, sequence, dist_sequence, row_id }) => {
  if (sequence != null && (run ?? batch) != null) return [run ?? '', batch ?? '', sequence, dist_sequence ?? '']
  return row_id != null ? [`row ${row_id}`] : null
}

/** Job cost transactions. Amount above zero is cost, below zero a reversal (erp-files.md C4). */
export const jcTransactions: RecordShape = {
  entity: 'jc-transactions',
  fields: [
    { field: 'job', type: 'code', required: true },
    { field: 'extra', type: 'code' },
    { field: 'cost_code', type: 'code' },
    { field: 'category', type: 'code' },
    // Text, not a code: 'AP cost', 'JC cost', 'PR cost', 'EQ cost', 'IV cost', 'SM cost', 'Scheduled value' …
    { field: 'transaction_type', type: 'text', required: true },
    { field: 'transaction_date', type: 'date' },
    { field: 'accounting_date', type: 'date' },
    { field: 'description', type: 'text' },
    { field: 'units', type: 'quantity' },
    { field: 'unit_cost', type: 'money' },
    { field: 'amount', type: 'money', required: true },
    { field: 'amount_type', type: 'text' },
    { field: 'vendor', type: 'code' },
    { field: 'invoice', type: 'code', typed: true },
    { field: 'commitment', type: 'code' },
    { field: 'change_order', type: 'code', typed: true },
    { field: 'batch', type: 'code' },
    { field: 'run', type: 'code' },
    { field: 'sequence', type: 'code' },
    { field: 'dist_sequence', type: 'code' },
    // Of the SQL replica only.
    { field: 'row_id', type: 'code' },
  ],
  key: ['run', 'batch', 'sequence'],
  keyParts,
  amount: 'amount',
}
