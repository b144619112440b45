import { money } from '../../shared/money.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { moneyFigure, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Kind, ProcoreItem } from './kind.ts'

const codeOf = ({ content }: ProcoreItem): string | null => textOf(content['code'])

/** Tax groups → tax codes, one way; the rate is the group's whole one, in per cent on both sides. Whether Sage exports per cent is not public: setting `tax-rate` = percent or unknown. */
export const taxGroups: Kind = {
  entity: 'tax-groups',
  role: 'master',
  fields: ['tax_group', 'description', 'rate'],
  itemTypes: ['tax-code'],
  delivery: 'create',
  matched: true,
  basis: ['tax-rate'],
  after: [],
  keysOfRecord: ({ key }) => [`exact:tax-code:${key}`],
  keysOfItem(item) {
    const code = codeOf(item)
    return code === null ? [] : [`exact:tax-code:${code}`]
  },
  compare(record, item, context) {
    const rate = moneyFigure('rate', item.content['rate1'], record.fields['rate'])
    return [
      { ...rate, ...(context.setting('tax-rate') === 'unknown' ? { agrees: null } : {}) },
      textFigure('description', item.content['description'], record.fields['description']),
    ]
  },
  doubt: (_record, context) => (context.setting('tax-rate') === 'unknown' ? problem('not-comparable', { field: 'rate' }) : null),
  toBody,
  jobOf: () => null,
}

function toBody({ key, fields }: ErpRecord, item: ProcoreItem | null, context: Context): Record<string, unknown> | Problem {
  const { rate, description } = fields
  if (context.setting('tax-rate') === 'unknown') return problem('not-comparable', { field: 'rate' })
  if (rate == null || money(rate) === null) return problem('value-missing', { key, field: 'rate' })
  return { ...(item === null ? { code: key } : {}), rate1: rate, ...(description == null ? {} : { description }) }
}
