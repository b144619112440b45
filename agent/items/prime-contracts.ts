import { moneyFigure, sumOf, textFigure, textOf } from './figures.ts'
import type { Kind } from './kind.ts'

/**
 * What the ERP says of a job's contract with the owner ↔ the project's prime contract; one of several waits for a person. Compared only: no tie
 * is written to Procore, and nothing is sent. Procore's list has no revised amount (it is the original and what was approved), and none that was
 * billed, paid or held: those are the ERP's alone (published fields, 2026-06), so they are shown only.
 */
export const primeContracts: Kind = {
  entity: 'prime-contracts',
  role: 'master',
  dayIn: ['contract_date'],
  fields: [
    ...['job', 'description', 'status', 'job_complete', 'ar_customer', 'contract_date', 'original_contract', 'approved_contract_changes'],
    ...['revised_contract', 'jtd_work_billed', 'jtd_payments', 'jtd_retainage'],
  ],
  itemTypes: ['prime-contract'],
  delivery: 'match',
  ties: 'ledger',
  matched: true,
  after: ['jobs'],
  keysOfRecord({ key, fields }, context) {
    const project = context.projectOfJob(key)
    return project === null || fields['original_contract'] == null ? [] : [`exact:prime-contract:${project.id}`]
  },
  keysOfItem: ({ project }) => (project === null ? [] : [`exact:prime-contract:${project}`]),
  compare: ({ fields }, { content }) => [
    moneyFigure('original', content['grand_total'], fields['original_contract']),
    moneyFigure('approved-changes', content['approved_change_orders'], fields['approved_contract_changes']),
    moneyFigure('revised', sumOf([textOf(content['grand_total']), textOf(content['approved_change_orders'])]), fields['revised_contract']),
    moneyFigure('invoiced', null, fields['jtd_work_billed'], false),
    moneyFigure('paid', null, fields['jtd_payments'], false),
    moneyFigure('retainage', null, fields['jtd_retainage'], false),
    { ...textFigure('date', content['contract_date'], fields['contract_date']), type: 'date', agrees: null, judged: false },
  ],
  jobOf: ({ job }) => job ?? null,
}
