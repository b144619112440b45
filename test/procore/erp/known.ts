import type { Business, Cents, FirmCost } from '../business/shapes.ts'
import { centsText } from '../money.ts'
import { type KnownOffice, knownOffice } from './known-office.ts'

/** Where ERP and Procore agree and differ, counted, so that a test can ask for the exact number. */
export interface Known extends KnownOffice {
  vendors: {
    inErp: number
    inProcore: number
    byCode: number
    byNameOnly: number
    procoreOnly: number
    erpOnly: number
    duplicatedCode: string
  }
  /** Of the busy job, and in all. */
  commitments: {
    busyJob: string
    agree: number
    differ: { amount: string[]; title: string[]; closed: string[] }
    procoreOnly: string[]
    erpOnly: string[]
    foreign: string[]
    tooLongTitle: string
    negative: string
    ofDuplicateVendor: string
    inErp: number
    inProcore: number
  }
  jobs: { matched: string[]; erpOnly: string[] }
  /** Rows and totals (decimal texts) of the JC transactions; sent + left out is the file's total. */
  costs: { all: Part; ofCommitments: Part; wages: Part & { groups: number }; missingCode: Part; others: Part }
}

interface Part {
  rows: number
  total: string
}

export function knownOf(business: Business): Known {
  const spine = { vendors: ofVendors(business), commitments: ofCommitments(business), jobs: ofJobs(business), costs: ofCosts(business) }
  return { ...spine, ...knownOffice(business) }
}

function ofVendors({ vendors }: Business): Known['vendors'] {
  const both = vendors.filter((one) => one.where === 'both')
  return {
    ...{ inErp: vendors.filter((one) => one.where !== 'procore').length, inProcore: vendors.filter((one) => one.where !== 'erp').length },
    ...{
      byCode: both.filter((one) => one.procoreHas === 'code').length,
      byNameOnly: both.filter((one) => one.procoreHas === 'name').length,
    },
    procoreOnly: vendors.filter((one) => one.where === 'procore' && !one.disaster).length,
    erpOnly: vendors.filter((one) => one.where === 'erp').length,
    duplicatedCode: vendors.find((one) => one.disaster === 'duplicate')!.code,
  }
}

function ofCommitments({ commitments, jobs }: Business): Known['commitments'] {
  const busy = commitments.filter((one) => one.job === jobs[0]!.number)
  const numbers = (fits: (one: Business['commitments'][number]) => boolean) => busy.filter(fits).map((one) => one.number)
  const foreign = numbers((one) => one.disaster === 'foreign origin')
  const [tooLongTitle, negative, ofDuplicateVendor] = (['too-long title', 'negative', 'duplicate vendor'] as const).map(
    (kind) => numbers((one) => one.disaster === kind)[0]!,
  )
  return {
    ...{ busyJob: jobs[0]!.number, agree: numbers((one) => one.where === 'both' && !one.difference).length - foreign.length },
    differ: {
      ...{ amount: numbers((one) => one.difference === 'amount'), title: numbers((one) => one.difference === 'title') },
      closed: numbers((one) => one.difference === 'closed'),
    },
    ...{ procoreOnly: numbers((one) => one.where === 'procore'), erpOnly: numbers((one) => one.where === 'erp'), foreign },
    ...{ tooLongTitle: tooLongTitle!, negative: negative!, ofDuplicateVendor: ofDuplicateVendor! },
    ...{
      inErp: commitments.filter((one) => one.where !== 'procore').length,
      inProcore: commitments.filter((one) => one.where !== 'erp').length,
    },
  }
}

function ofJobs({ jobs }: Business): Known['jobs'] {
  const numbers = (where: string) => jobs.filter((job) => job.where === where).map((job) => job.number)
  return { matched: numbers('both'), erpOnly: numbers('erp') }
}

function ofCosts({ costs }: Business): Known['costs'] {
  const wages = costs.filter((row) => row.type === 'PR cost')
  const groups = new Set(wages.map((row) => [row.job, row.extra, row.costCode, row.category, row.accountingDate.slice(0, 7)].join('|')))
  const left = (row: FirmCost) => row.commitment !== undefined || row.type === 'PR cost' || row.disaster !== undefined
  return {
    all: part(costs),
    ofCommitments: part(costs.filter((row) => row.commitment !== undefined)),
    wages: { ...part(wages), groups: groups.size },
    missingCode: part(costs.filter((row) => row.disaster === 'missing cost code')),
    others: part(costs.filter((row) => !left(row))),
  }
}

function part(rows: readonly FirmCost[]): Part {
  const total: Cents = rows.reduce((all, row) => all + row.amount, 0)
  return { rows: rows.length, total: centsText(total) }
}
