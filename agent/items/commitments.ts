import { money } from '../../shared/money.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { flagFigure, moneyFigure, sameUpTo, sumOf, textFigure, textOf } from './figures.ts'
import { normalNumber } from './jobs.ts'
import type { Context, ErpRecord, Figure, Kind, ProcoreItem } from './kind.ts'

/** Sage holds 30 characters of a commitment's title and cuts what is longer (erp-integrations.md D2). */
const titleLimit = 30

/** Statuses after which nothing more is bought on a commitment (procore-api.md 6.2; work order and purchase order contracts). */
const over = ['Complete', 'Terminated', 'Void', 'Closed']

type Amounts = { original: string | null; changes: string | null; revised: string | null; invoiced: string | null }

const isGross = (context: Context): boolean => context.setting('amounts.tax') === 'gross'
const linesOf = (record: ErpRecord, context: Context): ErpRecord['fields'][] =>
  context.partsOf(record.entity, record.key).map(({ fields }) => fields)

/** Amounts of a line, and what says the tax on each (erp-files.md C3 and C5: the tax stands apart, 2026-11). */
const taxOf = { amount: 'tax', approved_co_amount: 'approved_co_tax_amount' } as const

/**
 * The ERP's amounts: summed over the items, else of the header where the file has them (raw dictionary names only). With setting `amounts.tax` =
 * gross, Procore's amounts hold tax, so the ERP's tax is added; by default they are net. A tax that no export says, be it an empty cell or a
 * column that is not there, is not known, and neither is the sum; a header's amounts say no tax at all.
 */
function erpAmounts(record: ErpRecord, context: Context): Amounts {
  const lines = linesOf(record, context)
  const gross = isGross(context)
  const sum = (field: string, tax: string | null = null) =>
    sumOf(lines.flatMap((line) => [line[field] ?? null, ...(gross && tax ? [line[tax] ?? null] : [])]))
  const header = (field: string): string | null => (gross ? null : (record.fields[field] ?? null))
  const original = lines.length > 0 ? sum('amount', taxOf.amount) : header('samt')
  const changes = (lines.length > 0 ? sum('approved_co_amount', taxOf.approved_co_amount) : null) ?? header('sapprco')
  const revised = original === null || changes === null ? null : sumOf([original, changes])
  return { original, changes, revised, invoiced: record.fields['amount_invoiced'] ?? (lines.length > 0 ? sum('amount_invoiced') : null) }
}

/**
 * Figures in the order people read them. Original, approved changes, revised, title and closed decide; invoiced, paid and retainage are
 * shown, and not held against the pair: an invoice stands in one system days before the other.
 */
function compare(record: ErpRecord, { content }: ProcoreItem, context: Context): Figure[] {
  const erp = erpAmounts(record, context)
  const basisUnknown = context.setting('amounts.tax') === 'unknown'
  const figures = [
    moneyFigure('original', content['grand_total'], erp.original),
    moneyFigure('approved-changes', content['approved_change_orders'], erp.changes),
    moneyFigure('revised', content['revised_contract'], erp.revised),
    moneyFigure('invoiced', content['total_requisitions_amount'], erp.invoiced, false),
    moneyFigure('paid', content['total_payments'], null, false),
    moneyFigure('retainage', null, null, false),
  ].map((figure) => (basisUnknown ? { ...figure, agrees: null } : figure))
  const closed = record.fields['closed']
  return [
    ...figures,
    textFigure('title', content['title'], record.fields['description'], sameUpTo(titleLimit)),
    flagFigure(
      'closed',
      typeof content['status'] === 'string' ? over.includes(content['status']) : null,
      closed == null ? null : closed === '1',
    ),
  ]
}

/** Amounts are there, and the tax that Procore's hold is not: nothing can be said of them. */
function isTaxUnknown(record: ErpRecord, context: Context): boolean {
  if (!isGross(context)) return false
  const lines = linesOf(record, context)
  if (lines.length === 0) return record.fields['samt'] != null || record.fields['sapprco'] != null
  return lines.some((line) => Object.entries(taxOf).some(([amount, tax]) => line[amount] != null && line[tax] == null))
}

/** A negative commitment is rare enough to be looked at; amounts on unconfirmed bases can be held neither to agree nor to differ. */
function doubt(record: ErpRecord, context: Context): Problem | null {
  if (context.setting('amounts.tax') === 'unknown') return problem('not-comparable', { field: 'original' })
  if (isTaxUnknown(record, context)) return problem('tax-unknown')
  const { original } = erpAmounts(record, context)
  const amount = money(original)
  return original !== null && amount !== null && amount.units < 0n
    ? problem('amount-negative', { key: record.key, amount: original })
    : null
}

const keysOf = (project: string, number: string): string[] => [
  `exact:commitment:${project}:${number}`,
  `ask:commitment:${project}:${normalNumber(number)}`,
]

/** JC commitments ↔ subcontracts and purchase orders: matched by number within the project of their job; state and amounts only. */
export const commitments: Kind = {
  entity: 'commitments',
  role: 'master',
  fields: ['commitment', 'description', 'vendor', 'job', 'commitment_type', 'closed', 'amount_invoiced', 'samt', 'sapprco'],
  itemTypes: ['work-order-contract', 'purchase-order-contract'],
  delivery: 'match',
  matched: true,
  basis: ['amounts.tax'],
  finds: [],
  after: ['vendors', 'jobs'],
  keysOfRecord(record, context) {
    const job = record.fields['job'] ?? null
    const project = job === null ? null : context.projectOfJob(job)
    return project === null ? [] : keysOf(project.id, record.key)
  },
  keysOfItem({ project, content }) {
    const number = textOf(content['number'])
    return project === null || number === null ? [] : keysOf(project, number)
  },
  compare,
  doubt,
  jobOf: ({ job }) => job ?? null,
}
