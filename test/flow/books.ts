import type { Entity } from '../../shared/item.ts'
import { type ErpRecord, type ErpTable, erpCompany } from '../procore/erp-company.ts'
import { type ExportFile, exportFile } from '../procore/erp-exports.ts'
import type { LoggedRequest } from '../procore/request-log.ts'

/** The practice company's books, to be altered and exported: another day's files. */
export const books = () => erpCompany(1)
export type Books = ReturnType<typeof books>

export const modes = ['strict', 'lenient'] as const

/** What every flow begins with. */
const spine = {
  vendors: 'APM_MASTER__VENDOR',
  jobs: 'JCM_MASTER__JOB',
  commitments: 'JCM_MASTER__COMMITMENT',
  'commitment-items': 'JCM_MASTER__COMMITMENT_ITEM',
  'jc-transactions': 'JCT_CURRENT__TRANSACTION',
} as const satisfies Partial<Record<Entity, ErpTable>>

/** Prime contracts are columns of the jobs. */
const tables = {
  ...spine,
  'standard-cost-codes': 'JCM_MASTER__STANDARD_COST_CODE',
  'standard-categories': 'JCM_MASTER__STANDARD_CATEGORY',
  extras: 'JCM_MASTER__EXTRA',
  'cost-codes': 'JCM_MASTER__COST_CODE',
  categories: 'JCM_MASTER__CATEGORY',
  'commitment-cos': 'JCM_MASTER__COMMITMENT_CO',
  'prime-contracts': 'JCM_MASTER__JOB',
  'ap-invoices': 'APM_MASTER__INVOICE',
  'ap-distributions': 'APM_MASTER__DISTRIBUTION',
  'ap-payments': 'APM_MASTER__INVOICE_PAYMENT',
  'tax-groups': 'tax-groups',
  insurances: 'insurances',
  'ar-invoices': 'ar-invoices',
} as const satisfies Partial<Record<Entity, ErpTable>>

/** Entities every flow begins with. */
export type Exported = keyof typeof spine
export const exported = Object.keys(spine) as Exported[]

/** The export of one entity, of all its records or of those given. */
export const exportOf = (
  erp: ReturnType<typeof books>,
  entity: keyof typeof tables,
  records: readonly ErpRecord[] = erp[tables[entity]],
): ExportFile => exportFile(/^[A-Z]/.test(tables[entity]) ? 'standard' : 'own', tables[entity], records)

/** Requests that could change something in Procore. */
export const writes = (requests: readonly LoggedRequest[]): LoggedRequest[] =>
  requests.filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')

/** Rows of the sync calls to a path, in the order they were sent. */
export const rowsSent = (requests: readonly LoggedRequest[], path: RegExp): Record<string, unknown>[] =>
  writes(requests)
    .filter((one) => path.test(one.path))
    .flatMap(({ body }) => (body as { updates: Record<string, unknown>[] }).updates)
