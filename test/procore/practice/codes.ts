import { categories, costCodes, procoreOnlyCodes } from '../business/codes.ts'
import { taxes } from '../business/taxes.ts'
import type { Filling } from '../practice-company.ts'

/** The ERP's standard list and one from before it, cost types, tax codes, and each project's own codes (once more for each sub job). */
export function addCodes(filling: Filling): void {
  const { company, types } = filling
  const list = company.add('standard_cost_code_lists', { name: 'Practice standard codes', ...open, is_erp_list: true })
  const old = company.add('standard_cost_code_lists', { name: 'Before the ERP', ...open, is_erp_list: false })
  for (const { code, name } of [...costCodes, ...procoreOnlyCodes]) addStandardCode(company, list.id, code, name)
  for (const { code, name } of costCodes.slice(0, 5)) addStandardCode(company, old.id, code, name)
  for (const { code, name, base } of categories) types.set(code, company.add('line_item_types', { code, name, base_type: base }).id)
  for (const { code, description, rate } of taxes.filter(({ where }) => where !== 'erp'))
    company.add('tax_codes', { code, description, rate1: Number(rate), archived: code === 'LEGACY', default_tax_code: code === 'WA' })
  for (const [number, projectId] of filling.projects) addProjectCodes(filling, number, projectId)
}

const open = { available_to_use_on_new_projects: true }

function addStandardCode(company: Filling['company'], listId: number, code: string, name: string): void {
  company.add('standard_cost_codes', { standard_cost_code_list_id: listId, parent_id: null, code, full_code: code, name })
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
