import type { Business } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'
import { approvedChanges, description, inErp, invoiced, isClosed, itemAmount } from './commitments.ts'

/**
 * The same records under the raw dictionary names (facts erp-files C5). There is no public list of raw names for JC transactions,
 * so none is made. sactsd and sactcd stay empty: their meaning is not published.
 */
export function rawVendors({ vendors }: Business): ErpRecord[] {
  return vendors
    .filter((vendor) => vendor.where !== 'procore')
    .map((one) => ({
      ...{ vendor: one.code, vname: one.erpName, vtype: 'SUB', vaddr1: one.street, vaddr2: '', vcity: one.city, vstate: one.state },
      ...{ vdscpct: '0.00', vdscday: '0', vpmtday: '30', vmdrate: '0.00' },
    }))
}

export function rawJobs({ jobs }: Business): ErpRecord[] {
  return jobs.map((job) => ({ job: job.number, jdesc: job.name, jstatus: job.active ? 'In progress' : 'Closed', jaddr1: '1 Site Road' }))
}

export function rawCommitments(business: Business): ErpRecord[] {
  return inErp(business).map((one) => ({
    ...{ sub: one.number, sdesc: description(one), svendor: business.vendors[one.vendor]!.code, sjob: one.job },
    samt: centsText(one.lines.reduce((all, _, n) => all + itemAmount(one, n), 0)),
    ...{ sapprco: centsText(approvedChanges(business, one.number)), samtinv: centsText(invoiced(business, one.number)) },
    ...{ sactsd: '', sactcd: '', sclosed: isClosed(one) ? '1' : '0' },
  }))
}

export function rawCommitmentItems(business: Business): ErpRecord[] {
  return inErp(business).flatMap((one) =>
    one.lines.map((line, n) => ({
      ...{ isub: one.number, item: String(n + 1), idesc: line.description, iamt: centsText(itemAmount(one, n)), itxamt: '0.00' },
      ...{ iappcoa: centsText(n === 0 ? approvedChanges(business, one.number) : 0), iaptcoa: '0.00' },
      ...{ iamtinv: centsText(n === 0 ? invoiced(business, one.number) : 0), itxgrp: '', ijob: one.job, iextra: line.extra },
      ...{ iphase: line.costCode, icat: line.category, iunits: line.units === null ? '' : `${line.units}.0000` },
      ...{ iuntcst: line.units === null ? '' : `${centsText(line.amount / line.units)}00`, iuntinv: '' },
    })),
  )
}
