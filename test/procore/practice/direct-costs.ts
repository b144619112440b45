import { dayAfter } from '../business/dates.ts'
import { busyJob } from '../business/jobs.ts'
import type { Filling } from '../practice-company.ts'
import { codeKey } from './codes.ts'

/** Twelve typed in Procore by hand, unknown to the ERP; the last two belong to another integration. */
const directCostCounts = { byHand: 10, foreign: 2 }

export function addDirectCosts({ company, projects, vendors, costCodes, types }: Filling): void {
  const place = { project_id: projects.get(busyJob)! }
  for (let n = 0; n < directCostCounts.byHand + directCostCounts.foreign; n++) {
    const foreign = n >= directCostCounts.byHand
    const { id } = company.add('direct_costs', {
      ...{
        ...place,
        direct_cost_type: n % 3 === 0 ? 'expense' : 'invoice',
        direct_cost_date: dayAfter(40 + n),
        description: 'Site supplies',
      },
      ...{
        invoice_number: `HAND-${100 + n}`,
        vendor_id: vendors.get(n * 3) ?? null,
        employee_id: null,
        status: n % 4 === 0 ? 'draft' : 'approved',
      },
      ...{ terms: null, payment_date: null, received_date: null, origin_id: foreign ? `otherlink-dc-${n}` : null },
    })
    company.add('direct_cost_line_items', {
      ...{ ...place, holder_id: id, holder_type: 'DirectCost::Item', position: 1, description: 'Site supplies', amount: `${120 + n}.5` },
      ...{ quantity: '1.0', unit_cost: `${120 + n}.5`, uom: 'EA', extended_type: 'calculated', wbs_code_id: null, tax_code_id: null },
      ...{ cost_code_id: costCodes.get(codeKey(busyJob, '', '01-5000')) ?? null, line_item_type_id: types.get('MAT') ?? null },
    })
  }
}
