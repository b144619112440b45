import { money, sameMoney } from '../../shared/money.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { plain, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Figure, Kind, ProcoreItem } from './kind.ts'
import { looseNumber } from './loose-number.ts'

/** Our field → the field of insurances/sync it feeds (procore-api.md 5.2). */
const sent = {
  insurance_type: 'insurance_type',
  name: 'name',
  policy_number: 'policy_number',
  effective_date: 'effective_date',
  expiration_date: 'expiration_date',
  limit: 'limit',
} as const

const keysOf = (vendor: string, type: string, policy: string): string[] => [
  `exact:insurance:${vendor}:${policy}`,
  `ask:insurance:${vendor}:${type.toLowerCase()}:${looseNumber(policy)}`,
]

const compare = ({ fields }: ErpRecord, { content }: ProcoreItem): Figure[] =>
  Object.entries(sent).map(([field, name]) => {
    const figure = textFigure(field.replaceAll('_', '-'), content[name], fields[field], field === 'limit' ? sameLimit : undefined)
    return field.endsWith('_date') ? { ...figure, type: 'date' as const } : figure
  })

/** A limit is a text to Procore ("1000000", "as required"): equal as an amount where both are one. */
function sameLimit(procore: string, erp: string): boolean {
  const [ours, theirs] = [money(procore), money(erp)]
  return ours !== null && theirs !== null ? sameMoney(ours, theirs) : plain(procore) === plain(erp)
}

function toBody({ fields }: ErpRecord, _item: ProcoreItem | null, context: Context): Record<string, unknown> | Problem {
  const vendor = fields['vendor'] == null ? null : context.vendorOf(fields['vendor'])
  if (vendor === null) return problem('vendor-unmatched', { vendor: fields['vendor'] ?? '' })
  const filled = Object.entries(sent).flatMap(([field, name]) => (fields[field] == null ? [] : [[name, fields[field]] as const]))
  return { vendor_id: vendor.id, ...Object.fromEntries(filled) }
}

/** Insurance of vendors → the insurance of their companies, one way. */
export const insurances: Kind = {
  entity: 'insurances',
  role: 'master',
  fields: ['vendor', 'insurance_type', 'name', 'policy_number', 'effective_date', 'expiration_date', 'limit'],
  itemTypes: ['insurance'],
  delivery: 'create',
  matched: true,
  after: ['vendors'],
  keysOfRecord({ fields: { vendor, insurance_type, policy_number } }, context) {
    const company = vendor == null ? null : context.vendorOf(vendor)
    return company === null || policy_number == null ? [] : keysOf(company.id, insurance_type ?? '', policy_number)
  },
  keysOfItem({ content }) {
    const [vendor, policy] = [textOf(content['vendor_id']), textOf(content['policy_number'])]
    return vendor === null || policy === null ? [] : keysOf(vendor, textOf(content['insurance_type']) ?? '', policy)
  },
  compare,
  toBody,
  jobOf: () => null,
}
