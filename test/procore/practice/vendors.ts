import type { FirmVendor } from '../business/shapes.ts'
import type { Filling } from '../practice-company.ts'

/** Part of them carry the ERP's vendor id as origin_code (Procore's visible external id, facts 5.3); the rest can only be matched by name or tax id. */
export function addVendors({ business, company, vendors }: Filling): void {
  for (const [n, vendor] of business.vendors.entries()) {
    if (vendor.where !== 'erp') vendors.set(n, company.add('vendors', fields(vendor)).id)
  }
}

function fields(vendor: FirmVendor) {
  return {
    ...{ name: vendor.name, abbreviated_name: null, address: vendor.street, city: vendor.city, state_code: vendor.state, zip: vendor.zip },
    ...{
      country_code: 'US',
      business_phone: vendor.phone,
      mobile_phone: null,
      fax_number: null,
      email_address: vendor.email,
      website: null,
    },
    ...{ is_active: true, license_number: null, trade_name: null, notes: null, origin_custom_fields: {} },
    business_register: vendor.where === 'both' ? { type: 'EIN', identifier: vendor.taxId } : null,
    origin_code: vendor.procoreHas === 'code' ? vendor.code : null,
  }
}
