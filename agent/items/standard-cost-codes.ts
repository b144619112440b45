import { problem } from '../../shared/problem.ts'
import { sameUpTo, textFigure, textOf } from './figures.ts'
import type { Kind, ProcoreItem } from './kind.ts'

/** Sage holds 30 characters of a description (erp-files.md B6). */
const sameName = sameUpTo(30)

/** Procore may keep a code in sections: the whole one is `full_code` (procore-api.md 6.1). */
export const fullCodeOf = ({ content }: ProcoreItem): string | null => textOf(content['full_code']) ?? textOf(content['code'])

/** Standard cost codes → the company's standard list; a code's sections stay as the ERP writes them. */
export const standardCostCodes: Kind = {
  entity: 'standard-cost-codes',
  role: 'master',
  fields: ['cost_code', 'description'],
  itemTypes: ['standard-cost-code'],
  delivery: 'create',
  matched: true,
  after: [],
  keysOfRecord: ({ key }) => [`exact:standard-cost-code:${key}`],
  keysOfItem(item) {
    const code = fullCodeOf(item)
    return code === null ? [] : [`exact:standard-cost-code:${code}`]
  },
  compare: (record, item) => [
    textFigure('cost-code', fullCodeOf(item), record.key),
    textFigure('name', item.content['name'], record.fields['description'], sameName),
  ],
  toBody({ key, fields }, item, context) {
    const list = item === null ? context.standardList() : textOf(item.content['standard_cost_code_list_id'])
    if (list === null) return problem('standard-list-unknown')
    return {
      ...(item === null ? { code: key } : {}),
      standard_cost_code_list_id: list,
      name: nameToSend(fields['description'], item) ?? key,
    }
  },
  jobOf: () => null,
}

/** The ERP's text, unless Procore holds it whole already: what the ERP had to cut shortens nothing. */
export function nameToSend(description: string | null | undefined, item: ProcoreItem | null): string | null {
  const theirs = item === null ? null : textOf(item.content['name'])
  if (description == null) return theirs
  return theirs !== null && sameName(theirs, description) ? theirs : description
}
