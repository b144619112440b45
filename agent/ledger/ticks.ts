import type { DatabaseSync } from 'node:sqlite'
import { defaultTicks, type Ticks, ticksText } from '../../shared/mapping/ticks.ts'

/** One version of a connection's mapping; version 0 is how every connection starts, and never stored. */
export type Version = { version: number; content: string }

const first = (): Version => ({ version: 0, content: ticksText(defaultTicks()) })

/** The version that counts; null where none was ever saved. */
export const savedMapping = (raw: DatabaseSync, connection: number): Version | null =>
  (raw.prepare('select version, content from mappings where connection = ? order by version desc limit 1').get(connection) as
    | Version
    | undefined) ?? null

export const newestMapping = (raw: DatabaseSync, connection: number): Version => savedMapping(raw, connection) ?? first()

/** Null where there is no such version. */
export function mappingAt(raw: DatabaseSync, connection: number, version: number): Version | null {
  if (version === 0) return first()
  const row = raw.prepare('select version, content from mappings where connection = ? and version = ?').get(connection, version)
  return (row as Version | undefined) ?? null
}

export const ticksIn = ({ content }: Version): Ticks => JSON.parse(content) as Ticks
