import type { Filling } from '../practice-company.ts'

/** Insurances of vendors, as the directory holds them. */
export function addInsurances({ business, company, vendors }: Filling): void {
  for (const one of business.insurances.filter(({ where }) => where !== 'erp')) {
    company.add('insurances', {
      ...{ vendor_id: vendors.get(one.vendor)!, insurance_type: one.type, insurance_provider: one.carrier, policy_number: one.policy },
      ...{ effective_date: one.effective, expiration_date: one.expires, limit: one.limit, status: 'compliant' },
      ...{ exempt: false, info_received: true, notes: null },
    })
  }
}
