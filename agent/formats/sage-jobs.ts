/**
 * Jobs of Sage 300 CRE: JCM_MASTER__JOB (StandardMode, about 430 columns), master_jcm_record_1_1 (DictionaryMode). Columns: erp-files.md C3
 * and C5, read there 2026-11. Extras, cost codes and categories carry Job and Description too; they are another table.
 */
import { jobs } from './records/jobs.ts'
import { standardFormat } from './standard-format.ts'

export const sageJobs = standardFormat({
  id: 'sage-jobs',
  record: jobs,
  title: 'Sage 300 CRE jobs (JCM_MASTER__JOB)',
  headers: {
    job: ['Job'],
    description: ['Description', 'jdesc'],
    address1: ['Address_1', 'jaddr1'],
    address2: ['Address_2'],
    city: ['City'],
    state: ['State'],
    zip: ['Zip_Code'],
    status: ['Status', 'jstatus'],
    job_complete: ['Job_Complete'],
    contract_date: ['Contract_Date'],
    original_contract: ['Original_Contract_Amount'],
    revised_contract: ['Revised_Contract_Amount'],
    approved_contract_changes: ['JTD_Aprvd_Contract_Chgs'],
    original_estimate: ['Original_Estimate'],
    total_estimate: ['Total_Estimate'],
    jtd_cost: ['JTD_Cost'],
    jtd_work_billed: ['JTD_Work_Billed'],
    // C3 lists estimated, revised and actual dates without their exact names; these are read where a file has them.
    start_date: ['Estimated_Start_Date', 'Start_Date'],
    completion_date: ['Estimated_Completion_Date', 'Completion_Date'],
  },
  anyOf: ['status', 'job_complete', 'original_contract', 'address1'],
  never: ['Extra', 'Cost_Code', 'Category', 'Commitment', 'Vendor', 'Invoice', 'Transaction_Type'],
})
