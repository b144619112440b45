import { textFigure, textOf } from './figures.ts'
import type { Kind, ProcoreItem } from './kind.ts'
import { nameToSend } from './standard-cost-codes.ts'

const codeOf = ({ content }: ProcoreItem): string | null => textOf(content['code'])

/**
 * Standard categories → cost types. What a category is for Procore (materials, equipment …) the ERP does not say: the setting
 * `base-type.<category>` does, and a new one is `other` until then. The sync action takes the code as `csv_import_code` (reference of May 2026).
 */
export const standardCategories: Kind = {
  entity: 'standard-categories',
  role: 'master',
  fields: ['category', 'description'],
  itemTypes: ['cost-type'],
  delivery: 'create',
  matched: true,
  after: [],
  keysOfRecord: ({ key, fields }) => [
    `exact:cost-type:${key}`,
    ...(fields['description'] ? [`ask:cost-type-name:${fields['description'].toLowerCase()}`] : []),
  ],
  keysOfItem(item) {
    const [code, name] = [codeOf(item), textOf(item.content['name'])]
    return [...(code === null ? [] : [`exact:cost-type:${code}`]), ...(name === null ? [] : [`ask:cost-type-name:${name.toLowerCase()}`])]
  },
  compare: (record, item) => [
    textFigure('cost-type', codeOf(item), record.key),
    textFigure('name', item.content['name'], record.fields['description']),
  ],
  toBody: ({ key, fields }, item, context) => ({
    name: nameToSend(fields['description'], item) ?? key,
    ...(item === null ? { csv_import_code: key, base_type: context.setting(`base-type.${key}`) ?? 'other' } : {}),
  }),
  jobOf: () => null,
}
