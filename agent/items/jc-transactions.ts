import { money, moneyText, sameMoney, zero } from '../../shared/money.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { keyText } from '../../shared/record-key.ts'
import { moneyFigure, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Figure, Kind, ProcoreItem } from './kind.ts'
import { looseNumber } from './loose-number.ts'

type Fields = ErpRecord['fields']

/** Transaction types that are cost (erp-files.md C4: text, not codes). Any other ('Scheduled value' …) is no cost and is left out. */
const costTypes = ['AP cost', 'JC cost', 'PR cost', 'EQ cost', 'IV cost', 'SM cost']

const isWage = ({ transaction_type }: Fields): boolean => transaction_type === 'PR cost'

/**
 * What a cost is called among Procore's direct costs (invoice, expense, payroll; procore-api.md 5.2). Ours to choose, so a setting:
 * `direct-cost-type.<transaction type>`.
 */
const defaultTypes: Record<string, string> = { 'AP cost': 'invoice', 'PR cost': 'payroll' }
const typeOf = ({ transaction_type: type }: Fields, context: Context): string =>
  context.setting(`direct-cost-type.${type}`) ?? defaultTypes[type ?? ''] ?? 'expense'

/** Month the cost was booked in; wages are summed by it. */
const periodOf = ({ accounting_date, transaction_date }: Fields): string | null =>
  (accounting_date ?? transaction_date)?.slice(0, 7) ?? null

/** Of a wage nothing is kept that could tell whose it is: no description, invoice or vendor; names and pay ids are never read (design §8). */
function kept(fields: Fields): Fields {
  if (!isWage(fields)) return fields
  const { job = null, extra = null, cost_code = null, category = null, transaction_type = null, commitment = null, amount = null } = fields
  return { job, extra, cost_code, category, transaction_type, commitment, amount }
}

/** Wages go as one sum per job, extra, cost code, category and month. */
function summed(fields: Fields): { key: string; fields: Fields } | null {
  if (!isWage(fields) || leftOut(fields) !== null) return null
  const { job = null, extra = null, cost_code = null, category = null, transaction_type = null } = fields
  const period = periodOf(fields)
  return {
    key: `wages ${keyText([job, extra, cost_code, category, period])}`,
    fields: { job, extra, cost_code, category, transaction_type, accounting_date: period === null ? null : lastDay(period) },
  }
}

/** The month's last day, as a sum has no day of its own. */
const lastDays = new Map<string, string>()
function lastDay(period: string): string {
  const known = lastDays.get(period)
  if (known !== undefined) return known
  const [year, month] = period.split('-').map(Number) as [number, number]
  const day = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
  lastDays.set(period, day)
  return day
}

/** A cost that carries a commitment is in Procore already, through that commitment's invoices (design §8). */
function leftOut({ transaction_type, commitment }: Fields) {
  if (!costTypes.includes(transaction_type ?? '')) return 'not-a-cost' as const
  return commitment == null ? null : ('carried-by-commitment' as const)
}

type Places = { project: ProcoreItem; costCode: ProcoreItem; costType: ProcoreItem; vendor: ProcoreItem | null }

/** Where in Procore the cost belongs, or the first thing that is missing there. */
function placesOf({ fields }: ErpRecord, context: Context): Places | Problem {
  const { job, extra, cost_code: code, category, vendor: erpVendor } = fields
  const project = job == null ? null : context.projectOfJob(job)
  if (project === null) return problem('project-unmatched', { job: job ?? '' })
  const costCode = code == null ? null : context.costCode(project.id, code, extra ?? null)
  if (costCode === null)
    return problem('cost-code-missing', { project: projectName(project), code: [extra, code].filter((part) => part != null).join(' ') })
  const costType = category == null ? null : context.costType(category)
  if (costType === null) return problem('cost-type-missing', { code: category ?? '' })
  const vendor = erpVendor == null ? null : context.vendorOf(erpVendor)
  if (erpVendor != null && vendor === null) return problem('vendor-unmatched', { vendor: erpVendor })
  return { project, costCode, costType, vendor }
}

const projectName = ({ id, content }: ProcoreItem): string => textOf(content['project_number']) ?? id

const isPlaces = (value: Places | Problem): value is Places => 'project' in value

/**
 * Header and line of a direct cost (procore-api.md 5.2). Amount and quantity are decimal texts; without units it is one lump sum.
 * A wage sum says no more than what it sums.
 */
