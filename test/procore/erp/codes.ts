import { categories, costCodes, erpCategoryNames, erpNames, erpOnlyCategories, erpOnlyCodes, missingCode } from '../business/codes.ts'
import type { Business } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { inErp } from './commitments.ts'

/** Columns of JCM_MASTER__STANDARD_COST_CODE and __STANDARD_CATEGORY (facts erp-files C3: as those of a job, without the job). */
export const standardCostCodes = (): ErpRecord[] =>
  [...costCodes, ...erpOnlyCodes].map(({ code, name }) => ({ Cost_Code: code, Description: erpNames[code] ?? name }))

export const standardCategories = (): ErpRecord[] =>
  [...categories, ...erpOnlyCategories].map(({ code, name }) => ({ Category: code, Description: erpCategoryNames[code] ?? name }))

/** An extra the ERP has and Procore has no sub job for. */
export const erpOnlyExtra = { job: '24-1004', code: '010', name: 'Courtyard' }

const extrasOf = ({ jobs }: Business) => [
  ...jobs.flatMap((job) => job.extras.map(({ code, name }) => ({ job: job.number, code, name }))),
  erpOnlyExtra,
]

/** Columns of JCM_MASTER__EXTRA (facts C3). */
export const extras = (business: Business): ErpRecord[] =>
  extrasOf(business).map(({ job, code, name }) => ({ Job: job, Extra: code, Description: name }))

/** Columns of JCM_MASTER__COST_CODE (facts C3): the standard codes of every job and extra, and the code that was posted to all the same. */
export function jobCostCodes(business: Business): ErpRecord[] {
  const places = [
    ...business.jobs.map(({ number }) => ({ job: number, extra: '' })),
    ...extrasOf(business).map(({ job, code }) => ({ job, extra: code })),
  ]
  return places.flatMap(({ job, extra }) => {
    const posted = business.costs.some((row) => row.job === job && row.extra === extra && row.costCode === missingCode)
    const codes = [...costCodes, ...(posted ? erpOnlyCodes.filter(({ code }) => code === missingCode) : [])]
    return codes.map(({ code, name }) => ({ Job: job, Extra: extra, Cost_Code: code, Description: name }))
  })
}

/** Columns of JCM_MASTER__CATEGORY (facts C3): what commitments and costs of a code use. */
export function jobCategories(business: Business): ErpRecord[] {
  const used = [...inErp(business).flatMap(({ job, lines }) => lines.map((line) => ({ job, ...line }))), ...business.costs].map(
    ({ job, extra, costCode, category }) => [job, extra, costCode, category].join('\t'),
  )
  return [...new Set(used)].sort().map((key) => {
    const [job = '', extra = '', costCode = '', category = ''] = key.split('\t')
    const name = categories.find(({ code }) => code === category)?.name ?? ''
    return { Job: job, Extra: extra, Cost_Code: costCode, Category: category, Description: name }
  })
}
