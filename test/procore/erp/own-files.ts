import { usDate } from '../business/dates.ts'
import type { Business } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'

/** Files of a site's own making: no public column names exist for these tables, so a connection maps them. */
export const taxGroups = ({ taxes }: Business): ErpRecord[] =>
  taxes
    .filter(({ where }) => where !== 'procore')
    .map((one) => ({ 'Tax Group': one.code, Description: one.description, Rate: one.erpRate }))

export const insurances = ({ insurances: list, vendors }: Business): ErpRecord[] =>
  list
    .filter(({ where }) => where !== 'procore')
    .map((one) => ({
      ...{ Vendor: vendors[one.vendor]!.code, Type: one.type, Carrier: one.carrier, Policy: one.policy },
      ...{ Effective: usDate(one.effective), Expires: usDate(one.erpExpires), Limit: `${one.limit}.00` },
    }))
