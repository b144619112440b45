/** What could be unlinked now, for a person to choose from. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import { positionOf } from '../ledger/links.ts'
import { eyesOf } from '../ledger/look.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { AskReady, ReadyLink } from '../server/agent.ts'
import { type HeldBy, heldBy, unlinkFacts } from './facts.ts'
import { forecastOf } from './forecast.ts'

/** At most so many, by key within a kind of item; `more` counts the others. */
export function readyUnlinks(raw: DatabaseSync, kinds: Kinds, now: number, ask: AskReady): { links: ReadyLink[]; more: number } {
  const links: ReadyLink[] = []
  let more = 0
  const held = heldBy(raw)
  for (const connection of ask.connections)
    for (const one of readyOf(raw, kinds, now, connection, ask, held)) {
      if (links.length < ask.most) links.push(one)
      else more += 1
    }
  return { links, more }
}

function* readyOf(raw: DatabaseSync, kinds: Kinds, now: number, connection: number, ask: AskReady, held: HeldBy): Generator<ReadyLink> {
  const eyes = eyesOf(raw, kinds, connection)
  for (const record of candidates(raw, kinds, connection, ask.types)) {
    const looked = eyes.look(record)
    const item = looked?.item
    if (!item || (ask.project !== null && item.project !== ask.project) || !ask.sees(item.project)) continue
    const facts = unlinkFacts(raw, eyes, record, held)
    const forecast = facts && forecastOf(facts, now)
    if (forecast?.kind === 'ready') yield { record, type: item.type, id: item.id, key: looked.record.key, project: item.project, forecast }
  }
}

/**
 * Links that may be ready: gone from the ERP; any, where nothing has to be gone first. What is never said to be gone (forecast `not-told`) is
 * not looked through: there may be a million.
 */
function candidates(raw: DatabaseSync, kinds: Kinds, connection: number, types: readonly ItemType[]): number[] {
  const of = raw.prepare(
    `select b.record from badges b join sources s on s.id = b.source
     where b.item_type = ? and s.connection = ? and s.entity = ? and (? or b.state = ?) order by b.key`,
  )
  return Object.values(kinds).flatMap((kind) =>
    kind.itemTypes
      .filter((type) => types.includes(type) && (kind.role === 'master' || kind.unlinks === 'freely'))
      .flatMap((type) =>
        of.all(itemTypes.indexOf(type), connection, kind.entity, kind.unlinks === 'freely' ? 1 : 0, positionOf('gone-from-erp')),
      )
      .map((row) => Number(row['record'])),
  )
}
