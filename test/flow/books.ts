import type { Entity } from '../../shared/item.ts'
import { type ErpRecord, type ErpTable, erpCompany } from '../procore/erp-company.ts'
import { type ExportFile, exportFile } from '../procore/erp-exports.ts'
import type { LoggedRequest } from '../procore/request-log.ts'

/** The practice company's books, to be altered and exported: another day's files. */
export const books = () => erpCompany(1)

export const modes = ['strict', 'lenient'] as const

const tables = {
  vendors: 'APM_MASTER__VENDOR',
  jobs: 'JCM_MASTER__JOB',
  commitments: 'JCM_MASTER__COMMITMENT',
  'commitment-items': 'JCM_MASTER__COMMITMENT_ITEM',
  'jc-transactions': 'JCT_CURRENT__TRANSACTION',
} as const satisfies Partial<Record<Entity, ErpTable>>

/** Entities the practice company's ERP exports. */
export type Exported = keyof typeof tables
export const exported = Object.keys(tables) as Exported[]

/** The export of one entity, of all its records or of those given. */
export const exportOf = (
  erp: ReturnType<typeof books>,
  entity: Exported,
  records: readonly ErpRecord[] = erp[tables[entity]],
): ExportFile => exportFile('standard', tables[entity], records)

/** Requests that could change something in Procore. */
export const writes = (requests: readonly LoggedRequest[]): LoggedRequest[] =>
  requests.filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')

/** Rows of the sync calls to a path, in the order they were sent. */
export const rowsSent = (requests: readonly LoggedRequest[], path: RegExp): Record<string, unknown>[] =>
  writes(requests)
    .filter((one) => path.test(one.path))
    .flatMap(({ body }) => (body as { updates: Record<string, unknown>[] }).updates)
