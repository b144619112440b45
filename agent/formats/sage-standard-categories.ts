/**
 * Standard categories of Sage 300 CRE: JCM_MASTER__STANDARD_CATEGORY (StandardMode), master_jcm_record_1_17 (DictionaryMode). Raw columns:
 * erp-files.md C5, read there 2026-11; the StandardMode names are inferred from the job tables (C3), where the same things are called so.
 */
import { standardCategories } from './records/standard-categories.ts'
import { standardFormat } from './standard-format.ts'

export const sageStandardCategories = standardFormat({
  id: 'sage-standard-categories',
  record: standardCategories,
  title: 'Sage 300 CRE standard categories (JCM_MASTER__STANDARD_CATEGORY)',
  headers: {
    category: ['Category', 'scat'],
    description: ['Description', 'scdesc'],
  },
  never: ['Job', 'Extra', 'Cost_Code', 'Commitment', 'Vendor', 'Invoice', 'Transaction_Type'],
})
