/**
 * Jobs of Sage 300 CRE: JCM_MASTER__JOB (StandardMode, about 430 columns), master_jcm_record_1_1 (DictionaryMode). Columns: erp-files.md C3
 * and C5, read there 2026-11. Extras, cost codes and categories carry Job and Description too; they are another table.
 */
import type { Column } from './format.ts'
import { standardFormat } from './standard-format.ts'

const sageJobColumns: readonly Column[] = [
  // With the punctuation of Custom Descriptions, e.g. 24-1001.
  { field: 'job', headers: ['Job'], type: 'code', required: true },
  { field: 'description', headers: ['Description', 'jdesc'], type: 'text', required: true },
  { field: 'address1', headers: ['Address_1', 'jaddr1'], type: 'text' },
  { field: 'address2', headers: ['Address_2'], type: 'text' },
  { field: 'city', headers: ['City'], type: 'text' },
  { field: 'state', headers: ['State'], type: 'text' },
  { field: 'zip', headers: ['Zip_Code'], type: 'text' },
  // 'Unstarted', 'In progress', 'Closed' (C4).
  { field: 'status', headers: ['Status', 'jstatus'], type: 'text' },
  // 0, 1 or empty (C4).
  { field: 'job_complete', headers: ['Job_Complete'], type: 'flag' },
  { field: 'contract_date', headers: ['Contract_Date'], type: 'date' },
  { field: 'original_contract', headers: ['Original_Contract_Amount'], type: 'money' },
  { field: 'revised_contract', headers: ['Revised_Contract_Amount'], type: 'money' },
  { field: 'approved_contract_changes', headers: ['JTD_Aprvd_Contract_Chgs'], type: 'money' },
  { field: 'original_estimate', headers: ['Original_Estimate'], type: 'money' },
  { field: 'total_estimate', headers: ['Total_Estimate'], type: 'money' },
  // Of the whole job to date, wages included: no person can be told from it.
  { field: 'jtd_cost', headers: ['JTD_Cost'], type: 'money' },
  { field: 'jtd_work_billed', headers: ['JTD_Work_Billed'], type: 'money' },
  // C3 lists estimated, revised and actual dates without their exact names; these are read where a file has them.
  { field: 'start_date', headers: ['Estimated_Start_Date', 'Start_Date'], type: 'date' },
  { field: 'completion_date', headers: ['Estimated_Completion_Date', 'Completion_Date'], type: 'date' },
]

export const sageJobs = standardFormat({
  id: 'sage-jobs',
  entity: 'jobs',
  title: 'Sage 300 CRE jobs (JCM_MASTER__JOB)',
  columns: sageJobColumns,
  anyOf: ['status', 'job_complete', 'original_contract', 'address1'],
  never: ['Extra', 'Cost_Code', 'Category', 'Commitment', 'Vendor', 'Invoice', 'Transaction_Type'],
  key: ['job'],
})
