import { moneyFigure, sameUpTo, textFigure, textOf } from './figures.ts'
import type { Kind, ProcoreItem } from './kind.ts'
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
  fields: ['commitment', 'change_order', 'description', 'date', 'status', 'amount'],
  itemTypes: ['commitment-change-order'],
  delivery: 'match',
  matched: true,
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
  compare: ({ fields }, { content }) => [
    moneyFigure('amount', content['grand_total'], fields['amount']),
    textFigure('title', content['title'], fields['description'], sameUpTo(30)),
    { ...textFigure('status', content['status'], fields['status']), agrees: null, judged: false },
  ],
  jobOf: () => null,
}
