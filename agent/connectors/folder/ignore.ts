/** What lies in an export folder and is no export (erp-files.md F4.6). */
import { manifestSuffix, okSuffix } from './manifest.ts'

const patterns: readonly RegExp[] = [
  /^~\$/, // Excel keeps it while a workbook is open
  /^\.~lock\..*#$/, // LibreOffice likewise
  /\.(tmp|part|partial|crdownload)$/i, // still being written
  /^[0-9A-F]{8}$/i, // Excel's in-between name on save
  /^\./, // hidden
  /^(thumbs\.db|desktop\.ini)$/i,
]

/** Names that are never taken. Companions (manifest, .ok) are looked at with their file. */
export const isIgnored = (name: string): boolean =>
  name.endsWith(manifestSuffix) || name.endsWith(okSuffix) || patterns.some((pattern) => pattern.test(name))
