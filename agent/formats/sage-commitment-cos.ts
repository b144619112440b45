/**
 * Change orders of commitments of Sage 300 CRE: JCM_MASTER__COMMITMENT_CO (StandardMode; no raw names are public). Commitment and
 * Commitment_CO: erp-files.md C3, read there 2026-11. The other names are inferred from the tables beside it and read where a file has them.
 */
import { commitmentCos } from './records/commitment-cos.ts'
import { standardFormat } from './standard-format.ts'

export const sageCommitmentCos = standardFormat({
  id: 'sage-commitment-cos',
  record: commitmentCos,
  title: 'Sage 300 CRE commitment change orders (JCM_MASTER__COMMITMENT_CO)',
  headers: {
    commitment: ['Commitment'],
    change_order: ['Commitment_CO'],
    description: ['Description'],
    date: ['Date'],
    status: ['Status'],
    amount: ['Amount'],
  },
  never: ['Item_Number', 'Vendor', 'Invoice', 'Transaction_Type'],
})
