/** What moreVendors and moreCommitments (practice/more.ts) put into Procore, as the ERP's books would have it. */
import type { ErpRecord } from '../procore/erp-company.ts'
import type { StandIn } from '../procore/stand-in.ts'
import type { Books } from './books.ts'

export const moreVendorRows = ({ company }: StandIn): ErpRecord[] =>
  company.tables.vendors.live().flatMap(({ origin_code: code, name }) => (code?.startsWith('MORE') ? [{ Vendor: code, Name: name }] : []))

/** They lie in the busy project, whose job is that of the books' first commitment. */
export function moreCommitmentRows({ company }: StandIn, { JCM_MASTER__COMMITMENT: known }: Books): ErpRecord[] {
  const [{ Job = '', Vendor = '' } = {}] = known
  return company
    .commitments()
    .filter(({ number }) => /^(SC|PO)-1\d{4}$/.test(number))
    .map(({ number, title, kind }) => ({
      ...{ Commitment: number, Description: title ?? '', Vendor, Job },
      Commitment_Type: kind === 'WorkOrderContract' ? 'Subcontract' : 'Purchase order',
      ...{ Closed: '0', Amount_Invoiced: '0.00' },
    }))
}
