/** What could be unlinked now, for a person to choose from. Reads only. */

import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'
import { positionOf } from '../ledger/links.ts'
import { type Eyes, eyesOf } from '../ledger/look.ts'
import { mayBeGone } from '../ledger/may-be-gone.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { AskReady, ReadyLink } from '../server/agent.ts'
import { type HeldBy, heldBy, unlinkFacts } from './facts.ts'
import { forecastOf } from './forecast.ts'

/** What is read once for one answer. */
type Reading = { raw: DatabaseSync; eyes: Eyes; held: HeldBy; now: number; ask: AskReady }

/** At most so many, what stands under another before it and never without it; `more` counts the others. */
export function readyUnlinks(raw: DatabaseSync, kinds: Kinds, now: number, ask: AskReady): { links: ReadyLink[]; more: number } {
  const found = new Map<number, ReadyLink>()
  let more = 0
  const held = heldBy(raw)
  for (const connection of ask.connections) {
    const reading = { raw, eyes: eyesOf(raw, kinds, connection), held, now, ask }
    for (const record of candidates(raw, kinds, connection, ask)) {
      const family = familyOf(reading, record).filter((one) => !found.has(one.record))
      if (found.size + family.length <= ask.most) for (const one of family) found.set(one.record, one)
      else more += family.some((one) => one.record === record) ? 1 : 0
    }
  }
  return { links: [...found.values()], more }
}

/** A record that is ready, after all that is linked under it and ready too; none where anything stands in the way. */
function familyOf(reading: Reading, record: number): ReadyLink[] {
  const one = look(reading, record)
  if (one === null) return []
  if (one.forecast.kind === 'ready') return [one]
  const { after, children = [] } = one.forecast
  const under = children.flatMap(({ link }) => (link === null ? [] : (look(reading, Number(link)) ?? [])))
  const isReady = after?.kind === 'ready' && under.length === children.length && under.every(({ forecast }) => forecast.kind === 'ready')
  return isReady ? [...under, one] : []
}

/** A link with its forecast; null where it is not asked for, or not theirs to see. */
function look({ raw, eyes, held, now, ask }: Reading, record: number): ReadyLink | null {
  const looked = eyes.look(record)
  const item = looked?.item
  if (!item || !ask.types.includes(item.type)) return null
  if ((ask.project !== null && item.project !== ask.project) || !ask.sees(item.project)) return null
  const facts = unlinkFacts(raw, eyes, record, held)
  return facts && { record, type: item.type, id: item.id, key: looked.record.key, project: item.project, forecast: forecastOf(facts, now) }
}

/**
 * Links that may be ready: gone from the ERP; where it is asked for any that need not be gone first, which is every healthy company (vendor).
 * What is never said to be gone (forecast `not-told`) is not looked through: there may be a million.
 */
function candidates(raw: DatabaseSync, kinds: Kinds, connection: number, { types, freely }: AskReady): number[] {
  const of = raw.prepare(
    `select b.record from badges b join sources s on s.id = b.source
     where b.item_type = ? and s.connection = ? and s.entity = ? and (? or b.state = ?) order by b.key`,
  )
  const wanted = Object.values(kinds).filter((kind) => mayBeGone(kind) || kind.unlinks === 'freely')
  return wanted.flatMap(({ entity, itemTypes: mine, unlinks }) =>
    mine
      .filter((type) => types.includes(type))
      .flatMap((type) =>
        of.all(itemTypes.indexOf(type), connection, entity, freely && unlinks === 'freely' ? 1 : 0, positionOf('gone-from-erp')),
      )
      .map((row) => Number(row['record'])),
  )
}
