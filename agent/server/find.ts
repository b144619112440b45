import { type FindAnswer, type FindHit, type Fits, fits, foundAtMost } from '../../shared/find.ts'
import type { Entity } from '../../shared/item.ts'
import { isOfEnvironment } from '../../shared/pages/hosts.ts'
import { kinds } from '../items/index.ts'
import { termOf } from '../ledger/find-terms.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handler } from './call.ts'
import { createFindRows, cutOff, type Found } from './find-rows.ts'
import { createHits } from './found.ts'
import type { Connection } from './served.ts'
import { type Status, servedTo } from './status.ts'

/** Finds items and records by number or name: exact, then beginning, then containing. Reads only. */
export function findHandler(agent: Agent, { served }: Pick<Status, 'served'>): Handler<'find'> {
  const rows = createFindRows(agent)
  const hitOf = createHits(agent)

  const find = (text: string, connections: readonly Connection[], caller: Caller): Pick<FindAnswer, 'hits' | 'more'> => {
    const hits = new Map<string, FindHit>()
    let more = false
    for (const { found, how } of candidates(rows, text, connections)) {
      const hit = found === cutOff ? null : hitOf(found, how, caller)
      if (found === cutOff) more = true
      if (hit === null || hits.has(keyOf(hit))) continue
      if (hits.size === foundAtMost) return { hits: [...hits.values()], more: true }
      hits.set(keyOf(hit), hit)
    }
    return { hits: [...hits.values()], more }
  }

  return ({ query: { company, text }, caller }) => {
    const now = served.read()
    const connections =
      company === undefined
        ? now.connections.filter(({ id, environment }) => isOfEnvironment(environment, caller.environment) && !caller.shut.has(id))
        : servedTo({ company, caller }, now).connections
    const spoken = connections.map(({ id, name, erp, erpCompany, company: of }) => [id, { name, erp, erpCompany, company: of }] as const)
    return { ...find(text, connections, caller), connections: Object.fromEntries(spoken) }
  }
}

type Candidate = { found: Found | typeof cutOff; how: Fits }

/** Best fits first; of each, items before records: a record tied to an item is the same hit. */
function* candidates(rows: ReturnType<typeof createFindRows>, text: string, connections: readonly Connection[]): Generator<Candidate> {
  for (const how of fits) {
    for (const connection of connections) {
      for (const found of rows.items(how, termOf(text), connection.id)) yield { found, how }
      for (const { id, entity } of connection.sources) {
        const { finds } = kinds[entity as Entity] ?? {}
        if (finds) for (const found of rows.records(how, termOf(text), connection.id, id)) yield { found, how }
        else if (how !== 'contains') for (const found of rows.keys(how, text.trim(), connection.id, id)) yield { found, how }
      }
    }
  }
}

/** An item once, however many connections know it; a record without one by its key. */
const keyOf = ({ type, id, connection, entity, erpKey }: FindHit): string =>
  id === null ? `${connection} ${entity} ${erpKey}` : `${type}:${id}`
