import type { Job } from '../business/shapes.ts'
import { centsMoney } from '../money.ts'
import type { Filling } from '../practice-company.ts'

/** Every job Procore knows, with its sub jobs and its prime contract. */
export function addProjects({ business, company, projects }: Filling): void {
  for (const job of business.jobs.filter((one) => one.where !== 'erp')) projects.set(job.number, addProject(company, job))
}

function addProject(company: Filling['company'], job: Job): number {
  const { id } = company.add('projects', {
    ...{ name: job.name, project_number: job.number, active: job.active, city: job.city, state_code: job.state, zip: job.zip },
    ...{ country_code: 'US', time_zone: 'US/Pacific', total_value: centsMoney(job.contract), is_erp_integrated: false, origin_code: null },
    ...{ address: '1 Site Road', start_date: '2026-01-05', completion_date: '2027-06-30', accounting_project_number: null },
  })
  for (const extra of job.extras) company.add('sub_jobs', { project_id: id, code: extra.code, name: extra.name })
  company.add('prime_contracts', {
    ...{ project_id: id, number: `PC-${job.number}`, title: job.name, status: 'Approved', executed: true },
    ...{ grand_total: centsMoney(job.contract), origin_code: null, accounting_method: 'amount', contract_date: '2026-01-05' },
  })
  return id
}
