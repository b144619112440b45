/** Keeps what a person may type to find an item or a record, in the transaction that stores it. */
import { itemTypes } from '../../shared/item.ts'
import type { Kind, ProcoreItem } from '../items/kind.ts'
import type { WriterTx } from './command.ts'
import { recordOf } from './rows.ts'

/** Fields of Procore's answers that hold a number or name people go by (procore-api.md 6). */
const itemFields = ['number', 'project_number', 'invoice_number', 'check_number', 'payment_number', 'full_code', 'code', 'name']

/** How a term is kept and looked for: as typed, but for case and the spaces around it. */
export const termOf = (text: string): string => text.trim().toLowerCase()

const termsOf = (values: readonly unknown[]): string[] => [
  ...new Set(values.flatMap((value) => (typeof value === 'string' ? termOf(value) : [])).filter((term) => term !== '')),
]

export function keepItemTerms({ raw }: WriterTx, connection: number, { type, id, originCode, content }: ProcoreItem): void {
  const at = itemTypes.indexOf(type)
  raw.prepare('delete from item_terms where connection = ? and type = ? and id = ?').run(connection, at, id)
  const put = raw.prepare('insert into item_terms (connection, type, term, id) values (?, ?, ?, ?)')
  for (const term of termsOf([...itemFields.map((field) => content[field]), originCode])) put.run(connection, at, term, id)
}

/** Records of kinds that name what they are found by; the others are found by their key alone, or by their item. */
export function keepRecordTerms({ raw }: WriterTx, kind: Kind, source: number, records: readonly number[]): void {
  if (!kind.finds) return
  const find = raw.prepare('select * from records where id = ?')
  const forget = raw.prepare('delete from record_terms where record = ?')
  const put = raw.prepare('insert into record_terms (source, term, record) values (?, ?, ?)')
  for (const id of records) {
    const row = find.get(id)
    if (row === undefined) continue
    forget.run(id)
    for (const term of termsOfRecord(row, kind, kind.finds)) put.run(source, term, id)
  }
}

function termsOfRecord(row: Record<string, unknown>, kind: Kind, finds: readonly string[]): string[] {
  const { key, fields } = recordOf(row, kind)
  return termsOf([key, ...finds.map((field) => fields[field])])
}
