import type { LinkAnswer } from '../../shared/api/links.ts'
import type { StatusItem } from '../../shared/api/status.ts'
import { entityOfItem, type ItemRef, itemTypes } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { mayAct } from '../../shared/pairing.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Agent, Caller } from './agent.ts'
import type { Found } from './find-link.ts'
import { namedOf } from './named.ts'
import { createParentOf } from './parent.ts'
import { iso, isoOrNull, storedProblem } from './says.ts'
import type { Connection } from './served.ts'
import type { Status } from './status.ts'
import { createReason, createTroubles } from './troubles.ts'

/** What one popover shows of a link: both sides, trouble, forecast and its short history. */
export function createAnswer(agent: Agent, status: Status) {
  const { raw } = agent.reader
  const history = raw.prepare(`
    SELECT h.at, h.from_state, h.to_state, h.code, h.data ->> 'neverAgreed' AS never_agreed, h.data ->> 'override' AS override, p.name AS person FROM history h LEFT JOIN people p ON p.id = h.person
    WHERE h.record = ? ORDER BY h.id DESC LIMIT 50`)
  const stored = raw.prepare('SELECT content FROM items WHERE type = ? AND id = ? AND (connection = ?3 OR ?3 IS NULL) LIMIT 1')
  const contentOf = ({ type, id }: ItemRef, connection: number | undefined): Record<string, unknown> =>
    JSON.parse(String(stored.get(itemTypes.indexOf(type), id, connection ?? null)?.['content'] ?? '{}'))
  const parentOf = createParentOf(agent)
  const troubles = createTroubles(agent)
  const reasonOf = createReason(agent)
  const row = sourceRow(agent)
  const lastRun = raw.prepare(`
    SELECT id, coalesce(ended_at, started_at) AS at, state FROM runs
    WHERE connection = ? AND (entity = ? OR entity IS NULL) ORDER BY id DESC LIMIT 1`)

  return async ({ ref, record }: Found, item: StatusItem, caller: Caller): Promise<LinkAnswer> => {
    const connection = status.served.read().connections.find(({ id }) => String(id) === item.connection)
    const content = contentOf(ref, connection?.id)
    const reason = record === null ? null : reasonOf(record)
    const run = connection && lastRun.get(connection.id, entityOfItem[ref.type] ?? null)
    return {
      status: { ...item, actions: actionsOn(item, caller) },
      called: namedOf(content),
      parent: connection ? parentOf(connection.id, ref.type, content) : null,
      connection: connection ? spoken(connection) : null,
      figures: record === null ? [] : await agent.figures(record),
      row: record === null ? null : row(record),
      unlink: record === null ? null : await agent.forecast(record),
      undo: record === null ? null : agent.undo(record),
      watch: record === null ? null : agent.watchOn(record),
      owner: item.state === 'foreign' ? 'other' : (connection?.owner ?? 'none'),
      problems: troubles({ ref, record, connection: connection?.id ?? null, shut: caller.shut }).map(toOpen),
      reason: reason && toOpen(reason),
      lastRun: run ? { id: String(run['id']), at: iso(Number(run['at'])), state: String(run['state']) } : null,
      nextRun: connection ? isoOrNull(agent.nextRun(connection.id)) : null,
      history: record === null ? [] : history.all(record).map((move) => toMove(move)),
    }
  }
}

const spoken = ({ id, name, erp, erpCompany, owner }: Connection): LinkAnswer['connection'] => ({
  ...{ id: String(id), name, erp, erpCompany, owner },
})

const toOpen = (one: Parameters<typeof storedProblem>[0] & { cause: string }) => ({ ...storedProblem(one), cause: one.cause })

const stateName = (at: unknown): string => linkStates[Number(at)] ?? 'not-linked'

const toMove = (move: Record<string, unknown>): LinkAnswer['history'][number] => ({
  at: iso(Number(move['at'])),
  from: move['from_state'] === null ? null : stateName(move['from_state']),
  to: stateName(move['to_state']),
  ...(move['never_agreed'] ? { neverAgreed: true } : {}),
  ...(move['override'] ? { override: true } : {}),
  person: move['person'] === null ? null : String(move['person']),
  code: move['code'] === null ? null : String(move['code']),
})

/** The exact source line: the file that brought the present content, its line, and the mapped columns. */
function sourceRow({ reader: { raw }, fieldsOf }: Agent): (record: number) => LinkAnswer['row'] {
  const row = raw.prepare(`
    SELECT r.content, r.line, s.entity, f.name FROM records r JOIN sources s ON s.id = r.source
    JOIN takes t ON t.id = coalesce(r.changed, r.take) JOIN export_files f ON f.id = t.file WHERE r.id = ?`)
  return (record) => {
    const found = row.get(record)
    if (!found) return null
    const values = JSON.parse(String(found['content'])) as (string | null)[]
    const columns = fieldsOf(String(found['entity'])).map((name, at): [string, string | null] => [name, values[at] ?? null])
    return { file: String(found['name']), line: Number(found['line']), columns }
  }
}

function actionsOn(item: StatusItem, caller: Caller): NonNullable<StatusItem['actions']> {
  const why = refusalOf(item, caller)
  return [{ action: 'resync', allowed: why === null, ...(why ? { reason: storedProblem({ ...stored(why) }) } : {}) }]
}

const stored = ({ code, params }: Problem) => ({ code, params: JSON.stringify(params ?? {}), line: null, column_name: null })

function refusalOf(item: StatusItem, caller: Caller): Problem | null {
  if (!mayAct(caller.role, 'accountant')) return problem('role-missing', { role: 'accountant' })
  return item.link === null ? problem('not-linked') : null
}
