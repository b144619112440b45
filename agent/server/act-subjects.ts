/** What an act is about: what it is called now, and who may know of it. */

import type { ActShape } from '../../shared/api/audit.ts'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import { nameOf } from '../ledger/look.ts'
import { itemOf } from '../ledger/rows.ts'
import type { Agent, Caller } from './agent.ts'
import { Refusal } from './refusal.ts'
import { createSides, seesPlace } from './sides.ts'

type About = ActShape['about']
type Place = string | null | undefined

/** Of no record: they concern the agent as a whole, whichever projects an admin sees. */
const ofEveryone: readonly string[] = [
  'person',
  'key',
  'ask',
  'group',
  'connection',
  'hand-over',
  'source',
  'file',
  'ledger',
  'plan',
  'settings',
]

export function createActSubjects(agent: Pick<Agent, 'reader' | 'places'>) {
  const { raw } = agent.reader
  const sideOf = createSides(agent)
  const record = raw.prepare('SELECT r.key, s.entity FROM records r JOIN sources s ON s.id = r.source WHERE r.id = ?')
  const link = raw.prepare(
    'SELECT l.item_type AS type, l.item_id AS item, s.connection FROM records r JOIN sources s ON s.id = r.source LEFT JOIN links l ON l.record = r.id WHERE r.id = ?',
  )
  const placeAt = raw.prepare('SELECT project FROM items WHERE connection = ? AND type = ? AND id = ?')
  const items = raw.prepare('SELECT * FROM items WHERE type = ? AND id = ? ORDER BY connection')
  const batch = raw.prepare('SELECT record FROM unlink_entries WHERE batch = ?')
  const named: Record<string, string> = {
    person: 'SELECT name FROM people WHERE id = ?',
    key: "SELECT label AS name FROM keys WHERE id = ? AND origin <> 'cli'",
    ask: 'SELECT label AS name FROM asks WHERE id = ?',
    group: 'SELECT name FROM people_groups WHERE id = ?',
    connection: 'SELECT name FROM connections WHERE id = ?',
    'hand-over': 'SELECT name FROM hand_overs WHERE id = ?',
    file: 'SELECT name FROM export_files WHERE id = ?',
  }
  const names = new Map(Object.entries(named).map(([kind, sql]) => [kind, raw.prepare(sql)]))
  const entityOf = raw.prepare('SELECT s.entity, c.name FROM sources s JOIN connections c ON c.id = s.connection WHERE s.id = ?')

  /** What it is called, for whoever reads it; what nobody knows any more has no name. */
  function about(subject: string): About {
    const { kind, id } = partsOf(subject)
    if (kind === 'link') {
      const row = record.get(Number(id))
      return row ? { of: 'entity', kind: String(row['entity']), name: String(row['key']) } : { of: 'about', kind, name: null }
    }
    if (kind === 'item') {
      const [type, item] = itemIn(id)
      const row = items.get(itemTypes.indexOf(type), item)
      return { of: 'item', kind: type, name: row ? nameOf(itemOf(row)) : item }
    }
    if (kind === 'source') {
      const row = entityOf.get(Number(id))
      return row ? { of: 'entity', kind: String(row['entity']), name: String(row['name']) } : { of: 'about', kind, name: null }
    }
    const find = names.get(kind)
    return { of: 'about', kind, name: find ? textOr(find.get(Number(id))?.['name']) : kind === 'ledger' ? null : id }
  }

  /** Whether this person may know of an act on a subject. Make one per answer: it remembers what it was told of projects. */
  function seenBy(caller: Caller): (subject: string) => boolean {
    if (caller.scope === null) return () => true
    const places = agent.places()
    const sees = seesPlace(caller)
    const placeOf = (of: number): Place => {
      const row = link.get(of)
      if (!row) return undefined
      return row['item'] === null ? places(of) : placeIn(placeAt.get(Number(row['connection']), Number(row['type']), String(row['item'])))
    }
    return (subject) => {
      const { kind, id } = partsOf(subject)
      if (kind === 'link') return sees(placeOf(Number(id)))
      if (kind === 'item') return all(items.all(itemTypes.indexOf(itemIn(id)[0]), itemIn(id)[1]), (row) => sees(placeIn(row)))
      if (kind === 'unlinks') return all(batch.all(Number(id)), (row) => row['record'] !== null && sees(placeOf(Number(row['record']))))
      return kind === 'call' ? seesCall(id, caller) : ofEveryone.includes(kind)
    }
  }

  /** A call that was refused stands by its path, which may name a link, an item or many unlinks. */
  function seesCall(path: string, caller: Caller): boolean {
    const [, noun, id] = /^\/(links|unlinks)\/([^/]+)/.exec(path) ?? []
    if (noun === undefined || id === undefined) return true
    if (noun === 'unlinks') return seenBy(caller)(`unlinks:${id}`)
    try {
      sideOf(decodeURIComponent(id), caller)
      return true
    } catch (error) {
      if (error instanceof Refusal || error instanceof URIError) return false
      throw error
    }
  }

  return { about, seenBy }
}

/** `link:17` → link, 17; a call refused for want of a right is stored by its path. */
function partsOf(subject: string): { kind: string; id: string } {
  if (subject.startsWith('/')) return { kind: 'call', id: subject }
  const at = subject.indexOf(':')
  return at < 0 ? { kind: subject, id: '' } : { kind: subject.slice(0, at), id: subject.slice(at + 1) }
}

function itemIn(id: string): [type: ItemType, item: string] {
  const at = id.indexOf(':')
  return [id.slice(0, at) as ItemType, id.slice(at + 1)]
}

type Row = Record<string, unknown>
const placeIn = (row: Row | undefined): Place => (row ? (row['project'] as string | null) : undefined)
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)
/** Of nothing nobody may know. */
const all = (rows: Row[], is: (row: Row) => boolean): boolean => rows.length > 0 && rows.every(is)
