import { usDate } from '../business/dates.ts'
import type { Business } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'
import { contractOf, customerOf } from './receivables.ts'

/** Some of the 430 columns of JCM_MASTER__JOB (facts erp-files C3); status words C4. */
export function jobs(business: Business): ErpRecord[] {
  return business.jobs.map((job) => {
    const contract = contractOf(business, job)
    const cost = business.costs.filter((row) => row.job === job.number).reduce((all, row) => all + row.amount, 0)
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
        AR_Customer: job.where === 'both' ? customerOf(job.number) : '',
        Contract_Date: usDate('2026-01-05'),
      },
      ...{ Original_Contract_Amount: centsText(contract.original), JTD_Aprvd_Contract_Chgs: centsText(contract.changes) },
      ...{ Revised_Contract_Amount: centsText(contract.original + contract.changes), JTD_Cost: centsText(cost) },
      ...{ JTD_Work_Billed: centsText(contract.billed), JTD_Payments: centsText(contract.paid) },
      JTD_Retainage_Held: centsText(contract.retainage),
      ...{ Project_Manager: '', Date_Stamp: usDate('2026-09-30') },
    }
  })
}
