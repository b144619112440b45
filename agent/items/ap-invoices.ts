import { type Problem, problem } from '../../shared/problem.ts'
import { moneyFigure, sumOf, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Figure, Kind, ProcoreItem } from './kind.ts'
import { looseNumber } from './loose-number.ts'

/** By commitment where it is known (the invoice's distributions say it), by vendor else: one subcontract's invoices are numbered 1, 2, 3, as the next one's. */
const ofCommitment = (contract: string, invoice: string): string => `exact:requisition-of-commitment:${contract}:${invoice}`
const ofVendor = (vendor: string, invoice: string): string[] => [
  `exact:requisition:${vendor}:${invoice}`,
  `ask:requisition:${vendor}:${looseNumber(invoice)}`,
]

/** Commitments of the ERP the invoice's distributions name. */
const namedBy = (record: ErpRecord, context: Context): string[] => [
  ...new Set(context.partsOf(record.entity, record.key).flatMap(({ fields }) => fields['commitment'] ?? [])),
]

/** The invoice's amount: its own, else the sum of its distributions. */
function erpAmount(record: ErpRecord, context: Context): string | null {
  return record.fields['amount'] ?? sumOf(context.partsOf(record.entity, record.key).map(({ fields }) => fields['amount'] ?? null))
}

/**
 * Whether the ERP's amount holds what is held back: setting `amounts.holdback` = in (default), out, or unknown. With `out` it is compared with
 * what Procore says is due now; with `unknown` neither agreement nor difference is claimed.
 */
function amountFigure(record: ErpRecord, { content }: ProcoreItem, context: Context): Figure {
  const basis = context.setting('amounts.holdback') ?? 'in'
  const procore = basis === 'out' ? content['current_payment_due'] : content['total_claimed_amount']
  const figure = moneyFigure('amount', procore, erpAmount(record, context))
  return basis === 'unknown' ? { ...figure, agrees: null } : figure
}

const doubt = (_record: ErpRecord, context: Context): Problem | null =>
  context.setting('amounts.holdback') === 'unknown' ? problem('not-comparable', { field: 'amount' }) : null

/**
 * AP invoices ↔ subcontractor invoices, by vendor and invoice number: state and amounts. An origin_id would freeze the invoice in Procore, so
 * the tie stays in the ledger. Invoices of vendors outside commitments have no partner in Procore, and that is as it should be.
 */
export const apInvoices: Kind = {
  entity: 'ap-invoices',
  role: 'master',
  dayIn: ['invoice_date'],
  fields: ['vendor', 'invoice', 'invoice_date', 'description', 'amount', 'pmt_amount', 'status', 'retainage'],
  itemTypes: ['requisition'],
  delivery: 'match',
  ties: 'ledger',
  matched: true,
  basis: ['amounts.holdback'],
  finds: ['invoice'],
  after: ['vendors', 'commitments'],
  keysOfRecord(record, context) {
    const { vendor, invoice } = record.fields
    if (invoice == null) return []
    const company = vendor == null ? null : context.vendorOf(vendor)
    const named = namedBy(record, context)
    const byVendor = company === null ? [] : ofVendor(company.id, invoice)
    return [
      ...named.flatMap((commitment) => context.partner('commitments', commitment)?.id ?? []).map((id) => ofCommitment(id, invoice)),
      // The same number of the same vendor may stand under another commitment: a person says which.
      ...(named.length === 0 ? byVendor : byVendor.filter((key) => key.startsWith('ask:'))),
    ]
  },
  keysOfItem({ content }) {
    const [contract, vendor, invoice] = [textOf(content['commitment_id']), textOf(content['vendor_id']), textOf(content['invoice_number'])]
    if (invoice === null) return []
    return [...(contract === null ? [] : [ofCommitment(contract, invoice)]), ...(vendor === null ? [] : ofVendor(vendor, invoice))]
  },
  compare: (record, item, context) => [
    amountFigure(record, item, context),
    moneyFigure('paid', null, record.fields['pmt_amount'], false),
    moneyFigure('retainage', item.content['total_retainage'], record.fields['retainage'], false),
    { ...textFigure('date', item.content['billing_date'], record.fields['invoice_date']), type: 'date', agrees: null, judged: false },
    { ...textFigure('status', item.content['status'], record.fields['status']), agrees: null, judged: false },
  ],
  doubt,
  jobOf: () => null,
}
