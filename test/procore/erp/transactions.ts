import { usDate } from '../business/dates.ts'
import type { Business, FirmCost } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'

/**
 * Columns of JCT_CURRENT__TRANSACTION (facts erp-files C3; Commitment_CO, Employee, Equipment, Pay_ID and Ref_2 are inferred there).
 * Its natural key is Run, Sequence and Dist_Sequence (C4). A positive amount is cost, a negative one a reversal.
 */
export function transactions(business: Business): ErpRecord[] {
  return business.costs.map((row) => ({
    ...{ Job: row.job, Extra: row.extra, Cost_Code: row.costCode, Category: row.category, Transaction_Type: row.type },
    ...{ Transaction_Date: usDate(row.date), Accounting_Date: usDate(row.accountingDate), Description: row.description },
    ...{ Units: row.units === null ? '' : `${row.units}.0000`, Unit_Cost: unitCost(row), Amount: centsText(row.amount) },
    ...{
      Vendor: row.vendor === undefined ? '' : business.vendors[row.vendor]!.code,
      Invoice: row.invoice ?? '',
      Commitment: row.commitment ?? '',
    },
    ...{ Commitment_CO: '', Employee: row.employee ?? '', Equipment: '', Pay_ID: row.payId ?? '', Ref_1: '', Ref_2: '' },
    ...{ Debit_Account: '1-1-5100.00', Credit_Account: credit(row), Batch: String(row.batch), Run: String(row.run) },
    ...{ Sequence: String(row.sequence), Dist_Sequence: '1', Date_Stamp: usDate(row.accountingDate), Time_Stamp: '180000' },
  }))
}

/** Hours times rate comes out even: the firm pays whole cents an hour. */
const unitCost = (row: FirmCost) => (row.units === null ? '' : `${centsText(row.amount / row.units)}00`)
const credit = (row: FirmCost) => (row.type === 'AP cost' ? '1-1-2100.00' : '1-1-2300.00')
