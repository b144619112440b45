import { money, moneyText, sameMoney, zero } from '../../shared/money.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { keyText } from '../../shared/record-key.ts'
import { moneyFigure, sumOf, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Kind, ProcoreItem } from './kind.ts'

/** What stands where a part of an invoice names no commitment. */
const NONE = '–'

/** The distributions of the invoice a payment pays. */
function linesOf({ fields: { vendor, invoice } }: ErpRecord, context: Context): readonly ErpRecord[] {
  return vendor == null || invoice == null ? [] : context.partsOf('ap-invoices', keyText([vendor, invoice]))
}

/**
 * The commitments a payment pays: its own column, else those of its invoice's distributions, with `–` last for a part of the invoice that is on
 * none. Empty for what was bought without one: that has no place in Procore's payments.
 */
function commitmentsOf(record: ErpRecord, context: Context): string[] {
  if (record.fields['commitment'] != null) return [record.fields['commitment']]
  const lines = linesOf(record, context)
  const named = [...new Set(lines.flatMap(({ fields }) => fields['commitment'] ?? []))]
  return named.length > 0 && lines.some(({ fields }) => fields['commitment'] == null) ? [...named, NONE] : named
}

/** The one commitment in Procore this payment belongs under, or why there is none: one that is only partly on it would be too much there. */
function contractOf(record: ErpRecord, context: Context): ProcoreItem | Problem {
  const [commitment, ...more] = commitmentsOf(record, context)
  if (commitment === undefined) return problem('commitment-unmatched', { commitment: NONE, payment: record.key })
  if (more.length > 0) return problem('payment-of-several', { payment: record.key, commitments: [commitment, ...more].join(', ') })
  return unexplained(record, commitment, context) ?? context.partner('commitments', commitment) ?? unmatched(record, commitment)
}

const unmatched = ({ key }: ErpRecord, commitment: string): Problem => problem('commitment-unmatched', { commitment, payment: key })

/** The invoice is more (or less) than its lines that were read: one may be missing, on another commitment, or tax stands apart. */
function unexplained(record: ErpRecord, commitment: string, context: Context): Problem | null {
  const { vendor, invoice, commitment: own } = record.fields
  if (own != null || vendor == null || invoice == null) return null
  const amount = context.record('ap-invoices', keyText([vendor, invoice]))?.fields['amount'] ?? null
  const sum = sumOf(linesOf(record, context).map(({ fields }) => fields['amount'] ?? null))
  const [all, known] = [money(amount), money(sum)]
  if (all === null || known === null || sameMoney(all, known)) return null
  return problem('payment-unexplained', { payment: record.key, invoice, commitment, sum: sum ?? '', amount: amount ?? '' })
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
  if (item !== null && item.content['contract_id'] !== contract.id) return problem('payment-elsewhere', { payment: record.key })
  const { fields } = record
  const amount = money(fields['amount'] ?? null)
  if (amount === null) return problem('value-missing', { key: record.key, field: 'amount' })
  if (amount.units < zero.units) return problem('amount-negative', { key: record.key, amount: fields['amount'] ?? '' })
  const { vendor, invoice } = fields
  const requisition = vendor == null || invoice == null ? null : context.partner('ap-invoices', keyText([vendor, invoice]))
  return {
    contract_id: contract.id,
    ...filled({ date: fields['payment_date'], invoice_number: invoice, check_number: fields['check'] }),
    ...filled({ payment_method: methodOf(fields['payment_type']), requisition_id: requisition?.id, amount: fields['amount'] }),
  }
}

/** What both sides may know of a payment; a number that is empty is not known. */
type Paid = { contract: string; check: string | null; invoice: string | null; date: string | null; amount: string | null }

/** A check pays an invoice once; without the invoice's number the amount says which payment is meant, and a person confirms it. */
function ofCheck({ contract, check, invoice, amount }: Paid): string[] {
  const exact = money(amount)
  if (check === null) return []
  return [
    ...(invoice === null ? [] : [`exact:payment:${contract}:${check}:${invoice}`]),
    ...(exact === null ? [] : [`ask:payment:${contract}:${check}:${moneyText(exact)}`]),
  ]
}

/**
 * Where either side has no check number (ACH, or typed by hand), the same amount for the same invoice or on the same day may be the same
 * payment: a person says so before it could be paid twice. `side`: of an item with a check or without; two different checks never ask.
 */
function alike({ contract, invoice, date, amount }: Paid, side: 'checked' | 'unchecked'): string[] {
  const exact = money(amount)
  if (exact === null) return []
  const by = (name: string, value: string | null): string[] =>
    value === null ? [] : [`ask:payment-${side}:${contract}:${name}:${value}:${moneyText(exact)}`]
  return [...by('invoice', invoice), ...by('date', date)]
}

/**
 * A payment whose invoice was corrected in the ERP comes under a new key (formats/records/ap-payments.ts). Rows of one check are exported together, so
 * one of an earlier file with the same payment or check and the same amount may be this one; two that came together are two.
 */
const namedAnew: Kind['namedAnew'] = {
  where: ({ fields: { payment_id: id, vendor, check } }) => ({
    keyStart: id == null ? null : `${keyText([id, vendor])}|`,
    term: check?.toLowerCase() ?? null,
  }),
  same({ fields: one }, { fields: earlier }) {
    const [now, before] = [money(one['amount'] ?? null), money(earlier['amount'] ?? null)]
    const isOfOne = one['payment_id'] === earlier['payment_id'] && one['check'] === earlier['check']
    return isOfOne && one['vendor'] === earlier['vendor'] && now !== null && before !== null && sameMoney(now, before)
  },
  told: ({ key }, earlier) => problem('payment-renamed', { payment: key, earlier: earlier.key }),
}

/**
 * AP payments → payments issued on the commitment they pay: one call each, looked up first (no sync action, no filter; procore-api.md 5.2).
 * Those whose invoice carries no commitment stay where they are.
 */
export const apPayments: Kind = {
  entity: 'ap-payments',
  role: 'append-only',
  dayIn: ['payment_date'],
  // A table of AP's master file like that of invoices (erp-files.md C2, 2026-11); nothing public says how long it keeps what is paid.
  whole: 'when-said',
  fields: ['vendor', 'invoice', 'payment_id', 'check', 'payment_type', 'payment_date', 'amount', 'commitment', 'job'],
  itemTypes: ['contract-payment'],
  delivery: 'create',
  matched: true,
  lookalikes: 'as-they-come',
  namedAnew,
  finds: ['check', 'invoice'],
  mayCreate: (record, context) => commitmentsOf(record, context).length > 0,
  after: ['commitments', 'ap-invoices', 'ap-distributions'],
  keysOfRecord(record, context) {
    const { check = null, invoice = null, payment_date: date = null, amount = null } = record.fields
    const contract = contractOf(record, context)
    if (isProblem(contract)) return []
    const paid = { contract: contract.id, check, invoice, date, amount }
    return [...ofCheck(paid), ...alike(paid, 'unchecked'), ...(check === null ? alike(paid, 'checked') : [])]
  },
  keysOfItem({ content }) {
    const of = (name: string): string | null => textOf(content[name])
    const contract = of('contract_id')
    if (contract === null) return []
    const paid = { contract, check: of('check_number'), invoice: of('invoice_number'), date: of('date'), amount: of('amount') }
    return [...ofCheck(paid), ...alike(paid, paid.check === null ? 'unchecked' : 'checked')]
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
