import type { ProblemShape } from '../../shared/api/problems.ts'
import type { UnlinkBatchAnswer, UnlinkEntryShape } from '../../shared/api/unlinks.ts'
import { type ForecastShape, unlinkStates } from '../../shared/forecast.ts'
import { itemTypes } from '../../shared/item.ts'
import type { Agent, Caller } from './agent.ts'
import { maySee } from './guard.ts'
import { createParentOf } from './parent.ts'
import { iso, isoOrNull, storedProblem } from './says.ts'

type Row = Record<string, unknown>

/** How far a batch of unlinks is, as its reader may know; null where there is none. */
export function createTellBatch({ reader }: Pick<Agent, 'reader'>): (batch: number, caller: Caller) => UnlinkBatchAnswer | null {
  const { raw } = reader
  const parentOf = createParentOf({ reader })
  const find = raw.prepare('SELECT * FROM unlink_batches WHERE id = ?')
  const entriesOf = raw.prepare(`
    SELECT e.link, e.state, e.problem, e.told, r.key, l.item_type, l.item_id, i.project, i.content, s.connection FROM unlink_entries e
    LEFT JOIN records r ON r.id = e.record LEFT JOIN links l ON l.record = e.record LEFT JOIN sources s ON s.id = r.source
    LEFT JOIN items i ON i.connection = s.connection AND i.type = l.item_type AND i.id = l.item_id
    WHERE e.batch = ? ORDER BY e.place`)
  return (batch, caller) => {
    const row = find.get(batch)
    if (!row) return null
    const entries = entriesOf.all(batch).map((entry) => {
      const told = toEntry(entry, parentOf)
      const isOpen = entry['connection'] === null || !caller.shut.has(Number(entry['connection']))
      return isOpen && maySee(caller, told.project) ? told : { ...told, ...untold }
    })
    return {
      ...{ id: String(batch), askedAt: iso(Number(row['asked_at'])), endedAt: isoOrNull(row['ended_at'] as number | null) },
      ...{ person: text(row['person']), reason: text(row['reason']) },
      counts: Object.fromEntries(unlinkStates.map((state) => [state, entries.filter((one) => one.state === state).length])),
      entries,
    }
  }
}

/** It names items of every project and connection it was asked for: it is the asker's, and theirs who see all. */
export const isTheirs = ({ person }: UnlinkBatchAnswer, caller: Caller): boolean =>
  (caller.scope === null && caller.shut.size === 0) || person === String(caller.person)

function toEntry(row: Row, parentOf: ReturnType<typeof createParentOf>): UnlinkEntryShape {
  const type = row['item_type'] === null ? null : (itemTypes[Number(row['item_type'])] ?? null)
  const content = text(row['content'])
  return {
    ...{ link: String(row['link']), type, id: text(row['item_id']), project: text(row['project']), key: text(row['key']) },
    parent: type === null || content === null ? null : parentOf(Number(row['connection']), type, JSON.parse(content)),
    state: unlinkStates[Number(row['state'])] ?? 'waiting',
    problem: problemOf(text(row['problem'])),
    forecast: row['told'] === null ? null : (JSON.parse(String(row['told'])) as ForecastShape),
  }
}

/** Of an item that is not theirs to see nothing is told but how it was named, and what is missing. */
const untold = { type: null, id: null, project: null, key: null, parent: null, forecast: null } satisfies Partial<UnlinkEntryShape>

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

function problemOf(stored: string | null): ProblemShape | null {
  if (stored === null) return null
  const { code, params = {} } = JSON.parse(stored) as { code: string; params?: Record<string, string | number> }
  return storedProblem({ code, params: JSON.stringify(params), line: null, column_name: null })
}
