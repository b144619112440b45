import { usDate } from '../business/dates.ts'
import type { Business } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'

/** Some of the 430 columns of JCM_MASTER__JOB (facts erp-files C3); status words C4. */
export function jobs({ jobs: list, costs }: Business): ErpRecord[] {
  return list.map((job) => {
    const cost = costs.filter((row) => row.job === job.number).reduce((all, row) => all + row.amount, 0)
    return {
      ...{
        Job: job.number,
        Description: job.name,
        Address_1: '1 Site Road',
        Address_2: '',
        City: job.city,
        State: job.state,
        Zip_Code: job.zip,
      },
      ...{
        Status: job.active ? 'In progress' : 'Closed',
        Job_Complete: job.active ? '0' : '1',
        AR_Customer: '',
        Contract_Date: usDate('2026-01-05'),
      },
      ...{ Original_Contract_Amount: centsText(job.contract), Revised_Contract_Amount: centsText(job.contract), JTD_Cost: centsText(cost) },
      ...{ Project_Manager: '', Date_Stamp: usDate('2026-09-30') },
    }
  })
}
