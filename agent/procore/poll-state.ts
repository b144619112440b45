/** How far each list has been read, out of the ledger; and which projects are read at all. */
import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'
import type { ProcoreList } from './list.ts'
import type { Polled } from './poll-plan.ts'

export type PollState = { polled: Polled[]; anyProject: string | null }

/** A project is read once a job of this connection is linked to it. */
const linkedProjects = `select distinct l.item_id as id from links l join records r on r.id = l.record join sources s on s.id = r.source
  where s.connection = ? and s.entity = 'jobs' and l.item_type = ? and l.item_id is not null order by 1`

/** Everything that may be read for a connection, by the read-only view of the ledger. */
export function pollState(raw: DatabaseSync, connection: number, lists: readonly ProcoreList[]): PollState {
  const project = itemTypes.indexOf('project')
  const projects = raw
    .prepare(linkedProjects)
    .all(connection, project)
    .map((row) => String(row['id']))
  const rows = new Map(
    raw
      .prepare('select * from polls where connection = ?')
      .all(connection)
      .map((row) => [`${row['list']} ${row['project']}`, row]),
  )
  const known = raw
    .prepare('select id from items where connection = ? and type = ? and deleted_at is null limit 1')
    .get(connection, project)
  const polled = lists.flatMap((list) =>
    (list.scope === 'company' ? [null] : projects).map((place): Polled => {
      const row = rows.get(`${list.id} ${place ?? ''}`)
      return {
        ...{ connection, list: list.id, project: place, updatedFilter: list.updatedFilter, seenAt: null, notBefore: 0 },
        ...{ readAt: number(row?.['read_at']), fullAt: number(row?.['full_at']), touchedAt: number(row?.['touched_at']) },
        readTo: typeof row?.['read_to'] === 'string' ? row['read_to'] : null,
      }
    }),
  )
  return { polled, anyProject: projects[0] ?? (known ? String(known['id']) : null) }
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
