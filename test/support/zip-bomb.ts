import { makeWorkbook } from '../agent/formats/make-workbook.ts'

/** A workbook of a few KB that unpacks to dozens of megabytes, under the header of a CSV export; else it would be refused unread. */
export function zipBomb(csv: Buffer): Buffer {
  const [header = ''] = csv.toString('latin1').split(/\r?\n/)
  const head = header.split(',').map((name) => `<c t="str"><v>${name}</v></c>`)
  const row = `<row>${`<c t="str"><v>${'a'.repeat(40)}</v></c>`.repeat(100)}</row>`
  const sheet = `<worksheet><row>${head.join('')}</row>${row.repeat(4_000)}</worksheet>`
  return makeWorkbook({ sheets: [{ name: 'Export', rows: [] }], parts: { 'xl/worksheets/sheet1.xml': sheet } })
}
