import type { DatabaseSync } from 'node:sqlite'
import type { Entity, ItemType } from '../../shared/item.ts'
import { itemTypes } from '../../shared/item.ts'
import type { Context, ProcoreItem } from '../items/kind.ts'
import { itemOf, type Kinds, recordOf } from './rows.ts'
import { connectionOf, sourcesOf } from './sources.ts'

/** Remembers answers for as long as the context lives: one transaction, or one answer to a page. */
function remembered<T>(ask: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined || known.has(key)) return found as T
    const answer = ask(key)
    known.set(key, answer)
    return answer
  }
}

/** A setting as text: the connection's settings hold numbers and flags too. */
const settingText = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null

/** What the kinds may ask about a connection, answered from the ledger. Make one per transaction or answer: it remembers. */
export function ledgerContext(raw: DatabaseSync, kinds: Kinds, connectionId: number): Context {
  const connection = connectionOf(raw, connectionId)
  const settings = JSON.parse(connection.settings) as Record<string, unknown>
  const sourceIds = new Map(sourcesOf(raw, connectionId).map(({ entity, id }) => [entity, id]))
  const linked = raw.prepare(
    `select i.* from records r join links l on l.record = r.id join items i on i.connection = ? and i.type = l.item_type and i.id = l.item_id
     where r.source = ? and r.key = ? and i.deleted_at is null`,
  )
  const byKey = raw.prepare(
    `select i.* from item_keys k join items i on i.connection = k.connection and i.type = k.type and i.id = k.id
     where k.connection = ? and k.key = ? and i.deleted_at is null limit 2`,
  )
  const ofType = raw.prepare('select * from items where connection = ? and type = ? and project is ? and deleted_at is null')
  const parts = raw.prepare(
    'select r.*, s.entity from record_keys k join records r on r.id = k.record join sources s on s.id = r.source where k.connection = ? and k.key = ? and r.vanished_at is null order by r.id',
  )

  const there = raw.prepare('select * from records where source = ? and key = ? and vanished_at is null')

  const linkedItem = (entity: Entity, key: string): ProcoreItem | null => {
    const row = linked.get(connectionId, sourceIds.get(entity) ?? -1, key)
    return row ? itemOf(row) : null
  }
  const onlyItem = (key: string): ProcoreItem | null => {
    const [row, ...more] = byKey.all(connectionId, key)
    return row && more.length === 0 ? itemOf(row) : null
  }
  const items = (type: ItemType, project: string | null) => ofType.all(connectionId, itemTypes.indexOf(type), project).map(itemOf)

  const costCodes = remembered((project) => codesOf(items('cost-code', project), subJobCodes(items('sub-job', project))))
  const subJobs = remembered((project) => onlyOnes(items('sub-job', project)))
  const standardCodes = remembered(() => codesOf(items('standard-cost-code', null), new Map()))
  const costTypes = remembered(() => codesOf(items('cost-type', null), new Map()))
  const projects = remembered((job) => linkedItem('jobs', job) ?? onlyItem(projectKey(job)))
  const vendors = remembered((vendor) => linkedItem('vendors', vendor) ?? onlyItem(vendorKey(vendor)))

  const linkedOf = remembered((entity) => remembered((key) => linkedItem(entity as Entity, key)))

  return {
    connectionKey: connection.key,
    projectOfJob: projects,
    vendorOf: vendors,
    costCode: (project, code, subJob) => costCodes(project).get(codeKey(code, subJob)) ?? null,
    costType: (code) => costTypes('').get(codeKey(code, null)) ?? null,
    setting: (name) => settingText(settings[name]),
    subJob: (project, code) => subJobs(project).get(code) ?? null,
    standardCode: (code) => standardCodes('').get(codeKey(code, null)) ?? null,
    standardList: () => settingText(settings['standard-cost-code-list']) ?? onlyList(items('standard-cost-code', null)),
    partner: (entity, key) => linkedOf(entity)(key),
    record: (entity, key) => {
      const row = there.get(sourceIds.get(entity) ?? -1, key)
      return row ? recordOf(row, kinds[entity]) : null
    },
    partsOf: (entity, key) =>
      parts.all(connectionId, partKey(entity, key)).map((row) => recordOf(row, kinds[row['entity'] as keyof Kinds])),
  }
}

/** Keys shared by both sides of a match (items/*.ts use the same). */
const projectKey = (number: string): string => `exact:job:${number}`
const vendorKey = (code: string): string => `exact:vendor:${code}`
export const partKey = (entity: string, key: string): string => `part:${entity}:${key}`

const codeKey = (code: string, subJob: string | null): string => `${subJob ?? ''}\u0000${code}`

const subJobCodes = (subJobs: readonly ProcoreItem[]): Map<string, string> =>
  new Map(subJobs.map(({ id, content }) => [id, String(content['code'] ?? '')]))

function onlyList(codes: readonly ProcoreItem[]): string | null {
  const lists = [...new Set(codes.map(({ content }) => String(content['standard_cost_code_list_id'] ?? '')))]
  return lists.length === 1 ? (lists[0] as string) : null
}

/** By code; one that stands twice answers for neither. */
function onlyOnes(items: readonly ProcoreItem[]): Map<string, ProcoreItem> {
  const byCode = Map.groupBy(items, ({ content }) => String(content['code'] ?? ''))
  return new Map([...byCode].flatMap(([code, all]) => (code !== '' && all.length === 1 ? [[code, all[0] as ProcoreItem] as const] : [])))
}

/** Codes by themselves, and under their sub job where they belong to one (biller, procore-api.md 6.2). A code that stands twice answers for neither. */
function codesOf(items: readonly ProcoreItem[], subJobs: ReadonlyMap<string, string>): Map<string, ProcoreItem> {
  const found = new Map<string, ProcoreItem | null>()
  for (const item of items) {
    const subJob = item.content['biller_type'] === 'SubJob' ? (subJobs.get(String(item.content['biller_id'])) ?? null) : null
    for (const name of ['full_code', 'code']) {
      const code = item.content[name]
      if (typeof code !== 'string' || code === '') continue
      const key = codeKey(code, subJob)
      const other = found.get(key)
      found.set(key, other === undefined || other?.id === item.id ? item : null)
    }
  }
  return new Map([...found].filter((one): one is [string, ProcoreItem] => one[1] !== null))
}
