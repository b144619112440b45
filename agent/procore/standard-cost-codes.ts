/**
 * Standard cost codes of the company (procore-api.md 4.2, 6.1): listed by standard list, so the lists are asked for first. Read are
 * the list the settings name, else the ERP's own (`is_erp_list`), else all of them: which one is meant is then for a person to say.
 */
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { ProcoreList, ReadOptions, Where } from './list.ts'
import { pages } from './paging.ts'
import { contentOf, isRaw, itemOf, type Raw, text } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, { standard_cost_code_list_id: 'id', code: 'text', full_code: 'text', name: 'text', parent_id: 'id' })

/** Codes of the list that `filters` names. */
const codes: ProcoreList = listOf({
  ...{ id: 'standard-cost-codes', itemTypes: ['standard-cost-code'], scope: 'company', updatedFilter: false, includeDeleted: false },
  perPage: 1_000,
  path: () => '/rest/v1.0/standard_cost_codes',
  query: (client) => ({ company_id: client.company }),
  idFilter: null,
  originFilter: false,
  parse: (raw) => itemOf('standard-cost-code', raw, null, content),
  sync: {
    path: () => '/rest/v1.0/standard_cost_codes/sync',
    scope: (client, { costCodeList }) => ({
      company_id: client.company,
      ...(costCodeList ? { standard_cost_code_list_id: costCodeList } : {}),
    }),
    locked: false,
    serial: false,
    rowScope: ['standard_cost_code_list_id'],
    fields: { code: 'text', name: 'text', parent_id: 'id', standard_cost_code_list_id: 'id', origin_data: 'text' },
  },
})

export const standardCostCodes: ProcoreList = { ...codes, read, byIds }

async function* read(client: Client, where: Where, options?: ReadOptions): AsyncGenerator<ProcoreItem[]> {
  for (const list of await listsOf(client, where, options))
    yield* codes.read(client, where, { ...options, filters: { standard_cost_code_list_id: list } })
}

async function byIds(client: Client, where: Where, ids: readonly string[], options?: ReadOptions): Promise<ProcoreItem[]> {
  const found: ProcoreItem[] = []
  for await (const page of read(client, where, options)) found.push(...page.filter((one) => ids.includes(one.id)))
  return found
}

async function listsOf(client: Client, { costCodeList }: Where, options?: ReadOptions): Promise<string[]> {
  if (costCodeList) return [costCodeList]
  const ask = { path: '/rest/v1.0/standard_cost_code_lists', query: { company_id: client.company, per_page: 1_000 } }
  const lists: { id: string; ofErp: boolean }[] = []
  for await (const rows of pages(client, { ...ask, priority: options?.priority ?? 'page', signal: options?.signal }))
    for (const row of rows.filter(isRaw)) {
      const id = text(row['id'])
      if (id !== null) lists.push({ id, ofErp: row['is_erp_list'] === true })
    }
  const ofErp = lists.filter((list) => list.ofErp)
  return (ofErp.length > 0 ? ofErp : lists).map(({ id }) => id)
}
