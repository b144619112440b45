/** Payments issued on one commitment (procore-api.md 6.2): no filter, one call per commitment, so only for what is on screen. */
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { ReadOptions, Where } from './list.ts'
import { pages } from './paging.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ amount: 'amount', date: 'text', check_number: 'text', invoice_number: 'text', payment_number: 'text', status: 'text' },
    ...{ contract_id: 'id', requisition_id: 'id', notes: 'text' },
  })

/** Pages of the payments of one commitment. */
export async function* contractPayments(
  client: Client,
  where: Where,
  contract: string,
  options?: ReadOptions,
): AsyncGenerator<ProcoreItem[]> {
  const query = { project_id: where.project ?? '', contract_id: contract, per_page: 1_000 }
  const about = { item: `commitment ${contract}` }
  for await (const rows of pages(client, {
    path: '/rest/v1.0/contract_payments',
    query,
    priority: options?.priority ?? 'single',
    about,
    signal: options?.signal,
  }))
    yield rows.flatMap((row) => itemOf('contract-payment', row, where.project, content) ?? [])
}
