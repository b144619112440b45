/** A table written the way some program writes it. */
import { type MadeCell, makeWorkbook } from '../../formats/make-workbook.ts'
import type { Cells, Table } from './tables.ts'

export type Style = {
  date: 'mm/dd/yyyy' | 'dd/mm/yyyy' | 'yyyy-mm-dd' | 'yyyymmdd' | 'mmddyyyy' | 'ddmmyyyy' | 'mm/dd/yy' | 'serial'
  decimal: '.' | ','
  as: 'csv' | 'semicolon' | 'xlsx' | 'xlsx-numbers' | 'cp1252' | 'utf-16' | 'bom'
}

export const usual: Style = { date: 'mm/dd/yyyy', decimal: '.', as: 'csv' }

/** Header and rows, still as the ERP knows them. */
export type Grid = { header: Cells; rows: readonly Cells[] }

export function written({ header, rows }: Grid, { dates, amounts }: Pick<Table, 'dates' | 'amounts'>, style: Style): Buffer {
  const lines = rows.map((cells) =>
    cells.map((cell, at) => {
      if (dates.includes(header[at] ?? '')) return dateText(cell, style.date)
      return amounts.includes(header[at] ?? '') ? cell.replace('.', style.decimal) : cell
    }),
  )
  return bytesOf([header, ...lines], style.as)
}

/** What was no date before is left as it is. */
function dateText(date: string, style: Style['date']): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  if (year === '') return date
  if (style === 'serial') return String(Date.parse(date) / 86_400_000 + 25_569)
  return style.replace('yyyy', year).replace('yy', year.slice(2)).replace('mm', month).replace('dd', day)
}

function bytesOf(lines: readonly Cells[], as: Style['as']): Buffer {
  if (as === 'xlsx' || as === 'xlsx-numbers')
    return makeWorkbook({ sheets: [{ name: 'Export', rows: lines.map((cells) => cells.map((cell) => sheetCell(cell, as))) }] })
  const text = `${lines.map((cells) => cells.map((cell) => cellText(cell)).join(as === 'semicolon' ? ';' : ',')).join('\r\n')}\r\n`
  if (as === 'cp1252') return Buffer.from(text, 'latin1')
  if (as === 'utf-16') return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(as === 'bom' ? `\ufeff${text}` : text)
}

const cellText = (cell: string): string => (/[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A spreadsheet that takes for a number what looks like one. */
const sheetCell = (cell: string, as: Style['as']): MadeCell =>
  cell === '' ? null : as === 'xlsx-numbers' && /^\d+$/.test(cell) ? Number(cell) : cell
