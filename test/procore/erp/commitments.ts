import type { Business, Cents, FirmCommitment } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'

/** How much more the ERP shows on the first item where amounts differ. */
const amountDifference: Cents = 125_000

/** The commitments the ERP knows. */
export const inErp = ({ commitments: list }: Business): FirmCommitment[] => list.filter((one) => one.where !== 'procore')

/** Billed so far: approved subcontractor invoices. */
export function invoiced({ invoices }: Business, commitment: string): Cents {
  const approved = invoices.filter((one) => one.commitment === commitment && one.status.startsWith('approved'))
  return approved.reduce((all, one) => all + one.amount, 0)
}

export function approvedChanges({ changeOrders }: Business, commitment: string): Cents {
  return changeOrders.filter((one) => one.commitment === commitment && one.status === 'approved').reduce((all, one) => all + one.amount, 0)
}

/** Columns of JCM_MASTER__COMMITMENT (facts erp-files C3). The texts of Commitment_Type are ours: no public page shows them. */
export function commitments(business: Business): ErpRecord[] {
  return inErp(business).map((one) => ({
    ...{ Commitment: one.number, Description: description(one), Vendor: business.vendors[one.vendor]!.code, Job: one.job },
    Commitment_Type: one.kind === 'subcontract' ? 'Subcontract' : 'Purchase order',
    ...{
      Closed: isClosed(one) ? '1' : '0',
      Amount_Invoiced: centsText(invoiced(business, one.number)),
    },
  }))
}

/** Finished in Procore, or closed by the ERP alone where the two differ. */
export const isClosed = (one: FirmCommitment) => one.difference === 'closed' || one.status === 'Complete' || one.status === 'Closed'

/** 30 characters, as everywhere in Sage 300 CRE (facts erp-files B6). */
export function description(one: FirmCommitment): string {
  return (one.difference === 'title' ? `${one.title} phase 2` : one.title).slice(0, 30).trimEnd()
}

/** Columns of JCM_MASTER__COMMITMENT_ITEM (facts erp-files C3). */
export function commitmentItems(business: Business): ErpRecord[] {
  return inErp(business).flatMap((one) => one.lines.map((_, n) => item(business, one, n)))
}

function item(business: Business, one: FirmCommitment, n: number): ErpRecord {
  const line = one.lines[n]!
  const amount = itemAmount(one, n)
  return {
    ...{
      Commitment: one.number,
      Item_Number: String(n + 1),
      Description: line.description,
      Units: line.units === null ? '' : `${line.units}.0000`,
    },
    ...{
      Unit_Description: line.uom,
      Unit_Cost: line.units === null ? '' : `${centsText(line.amount / line.units)}00`,
      Amount: centsText(amount),
    },
    ...{ Amount_Invoiced: centsText(n === 0 ? invoiced(business, one.number) : 0), Units_Invoiced: '', Tax: '0.00', Tax_Group: '' },
    ...{ Approved_Commitment_CO_Units: '', Approved_Commitment_CO_Tax_Amount: '', Job: one.job, Extra: line.extra },
    ...{ Cost_Code: line.costCode, Category: line.category },
  }
}

export function itemAmount(one: FirmCommitment, n: number): Cents {
  const line = one.lines[n]!
  return n === 0 && one.difference === 'amount' ? line.amount + amountDifference : line.amount
}
