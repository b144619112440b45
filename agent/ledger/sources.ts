import type { DatabaseSync } from 'node:sqlite'
import type { Entity } from '../../shared/item.ts'
import type { ConnectionRow, SourceRow } from './schema/tables/exports.ts'

/** A stored row once its id is known. */
export type Source = Omit<SourceRow, 'id'> & { id: number; entity: Entity }
export type Connection = Omit<ConnectionRow, 'id'> & { id: number }

export function connectionOf(raw: DatabaseSync, id: number): Connection {
  const row = raw.prepare('select * from connections where id = ?').get(id)
  if (!row) throw new Error(`There is no connection ${id}.`)
  return row as unknown as Connection
}

export const sourceById = (raw: DatabaseSync, id: number): Source =>
  raw.prepare('select * from sources where id = ?').get(id) as unknown as Source

export const sourcesOf = (raw: DatabaseSync, connection: number): Source[] =>
  raw.prepare('select * from sources where connection = ? order by id').all(connection) as unknown as Source[]

const findSource = (raw: DatabaseSync, connection: number, entity: Entity): Source | null =>
  (raw.prepare('select * from sources where connection = ? and entity = ?').get(connection, entity) as unknown as Source | undefined) ??
  null

/** The source of an entity; made on first need, watching only. */
export function sourceOf(raw: DatabaseSync, connection: number, entity: Entity): Source {
  const found = findSource(raw, connection, entity)
  if (found) return found
  raw.prepare('insert into sources (connection, entity, writing, creating, always_complete) values (?, ?, 0, 0, 0)').run(connection, entity)
  return sourceOf(raw, connection, entity)
}
