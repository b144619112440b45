import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'

/** A project is read once a job of this connection is linked to it. */
export const linkedProjects = (raw: DatabaseSync, connection: number): string[] =>
  raw
    .prepare(
      `select distinct l.item_id as id from links l join records r on r.id = l.record join sources s on s.id = r.source
       where s.connection = ? and s.entity = 'jobs' and l.item_type = ? and l.item_id is not null order by 1`,
    )
    .all(connection, itemTypes.indexOf('project'))
    .map((row) => String(row['id']))
