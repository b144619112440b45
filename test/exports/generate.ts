/**
 * Writes the sample exports of the practice company's ERP beside this file: standard/ and raw/, and known.json, which says where
 * they differ from the practice company in Procore. Run it after changing the firm: npx node test/exports/generate.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { erpCompany } from '../procore/erp-company.ts'
import { exportFiles } from '../procore/erp-exports.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const erp = erpCompany()
for (const { family, name, bytes } of exportFiles(erp)) {
  mkdirSync(`${here}${family}`, { recursive: true })
  writeFileSync(`${here}${family}/${name}`, bytes)
}
writeFileSync(`${here}known.json`, `${JSON.stringify(erp.known, undefined, 2)}\n`)
