/** The right to unlink as it stands in the ledger now; asked in the transaction of every act that takes a link off. */
import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { approverOf, connectionsShut, membershipOf, personOf } from '../ledger/rights.ts'
import { sourceById } from '../ledger/sources.ts'
import type { By } from '../ledger/writing.ts'
import { type May, mayUnlink, type RightFacts } from './may.ts'

/** Where an act takes place; `project` is null for what belongs to the company. */
type Place = { connection: number; project: string | null }

export function rightFacts(raw: DatabaseSync, person: number | null, { connection, project }: Place): RightFacts {
  const who = person ?? 0
  return {
    ...{
      person: personOf(raw, who),
      shut: connectionsShut(raw, who).get(connection) ?? null,
      project,
      approver: approverOf(raw, who, connection),
    },
    membership: project === null ? { listed: null, asOf: null } : membershipOf(raw, who, connection, project),
  }
}

/** Where an item lies; `type` is its position in itemTypes. A project lies in itself. */
export function placeOfItem(raw: DatabaseSync, connection: number, type: number, id: string): Place {
  const item = raw.prepare('select project from items where connection = ? and type = ? and id = ?').get(connection, type, id)
  const own = type === itemTypes.indexOf('project') ? id : null
  return { connection, project: own ?? (item?.['project'] as string | null | undefined) ?? null }
}

/** Where the item of a record lies; null while nothing in Procore is tied to it. */
function placeOf(raw: DatabaseSync, record: number): Place | null {
  const row = raw.prepare('select source, item_type, item_id from records r join links l on l.record = r.id where r.id = ?').get(record)
  if (!row || row['item_id'] === null) return null
  return placeOfItem(raw, sourceById(raw, Number(row['source'])).connection, Number(row['item_type']), String(row['item_id']))
}

/** What is missing of a person's right to take this record's link off (or to what else `rule` allows), and where; null where nothing is. */
export function missingRight(
  raw: DatabaseSync,
  record: number,
  person: number | null,
  rule: (facts: RightFacts) => May = mayUnlink,
): { missing: Problem; place: Place } | null {
  // The agent asks in nobody's name only for itself: every caller is a person.
  const place = person === null ? null : placeOf(raw, record)
  if (place === null) return null // nothing is tied: there is nothing to take off
  const may = rule(rightFacts(raw, person, place))
  return may.allowed ? null : { missing: may.missing, place }
}

/** The same; a refusal is written down here, with what was missing. */
export function refusedUnlink(tx: WriterTx, record: number, by: By, act = 'unlink'): Problem | null {
  const found = missingRight(tx.raw, record, by.person)
  if (found === null) return null
  const { missing } = found
  tx.audit({ ...by, act: `${act}-refused`, subject: `link:${record}`, after: { missing: missing.code, ...missing.params } })
  return missing
}
