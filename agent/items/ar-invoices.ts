import { moneyFigure, textFigure, textOf } from './figures.ts'
import type { Kind } from './kind.ts'
import { looseNumber } from './loose-number.ts'

const keysOf = (project: string, invoice: string): string[] => [
  `exact:payment-application:${project}:${invoice}`,
  `ask:payment-application:${project}:${looseNumber(invoice)}`,
]

/** AR invoices ↔ owner invoices of the job's project, by invoice number: state and amounts. An origin_id would freeze them in Procore, so the tie stays in the ledger. */
export const arInvoices: Kind = {
  entity: 'ar-invoices',
  role: 'windowed',
  dayIn: ['invoice_date'],
  fields: ['customer', 'invoice', 'draw', 'job', 'contract', 'invoice_date', 'amount', 'retainage', 'status'],
  itemTypes: ['payment-application'],
  delivery: 'match',
  ties: 'ledger',
  matched: true,
  finds: ['invoice'],
  after: ['jobs'],
  keysOfRecord({ fields: { job, invoice } }, context) {
    const project = job == null ? null : context.projectOfJob(job)
    return project === null || invoice == null ? [] : keysOf(project.id, invoice)
  },
  keysOfItem({ project, content }) {
    const invoice = textOf(content['invoice_number'])
    return project === null || invoice === null ? [] : keysOf(project, invoice)
  },
  compare: ({ fields }, { content }) => [
    moneyFigure('amount', content['total_amount_accrued_this_period'], fields['amount']),
    moneyFigure('retainage', content['total_retainage'], fields['retainage'], false),
    { ...textFigure('date', content['billing_date'], fields['invoice_date']), type: 'date', agrees: null, judged: false },
    { ...textFigure('status', content['status'], fields['status']), agrees: null, judged: false },
  ],
  jobOf: ({ job }) => job ?? null,
}
