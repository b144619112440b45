import { money, moneyText, zero } from '../../shared/money.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { keyText } from '../../shared/record-key.ts'
import { moneyFigure, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Kind, ProcoreItem } from './kind.ts'

/**
 * The commitments a payment pays: its own column, else those of its invoice's distributions. None for what was bought without one: that has
 * no place in Procore's payments.
 */
function commitmentsOf({ fields }: ErpRecord, context: Context): string[] {
  if (fields['commitment'] != null) return [fields['commitment']]
  const { vendor, invoice } = fields
  if (vendor == null || invoice == null) return []
  const lines = context.partsOf('ap-invoices', keyText([vendor, invoice]))
  return [...new Set(lines.flatMap((line) => line.fields['commitment'] ?? []))]
}

/** The one commitment in Procore this payment belongs under, or why there is none. */
function contractOf(record: ErpRecord, context: Context): ProcoreItem | Problem {
  const [commitment, ...more] = commitmentsOf(record, context)
  if (commitment === undefined) return problem('commitment-unmatched', { commitment: '–', payment: record.key })
  if (more.length > 0) return problem('payment-of-several', { payment: record.key, commitments: [commitment, ...more].join(', ') })
  return context.partner('commitments', commitment) ?? problem('commitment-unmatched', { commitment, payment: record.key })
}

const isProblem = (value: ProcoreItem | Problem): value is Problem => 'code' in value

/** How Procore calls a way of paying (procore-api.md 6.2); what the ERP's file calls it is matched by its first letters, else not sent. */
function methodOf(type: string | null | undefined): string | null {
  if (type == null) return null
  if (/^che(ck|que)/i.test(type)) return 'check'
  if (/^(elec|ach|eft|wire)/i.test(type)) return 'electronic'
  return /^credit/i.test(type) ? 'credit_card' : null
}

const filled = (fields: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((one): one is [string, string] => one[1] != null))

function toBody(record: ErpRecord, item: ProcoreItem | null, context: Context): Record<string, unknown> | Problem {
  const contract = contractOf(record, context)
  if (isProblem(contract)) return contract
  if (item !== null && item.content['contract_id'] !== contract.id)
    return problem('locked-in-procore', { item: record.key, text: 'it stands under another commitment' })
  const { fields } = record
  const amount = money(fields['amount'] ?? null)
  if (amount === null) return problem('amount-unreadable', { line: '', column: 'Amount', text: fields['amount'] ?? '' })
  if (amount.units < zero.units) return problem('amount-negative', { key: record.key, amount: fields['amount'] ?? '' })
  const { vendor, invoice } = fields
  const requisition = vendor == null || invoice == null ? null : context.partner('ap-invoices', keyText([vendor, invoice]))
  return {
    contract_id: contract.id,
    ...filled({ date: fields['payment_date'], invoice_number: invoice, check_number: fields['check'] }),
    ...filled({ payment_method: methodOf(fields['payment_type']), requisition_id: requisition?.id, amount: fields['amount'] }),
  }
}

/** A check pays an invoice once; without the invoice's number the amount says which payment is meant, and a person confirms it. */
function keysOf(contract: string, check: string, invoice: string | null, amount: string | null): string[] {
  const exact = money(amount)
  return [
    ...(invoice === null ? [] : [`exact:payment:${contract}:${check}:${invoice}`]),
    ...(exact === null ? [] : [`ask:payment:${contract}:${check}:${moneyText(exact)}`]),
  ]
}

/**
 * AP payments → payments issued on the commitment they pay: one call each, looked up first (no sync action, no filter; procore-api.md 5.2).
 * Those whose invoice carries no commitment stay where they are.
 */
export const apPayments: Kind = {
  entity: 'ap-payments',
  role: 'append-only',
  // A table of AP's master file like that of invoices (erp-files.md C2, 2026-11); nothing public says how long it keeps what is paid.
  whole: 'when-said',
  fields: ['vendor', 'invoice', 'payment_id', 'check', 'payment_type', 'payment_date', 'amount', 'commitment', 'job'],
  itemTypes: ['contract-payment'],
  delivery: 'create',
  matched: true,
  finds: ['check', 'invoice'],
  mayCreate: (record, context) => commitmentsOf(record, context).length > 0,
  after: ['commitments', 'ap-invoices', 'ap-distributions'],
  keysOfRecord(record, context) {
    const { check, invoice, amount } = record.fields
    const contract = contractOf(record, context)
    return isProblem(contract) || check == null ? [] : keysOf(contract.id, check, invoice ?? null, amount ?? null)
  },
  keysOfItem({ content }) {
    const [contract, check] = [textOf(content['contract_id']), textOf(content['check_number'])]
    return contract === null || check === null ? [] : keysOf(contract, check, textOf(content['invoice_number']), textOf(content['amount']))
  },
  compare: ({ fields }, { content }) => [
    moneyFigure('amount', content['amount'], fields['amount']),
    { ...textFigure('date', content['date'], fields['payment_date']), type: 'date' },
    textFigure('check', content['check_number'], fields['check']),
    textFigure('invoice', content['invoice_number'], fields['invoice']),
  ],
  toBody,
  placeOf: (record, context) => {
    const contract = contractOf(record, context)
    return isProblem(contract) ? null : contract.project
  },
  jobOf: ({ job }) => job ?? null,
}
