/** The project people add the cost code the ERP posts to already, to the project and to its sub jobs. */
import { lateCode } from './firm.ts'
import { addCode, type ProcoreSide } from './procore-side.ts'

export function addLateCode({ company, projects }: ProcoreSide, day: number): void {
  const project = [...projects.values()][lateCode.job]
  if (day !== lateCode.addedOn || project === undefined) return
  const subJobs = company.tables.sub_jobs.where((one) => one.project_id === project)
  for (const subJob of [null, ...subJobs.map(({ id }) => id)]) addCode(company, project, subJob, lateCode.code, 99)
}
