/**
 * Cost codes of jobs of Sage 300 CRE: JCM_MASTER__COST_CODE (StandardMode), master_jcm_record_1_3 (DictionaryMode). Columns: erp-files.md
 * C3 and C5, read there 2026-11.
 */
import { costCodes } from './records/cost-codes.ts'
import { standardFormat } from './standard-format.ts'

export const sageCostCodes = standardFormat({
  id: 'sage-cost-codes',
  record: costCodes,
  title: 'Sage 300 CRE cost codes (JCM_MASTER__COST_CODE)',
  headers: {
    job: ['Job', 'pjob'],
    extra: ['Extra', 'pextra'],
    cost_code: ['Cost_Code', 'phase'],
    description: ['Description', 'pdesc'],
  },
  never: ['Category', 'Commitment', 'Vendor', 'Invoice', 'Transaction_Type'],
})
