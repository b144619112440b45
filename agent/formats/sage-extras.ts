/**
 * Extras of Sage 300 CRE: JCM_MASTER__EXTRA (StandardMode; no raw names are public). Columns: erp-files.md C3, read there 2026-11.
 */
import { extras } from './records/extras.ts'
import { standardFormat } from './standard-format.ts'

export const sageExtras = standardFormat({
  id: 'sage-extras',
  record: extras,
  title: 'Sage 300 CRE extras (JCM_MASTER__EXTRA)',
  headers: {
    job: ['Job'],
    extra: ['Extra'],
    description: ['Description'],
  },
  never: ['Cost_Code', 'Category', 'Commitment', 'Vendor', 'Invoice', 'Transaction_Type'],
})
