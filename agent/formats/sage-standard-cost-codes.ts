/**
 * Standard cost codes of Sage 300 CRE: JCM_MASTER__STANDARD_COST_CODE (StandardMode), master_jcm_record_1_16 (DictionaryMode). Raw columns:
 * erp-files.md C5, read there 2026-11; the StandardMode names are inferred from the job tables (C3), where the same things are called so.
 */
import { standardCostCodes } from './records/standard-cost-codes.ts'
import { standardFormat } from './standard-format.ts'

export const sageStandardCostCodes = standardFormat({
  id: 'sage-standard-cost-codes',
  record: standardCostCodes,
  title: 'Sage 300 CRE standard cost codes (JCM_MASTER__STANDARD_COST_CODE)',
  headers: {
    cost_code: ['Cost_Code', 'sphase'],
    description: ['Description', 'spdesc'],
  },
  never: ['Job', 'Extra', 'Category', 'Commitment', 'Vendor', 'Invoice', 'Transaction_Type'],
})
