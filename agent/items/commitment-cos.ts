import { problem } from '../../shared/problem.ts'
import { moneyFigure, sameUpTo, textFigure, textOf } from './figures.ts'
import type { Context, Kind, ProcoreItem } from './kind.ts'
import { looseNumber } from './loose-number.ts'

const keysOf = (contract: string, number: string): string[] => [
  `exact:commitment-co:${contract}:${number}`,
  `ask:commitment-co:${contract}:${looseNumber(number)}`,
]

/**
 * Commitment change orders ↔ change order packages of the commitment: matched by number, compared in title and amount. The ERP's words for a
 * status are not public, so both sides' are shown and not held against each other.
 */
export const commitmentCos: Kind = {
  entity: 'commitment-cos',
  role: 'master',
  dayIn: ['date'],
  fields: ['commitment', 'change_order', 'description', 'date', 'status', 'amount'],
  itemTypes: ['commitment-change-order'],
  delivery: 'match',
  matched: true,
  basis: ['amounts.tax'],
  finds: ['change_order'],
  after: ['commitments'],
  keysOfRecord({ fields: { commitment, change_order } }, context) {
    const contract = commitment == null ? null : context.partner('commitments', commitment)
    return contract === null || change_order == null ? [] : keysOf(contract.id, change_order)
  },
  keysOfItem({ content }: ProcoreItem) {
    const [contract, number] = [textOf(content['contract_id']), textOf(content['number'])]
    return contract === null || number === null ? [] : keysOf(contract, number)
  },
  compare: ({ fields }, { content }, context) => [
    { ...moneyFigure('amount', content['grand_total'], fields['amount']), ...(isNet(context) ? {} : { agrees: null }) },
    textFigure('title', content['title'], fields['description'], sameUpTo(30)),
    { ...textFigure('status', content['status'], fields['status']), agrees: null, judged: false },
  ],
  doubt: (_record, context) => (isNet(context) ? null : problem('not-comparable', { field: 'amount' })),
  jobOf: () => null,
}

/** The exports have no tax of a change order: where Procore's amounts hold it, or nobody has said, neither agreement nor difference is claimed. */
const isNet = (context: Context): boolean => (context.setting('amounts.tax') ?? 'net') === 'net'
