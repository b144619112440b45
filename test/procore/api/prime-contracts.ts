import type { Json } from '../items.ts'
import { approvedOf } from '../owner-amounts.ts'
import type { PrimeContract } from '../owner-items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import { currency } from './rules/names.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

/** The body has no origin_code, though the list answers one (reference of May 2026). */
const fields: Fields = {
  ...{ origin_id: 'text', origin_data: 'text', accounting_method: ['amount', 'unit'], number: 'text', title: 'text', description: 'text' },
  status: ['Draft', 'Out For Bid', 'Out For Signature', 'Approved', 'Complete', 'Terminated'],
  ...{ executed: 'flag', retainage_percent: 'text', contractor_id: 'whole', architect_id: 'whole', vendor_id: 'whole' },
  ...{ contract_date: 'date', contract_start_date: 'date', contract_estimated_completion_date: 'date', actual_completion_date: 'date' },
  ...{ execution_date: 'date', issued_on_date: 'date', approval_letter_date: 'date', letter_of_intent_date: 'date', returned_date: 'date' },
  ...{ signed_contract_received_date: 'date', inclusions: 'text', exclusions: 'text' },
}

const inProject = (call: Call, contract: PrimeContract) => contract.project_id === call.projectId

const listed: View<'prime_contracts'> = (call) => (contract) => {
  const { project_id: _project, ...rest } = contract
  const approved_change_orders = approvedOf(call.company, contract)
  return { ...rest, approved_change_orders, vendor: null, contractor: null, attachments: [], currency_configuration: currency }
}

/** The show view has no origin_code, and the worked-out amounts of the whole contract. */
const shown: View<'prime_contracts'> = (call) => (contract) => {
  const { origin_code: _code, ...rest } = listed(call)(contract) as { [field: string]: Json }
  return { ...rest, type: 'PrimeContract', allow_payment_applications: true, custom_fields: {} }
}

const writing: Writing<'prime_contracts'> = {
  ...{ kind: 'prime_contracts', fields, lock: open, visible: inProject },
  fresh: (call) => ({ project_id: call.projectId, origin_code: null }),
}

/** The list is called prime_contracts, the one contract prime_contract; there is no sync (facts 5.2, 6.3). */
export const primeContracts = resource({
  kind: 'prime_contracts',
  lists: [
    {
      ...{ path: '/rest/v1.0/prime_contracts', project: 'query', filters: { id: 'any of', updated_at: 'range' }, view: listed },
      items: (call) => call.company.tables.prime_contracts.where((one) => inProject(call, one)),
    },
  ],
  shows: [{ path: '/rest/v1.0/prime_contract/:id', project: 'query', visible: inProject, view: shown }],
  patches: [
    {
      ...{ path: '/rest/v1.0/prime_contract/:id', project: 'body', key: 'prime_contract', writing, view: shown },
      query: ['run_configurable_validations'],
    },
  ],
})