function toBody(record: ErpRecord, _item: ProcoreItem | null, context: Context): Record<string, unknown> | Problem {
  const places = placesOf(record, context)
  if (!isPlaces(places)) return places
  const { fields } = record
  const amount = fields['amount']
  if (amount == null || money(amount) === null) return problem('value-missing', { key: record.key, field: 'amount' })
  const description = isWage(fields) ? { description: `Payroll ${periodOf(fields) ?? ''}` } : filled({ description: fields['description'] })
  return {
    direct_cost_type: typeOf(fields, context),
    status: context.setting('direct-cost-status') ?? 'approved',
    ...filled({
      direct_cost_date: fields['accounting_date'] ?? fields['transaction_date'],
      invoice_number: fields['invoice'],
      vendor_id: places.vendor?.id,
    }),
    ...description,
    line_items: [{ cost_code_id: places.costCode.id, line_item_type_id: places.costType.id, ...description, ...amounts(fields, amount) }],
  }
}

const filled = (fields: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((one): one is [string, string] => one[1] != null))

/** Quantity and price only where they were given; the amount stands by itself, so that nothing is rounded anew. */
function amounts({ units, unit_cost }: Fields, amount: string): Record<string, string> {
  const quantity = money(units ?? null)
  const counted = quantity !== null && !sameMoney(quantity, zero) && unit_cost != null
  return { amount, extended_type: 'manual', ...(counted && { quantity: units as string, unit_cost: unit_cost as string }) }
}

function compare({ fields }: ErpRecord, { content }: ProcoreItem): Figure[] {
  return [
    moneyFigure('amount', content['grand_total'], fields['amount']),
    { ...textFigure('date', content['direct_cost_date'], fields['accounting_date'] ?? fields['transaction_date']), type: 'date' },
    textFigure('invoice', content['invoice_number'], fields['invoice']),
  ]
}

/** What both sides may know of a cost (procore-api.md 5.2 and 6.2, 2026-11); what is empty is not known. */
type Cost = { project: string; vendor: string | null; invoice: string | null; date: string | null; amount: string | null }

/** One invoice of one vendor in one project, whatever its amount: typed into Procore as one cost, it may be several distributions in the ERP. */
const ofInvoice = ({ project, vendor, invoice }: Cost): string[] =>
  vendor === null || invoice === null ? [] : [`ask:direct-cost:${project}:${vendor}:${looseNumber(invoice)}`]

/** Where either side does not say whose invoice it is, the same amount on the same day may be the same cost. `item`: whether Procore's says it. */
function ofDay({ project, date, amount }: Cost, item: 'numbered' | 'unnumbered'): string[] {
  const exact = money(amount)
  return date === null || exact === null ? [] : [`ask:direct-cost-${item}:${project}:${date}:${moneyText(exact)}`]
}

/** A person says whether it is the same: nothing about a cost is exact enough to tie it by itself. */
function keysOfRecord({ fields }: ErpRecord, context: Context): string[] {
  const { job, vendor: erpVendor, invoice = null, accounting_date, transaction_date, amount = null } = fields
  const project = job == null ? null : context.projectOfJob(job)
  if (project === null) return []
  const vendor = erpVendor == null ? null : (context.vendorOf(erpVendor)?.id ?? null)
  const cost = { project: project.id, vendor, invoice, date: accounting_date ?? transaction_date ?? null, amount }
  const named = ofInvoice(cost)
  return [...named, ...ofDay(cost, 'unnumbered'), ...(named.length === 0 ? ofDay(cost, 'numbered') : [])]
}

function keysOfItem({ project, content }: ProcoreItem): string[] {
  if (project === null) return []
  const of = (name: string): string | null => textOf(content[name])
  const cost = { project, vendor: of('vendor_id'), invoice: of('invoice_number'), date: of('direct_cost_date'), amount: of('grand_total') }
  const named = ofInvoice(cost)
  return [...named, ...ofDay(cost, named.length === 0 ? 'unnumbered' : 'numbered')]
}

/** Job cost → direct costs. Sage's current file holds a moving window of transactions: an older one is not gone, it aged out. */
export const jcTransactions: Kind = {
  entity: 'jc-transactions',
  role: 'windowed',
  dayIn: ['accounting_date', 'transaction_date'],
  fields: [
    ...['job', 'extra', 'cost_code', 'category', 'transaction_type', 'amount', 'accounting_date', 'transaction_date', 'description'],
    ...['vendor', 'invoice', 'commitment', 'units', 'unit_cost', 'amount_type', 'change_order'],
  ],
  itemTypes: ['direct-cost'],
  delivery: 'create',
  matched: false,
  lookalikes: 'before-create',
  after: ['vendors', 'jobs'],
  keysOfRecord,
  keysOfItem,
  compare,
  toBody,
  kept,
  leftOut,
  summed,
  jobOf: ({ job }) => job ?? null,
}
