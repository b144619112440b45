/**
 * Categories of cost codes of Sage 300 CRE: JCM_MASTER__CATEGORY (StandardMode), master_jcm_record_1_4 (DictionaryMode). Columns:
 * erp-files.md C3 and C5, read there 2026-11.
 */
import { categories } from './records/categories.ts'
import { standardFormat } from './standard-format.ts'

export const sageCategories = standardFormat({
  id: 'sage-categories',
  record: categories,
  title: 'Sage 300 CRE categories (JCM_MASTER__CATEGORY)',
  headers: {
    job: ['Job', 'cjob'],
    extra: ['Extra', 'cextra'],
    cost_code: ['Cost_Code', 'cphase'],
    category: ['Category', 'cat'],
    description: ['Description', 'cdesc'],
  },
  never: ['Commitment', 'Item_Number', 'Vendor', 'Invoice', 'Transaction_Type'],
})
