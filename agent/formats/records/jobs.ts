import type { RecordShape } from './record-shape.ts'

/** Jobs of job cost. */
export const jobs: RecordShape = {
  entity: 'jobs',
  fields: [
    // With the punctuation of Custom Descriptions, e.g. 24-1001.
    { field: 'job', type: 'code', required: true },
    { field: 'description', type: 'text', required: true },
    { field: 'address1', type: 'text' },
    { field: 'address2', type: 'text' },
    { field: 'city', type: 'text' },
    { field: 'state', type: 'text' },
    { field: 'zip', type: 'text' },
    // 'Unstarted', 'In progress', 'Closed' (erp-files.md C4).
    { field: 'status', type: 'text' },
    // 0, 1 or empty (C4).
    { field: 'job_complete', type: 'flag' },
    { field: 'contract_date', type: 'date' },
    { field: 'original_contract', type: 'money' },
    { field: 'revised_contract', type: 'money' },
    { field: 'approved_contract_changes', type: 'money' },
    { field: 'original_estimate', type: 'money' },
    { field: 'total_estimate', type: 'money' },
    // Of the whole job to date, wages included: no person can be told from it.
    { field: 'jtd_cost', type: 'money' },
    { field: 'jtd_work_billed', type: 'money' },
    { field: 'start_date', type: 'date' },
    { field: 'completion_date', type: 'date' },
  ],
  key: ['job'],
}
