/** The month's company as Procore holds it on the first morning. */
import { Company } from '../../test/procore/company.ts'
import { centsMoney } from '../../test/procore/money.ts'
import { categories, codes, dateOf, type Month, type MonthCommitment, type MonthInvoice, type MonthJob } from './firm.ts'

export type ProcoreSide = {
  company: Company
  projects: ReadonlyMap<string, number>
  vendors: ReadonlyMap<string, number>
  contracts: ReadonlyMap<string, number>
}

export function procoreSide(month: Month, now: () => number): ProcoreSide {
  const company = new Company('Month Builders, Inc.', now)
  for (const code of categories) company.add('line_item_types', { code, name: code, base_type: code === 'SUB' ? 'commitment' : 'other' })
  const projects = new Map(month.jobs.filter(({ inProcore }) => inProcore).map((job) => [job.number, addProject(company, job)]))
  const vendors = new Map(month.vendors.map(({ code, name, phones }) => [code, addVendor(company, code, name, phones[0]!)]))
  const side = { company, projects, vendors, contracts: new Map<string, number>() }
  for (const one of month.commitments) side.contracts.set(one.number, addCommitment(side, one))
  const byNumber = new Map(month.commitments.map((one) => [one.number, one]))
  for (const [n, one] of month.invoices.entries()) addInvoice(side, one, byNumber.get(one.commitment)!, n)
  return side
}

function addProject(company: Company, { number, name, extras }: MonthJob): number {
  const { id } = company.add('projects', {
    ...{ name, project_number: number, active: true, city: 'Portwell', state_code: 'OR', zip: '97401', country_code: 'US' },
    ...{ time_zone: 'US/Pacific', total_value: '0.0', is_erp_integrated: false, origin_code: null, address: null },
    ...{ start_date: null, completion_date: null, accounting_project_number: null },
  })
  const subJobs = extras.map((code) => company.add('sub_jobs', { project_id: id, code, name: `Extra ${code}` }).id)
  for (const subJob of [null, ...subJobs]) for (const [n, code] of codes.entries()) addCode(company, id, subJob, code, n + 1)
  return id
}

export function addCode(company: Company, project: number, subJob: number | null, code: string, position: number): void {
  company.add('cost_codes', {
    ...{ project_id: project, sub_job_id: subJob, code, full_code: code, name: `Work ${code}`, parent_id: null },
    ...{ position, standard_cost_code_id: null },
  })
}

const addVendor = (company: Company, code: string, name: string, phone: string): number =>
  company.add('vendors', {
    ...{ name, origin_code: code, business_phone: phone, address: null, city: null, state_code: null, zip: null, country_code: 'US' },
    ...{ email_address: null, is_active: true, business_register: null, abbreviated_name: null, mobile_phone: null, fax_number: null },
    ...{ website: null, license_number: null, trade_name: null, notes: null, origin_custom_fields: {} },
  }).id

const kindOf = ({ subcontract }: MonthCommitment) => (subcontract ? 'work_order_contracts' : 'purchase_order_contracts')
const holderOf = ({ subcontract }: MonthCommitment) => (subcontract ? 'WorkOrderContract' : 'PurchaseOrderContract')

function addCommitment({ company, projects, vendors }: Omit<ProcoreSide, 'contracts'>, one: MonthCommitment): number {
  const project = projects.get(one.job)!
  const { id } = company.add(kindOf(one), {
    ...{ kind: holderOf(one), project_id: project, vendor_id: vendors.get(one.vendor)!, number: one.number, title: one.title },
    ...{ description: null, status: 'Approved', executed: true, private: true, accounting_method: 'amount', retainage_percent: '10.0' },
    ...{ contract_date: '2026-06-01', origin_code: null, inclusions: null, exclusions: null },
  })
  for (const [n, { code, category, cents }] of one.lines.entries())
    company.add('contract_line_items', {
      ...{ project_id: project, holder_id: id, holder_type: holderOf(one), position: n + 1, description: `Item ${n + 1}`, uom: 'LS' },
      ...{ amount: centsMoney(cents + (n === 0 ? one.differsBy : 0)), quantity: null, unit_cost: null, extended_type: 'manual' },
      ...{
        cost_code_id: codeId(company, project, code),
        line_item_type_id: typeId(company, category),
        wbs_code_id: null,
        tax_code_id: null,
      },
    })
  for (const { number, title, cents } of one.orders)
    company.add('change_order_packages', {
      ...{ project_id: project, contract_id: id, number, revision: 0, title, description: null, status: 'approved', executed: true },
      ...{ grand_total: centsMoney(cents), type: 'CommitmentContractChangeOrder', origin_code: null },
      ...{ due_date: null, invoiced_date: null, paid_date: null, reviewed_at: null },
    })
  return id
}

const typeId = (company: Company, category: string): number =>
  company.tables.line_item_types.all().find(({ code }) => code === category)!.id

const known = new WeakMap<Company, Map<string, number>>()
function codeId(company: Company, project: number, code: string): number {
  const ids =
    known.get(company) ??
    new Map(
      company.tables.cost_codes.where(({ sub_job_id }) => sub_job_id === null).map((one) => [`${one.project_id} ${one.code}`, one.id]),
    )
  known.set(company, ids)
  return ids.get(`${project} ${code}`)!
}

/** An invoice the subcontractor sent through Procore; the ERP has it as an AP invoice. */
function addInvoice({ company, projects, vendors, contracts }: ProcoreSide, one: MonthInvoice, of: MonthCommitment, n: number): void {
  company.add('requisitions', {
    ...{ project_id: projects.get(of.job)!, commitment_id: contracts.get(of.number)!, commitment_type: 'WorkOrderContract' },
    ...{ contract_name: of.title, vendor_id: vendors.get(one.vendor)!, number: n + 1, invoice_number: one.invoice },
    ...{ billing_date: dateOf(one.day), requisition_start: '2026-09-01', requisition_end: '2026-09-30', status: 'approved', final: false },
    ...{ erp_status: null, percent_complete: '0.0', total_claimed_amount: centsMoney(one.cents), retainage: centsMoney(one.retainage) },
  })
}
