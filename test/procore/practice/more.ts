import { workCodes } from '../business/codes.ts'
import type { Company } from '../company.ts'
import { centsMoney } from '../money.ts'
import { random } from '../random.ts'

/** Fills the company up to so many vendors, each with an ERP code (MORE00401 …), for measurements. */
export function moreVendors(company: Company, total: number): void {
  for (let n = company.tables.vendors.all().length + 1; n <= total; n++) {
    const [pattern] = company.tables.vendors.all()
    company.add('vendors', {
      ...pattern!,
      ...fresh,
      name: `More Trades ${n} LLC`,
      origin_code: `MORE${String(n).padStart(5, '0')}`,
      business_register: null,
    })
  }
}

const fresh = { origin_id: null, origin_data: null }

/** Fills the busy project up to so many commitments of one line each, subcontracts and purchase orders in turn, for measurements. */
export function moreCommitments(company: Company, total: number, seed = 9): void {
  const chance = random(seed)
  const [project] = company.tables.projects.all()
  const vendors = company.tables.vendors.live()
  const codes = company.tables.cost_codes.where((code) => code.project_id === project!.id && code.sub_job_id === null)
  const [type] = company.tables.line_item_types.all()
  for (let n = company.commitments(project!.id).length; n < total; n++) {
    const subcontract = n % 2 === 0
    const kind = subcontract ? 'work_order_contracts' : 'purchase_order_contracts'
    const pattern = company.tables[kind].where((one) => one.project_id === project!.id && one.origin_id === null)[0]!
    const number = `${subcontract ? 'SC' : 'PO'}-${10_001 + n}`
    const { id } = company.add(kind, {
      ...pattern,
      ...fresh,
      number,
      title: chance.pick(workCodes).name,
      vendor_id: chance.pick(vendors).id,
      status: 'Approved',
    })
    company.add('contract_line_items', {
      ...{
        project_id: project!.id,
        holder_id: id,
        holder_type: pattern.kind,
        position: 1,
        description: 'Lump sum',
        uom: 'LS',
        extended_type: 'manual',
      },
      ...{ amount: centsMoney(chance.whole(100_000, 90_000_000)), quantity: null, unit_cost: null, wbs_code_id: null, tax_code_id: null },
      ...{ cost_code_id: chance.pick(codes).id, line_item_type_id: type!.id },
    })
  }
}
