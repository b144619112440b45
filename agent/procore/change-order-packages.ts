/**
 * Change orders of commitments and of prime contracts (procore-api.md 5.2, 6.2): the package is what pages name (procore-web.md, id trap)
 * and what carries origin fields. One list for the project; it does not say whose a package is, so its contract tells.
 */
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { ProcoreList, ReadOptions, Where } from './list.ts'
import { primeContracts } from './prime-contracts.ts'
import { contentOf, isRaw, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'
import type { Fields } from './writing.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ contract_id: 'id', number: 'text', revision: 'text', title: 'text', status: 'text', grand_total: 'amount', executed: 'flag' },
    ...{ due_date: 'text', invoiced_date: 'text', paid_date: 'text', signed_change_order_received_date: 'text', reviewed_at: 'text' },
    ...{ origin_code: 'text', currency: ['text', 'currency_configuration.currency_iso_code'] },
  })

const statuses = [
  ...['draft', 'not_pricing', 'pricing', 'pending', 'revised', 'proceeding', 'not_proceeding'],
  ...['no_charge', 'approved', 'rejected', 'void'],
]
const fields: Fields = {
  ...{ status: statuses, title: 'text', description: 'text', grand_total: 'amount', schedule_impact_amount: 'number', executed: 'flag' },
  ...{ due_date: 'date', invoiced_date: 'date', paid_date: 'date', signed_change_order_received_date: 'date' },
  ...{ origin_id: 'text', origin_code: 'text', origin_data: 'text' },
}

/** Only the show view says the kind; in the list it is told by the contract. */
const typeOf = (raw: unknown): ProcoreItem['type'] =>
  isRaw(raw) && raw['type'] === 'PrimeContractChangeOrder' ? 'prime-change-order' : 'commitment-change-order'

const packages: ProcoreList = listOf({
  ...{ id: 'change-order-packages', itemTypes: ['commitment-change-order', 'prime-change-order'], scope: 'project' },
  ...{ updatedFilter: true, includeDeleted: true, perPage: 1_000 },
  path: () => '/rest/v1.0/change_order_packages',
  show: (_client, where, id) => ({ path: `/rest/v1.0/change_order_packages/${id}`, query: { project_id: where.project ?? '' } }),
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: null,
  originFilter: false,
  parse: (raw, project) => itemOf(typeOf(raw), raw, project, content),
  one: {
    parent: 'contract_id',
    change: (where, id, parent) => ({
      ...{ method: 'PATCH', path: `/rest/v1.0/change_order_packages/${id}`, query: {}, bodyKey: 'change_order' },
      scope: { project_id: where.project ?? '', ...(parent === null ? {} : { contract_id: parent }) },
    }),
    // Approved ones are locked by their status (5.3), whatever their origin_id.
    ...{ fields, locked: Object.keys(fields) },
  },
})

export const changeOrderPackages: ProcoreList = { ...packages, read }

/** The prime contracts are asked for once, as soon as there is a package at all. */
async function* read(client: Client, where: Where, options?: ReadOptions): AsyncGenerator<ProcoreItem[]> {
  let primes: Set<string> | null = null
  for await (const page of packages.read(client, where, options)) {
    if (page.length > 0) primes ??= await idsOfPrimes(client, where, options)
    yield page.map((one) => (primes?.has(String(one.content['contract_id'])) ? { ...one, type: 'prime-change-order' } : one))
  }
}

async function idsOfPrimes(client: Client, where: Where, options?: ReadOptions): Promise<Set<string>> {
  const ids = new Set<string>()
  const whole = { priority: options?.priority ?? 'page', signal: options?.signal }
  for await (const page of primeContracts.read(client, where, whole)) for (const { id } of page) ids.add(id)
  return ids
}
