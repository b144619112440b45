/**
 * Payments issued on commitments (procore-api.md 6.2): no filter, and one list per commitment, so only those of `where.contracts` are
 * read. Once origin_id is filled, all but attachments and origin fields is locked (the reference's text of PATCH).
 */
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { ProcoreList, ReadOptions, Where } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'
import type { Fields } from './writing.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ contract_id: 'id', requisition_id: 'id', amount: 'amount', date: 'text', check_number: 'text', invoice_number: 'text' },
    ...{ payment_number: 'text', draw_request_number: 'text', status: 'text', notes: 'text', origin_code: 'text' },
    ...{ date_payment_initiated: 'text', date_payment_settled: 'text', external_payment_id: 'text' },
  })

const fields: Fields = {
  ...{ date: 'date', invoice_number: 'text', check_number: 'text', invoice_date: 'date', draw_request_number: 'number', notes: 'text' },
  ...{ payment_number: 'number', payment_method: ['check', 'credit_card', 'electronic'], amount: 'amount', requisition_id: 'id' },
  ...{ origin_id: 'text', origin_data: 'text' },
}

const path = '/rest/v1.0/contract_payments'
/** project_id and contract_id stand beside the payment in the body. */
const call = (where: Where, parent: string | null) => ({
  ...{ query: {}, scope: { project_id: where.project ?? '', contract_id: parent ?? '' }, bodyKey: 'contract_payment' },
})

const own: ProcoreList = listOf({
  ...{ id: 'contract-payments', itemTypes: ['contract-payment'], scope: 'project', updatedFilter: false, includeDeleted: false },
  perPage: 1_000,
  path: () => path,
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: null,
  originFilter: false,
  parse: (raw, project) => itemOf('contract-payment', raw, project, content),
  one: {
    parent: 'contract_id',
    create: (where, parent) => ({ method: 'POST', path, ...call(where, parent) }),
    change: (where, id, parent) => ({ method: 'PATCH', path: `${path}/${id}`, ...call(where, parent) }),
    ...{ fields, locked: ['origin_id', 'origin_data'] },
  },
})

export const contractPayments: ProcoreList = { ...own, byContract: true, read, byIds }

async function* read(client: Client, where: Where, options?: ReadOptions): AsyncGenerator<ProcoreItem[]> {
  for (const contract of where.contracts ?? []) yield* own.read(client, where, { ...options, filters: { contract_id: contract } })
}

/** Nothing can be looked up without its commitment; to answer “not there” to such a question would be a guess. */
async function byIds(client: Client, where: Where, ids: readonly string[], options?: ReadOptions): Promise<ProcoreItem[]> {
  if (ids.length > 0 && (where.contracts ?? []).length === 0) throw new TypeError('A payment is looked up under its commitment.')
  const found: ProcoreItem[] = []
  for await (const page of read(client, where, options)) found.push(...page.filter((one) => ids.includes(one.id)))
  return found
}
