import { rawCommitmentItems, rawCommitments, rawJobs, rawVendors } from './erp/raw.ts'
import { type ErpCompany, type ErpRecord, type ErpTable, erpCompany } from './erp-company.ts'

export interface ExportFile {
  /** StandardMode names, raw dictionary names, or a file of the site's own making. */
  family: 'standard' | 'raw' | 'own'
  /** The table it was taken from; the file is called so with .csv behind. */
  table: string
  name: string
  rows: number
  bytes: Buffer
}

const standardTables: readonly ErpTable[] = [
  'APM_MASTER__VENDOR',
  'JCM_MASTER__JOB',
  'JCM_MASTER__COMMITMENT',
  'JCM_MASTER__COMMITMENT_ITEM',
  'JCT_CURRENT__TRANSACTION',
  'JCM_MASTER__STANDARD_COST_CODE',
  'JCM_MASTER__STANDARD_CATEGORY',
  'JCM_MASTER__EXTRA',
  'JCM_MASTER__COST_CODE',
  'JCM_MASTER__CATEGORY',
  'JCM_MASTER__COMMITMENT_CO',
  'APM_MASTER__INVOICE',
  'APM_MASTER__DISTRIBUTION',
  'APM_MASTER__INVOICE_PAYMENT',
]

const ownFiles: readonly ErpTable[] = ['tax-groups', 'insurances', 'ar-invoices']

/** Every sample export of the ERP as it stands: alter its records first to get another day's files. */
export function exportFiles(erp: ErpCompany = erpCompany()): ExportFile[] {
  const raw: [string, ErpRecord[]][] = [
    ['master_apm_record_9', rawVendors(erp.business)],
    ['master_jcm_record_1_1', rawJobs(erp.business)],
    ['master_jcm_record_12', rawCommitments(erp.business)],
    ['master_jcm_record_13', rawCommitmentItems(erp.business)],
  ]
  return [
    ...standardTables.map((table) => exportFile('standard', table, erp[table])),
    ...ownFiles.map((table) => exportFile('own', table, erp[table])),
    ...raw.map(([table, rows]) => exportFile('raw', table, rows)),
  ]
}

export function exportFile(family: ExportFile['family'], table: string, records: readonly ErpRecord[]): ExportFile {
  return { family, table, name: `${table}.csv`, rows: records.length, bytes: toCsv(records) }
}

/** Comma text with a header line and CRLF in Windows ANSI, quotes where needed (facts erp-files B1, E). */
export function toCsv(records: readonly ErpRecord[]): Buffer {
  const columns = Object.keys(records[0] ?? {})
  const lines = [columns, ...records.map((record) => columns.map((column) => record[column] ?? ''))]
  return Buffer.from(lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join(''), 'latin1')
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
