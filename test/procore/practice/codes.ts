import { categories, costCodes } from '../business/codes.ts'
import type { Filling } from '../practice-company.ts'

/** The standard list, cost types, tax codes, and each project's own codes (once more for each sub job). */
export function addCodes(filling: Filling): void {
  const { company, types } = filling
  const list = company.add('standard_cost_code_lists', {
    name: 'Practice standard codes',
    is_erp_list: false,
    available_to_use_on_new_projects: true,
  })
  for (const { code, name } of costCodes)
    company.add('standard_cost_codes', { standard_cost_code_list_id: list.id, parent_id: null, code, full_code: code, name })
  for (const { code, name, base } of categories) types.set(code, company.add('line_item_types', { code, name, base_type: base }).id)
  const tax = { rate1: 8.5, archived: false, default_tax_code: true }
  company.add('tax_codes', { code: 'WA', description: 'State and local', ...tax })
  company.add('tax_codes', { code: 'EXEMPT', description: 'No tax', ...tax, rate1: 0, default_tax_code: false })
  for (const [number, projectId] of filling.projects) addProjectCodes(filling, number, projectId)
}

function addProjectCodes({ company, costCodes: ids }: Filling, job: string, projectId: number): void {
  const subJobs = company.tables.sub_jobs.where((one) => one.project_id === projectId)
  for (const subJob of [undefined, ...subJobs]) {
    for (const [position, { code, name }] of costCodes.entries()) {
      const biller = { project_id: projectId, sub_job_id: subJob?.id ?? null }
      const { id } = company.add('cost_codes', {
        ...biller,
        code,
        full_code: code,
        name,
        parent_id: null,
        position: position + 1,
        standard_cost_code_id: null,
      })
      ids.set(codeKey(job, subJob?.code ?? '', code), id)
    }
  }
}

export const codeKey = (job: string, extra: string, code: string) => `${job}|${extra}|${code}`
