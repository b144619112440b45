import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ErpRecord, type ErpTable, erpCompany } from '../procore/erp-company.ts'
import { toCsv } from '../procore/erp-exports.ts'

/** The tables that are exported; the same rows as in test/exports/standard. */
export const exported = [
  'APM_MASTER__VENDOR',
  'JCM_MASTER__JOB',
  'JCM_MASTER__COMMITMENT',
  'JCM_MASTER__COMMITMENT_ITEM',
  'JCT_CURRENT__TRANSACTION',
] as const satisfies readonly ErpTable[]
export type Exported = (typeof exported)[number]

/** The ERP of the practice company: someone changes its records and exports a table again. */
export type Books = {
  path(table: Exported): string
  /** The records themselves: what is changed here is in the next export. */
  rows(table: Exported): ErpRecord[]
  /** Writes a table into the watched folder, over the file that is there; answers when its writer was done, ms since 1970. */
  export(table: Exported): Promise<number>
}

export function openBooks(folder: string): Books {
  const erp = erpCompany()
  const path = (table: Exported): string => join(folder, `${table}.csv`)
  return {
    path,
    rows: (table) => erp[table],
    async export(table) {
      await writeFile(path(table), toCsv(erp[table]))
      return performance.timeOrigin + performance.now()
    },
  }
}
