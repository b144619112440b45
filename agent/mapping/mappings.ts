/** A connection's mapping as people see and change it: the tree with its ticks, the versions, saving, and going back. */

import type { MappingVersion } from '../../shared/api/mappings.ts'
import type { AnswerOf } from '../../shared/api.ts'
import { type Entity, entities } from '../../shared/item.ts'
import { ticksText } from '../../shared/mapping/ticks.ts'
import { problem } from '../../shared/problem.ts'
import { type ReadSettings, readSettingsOf } from '../formats/format.ts'
import type { MappingBack, MappingSaved, SaveMapping } from '../ledger/mappings.ts'
import type { Reader } from '../ledger/reader.ts'
import { mappingAt, newestMapping, ticksIn } from '../ledger/ticks.ts'
import type { Mappings, Outcome } from '../server/agent.ts'
import { faultOf, mappingTree } from './tree.ts'

const versionsAtMost = 100

export type MappingParts = {
  reader: Reader
  /** The ledger's commands of the same names. */
  save: (input: SaveMapping) => Promise<MappingSaved>
  back: (input: MappingBack) => Promise<MappingSaved>
}

export function createMappings({ reader: { raw }, save, back }: MappingParts): Mappings {
  const settings = raw.prepare('select settings from connections where id = ?')
  const versions = raw.prepare(
    `select m.version, m.saved_at, m.back, coalesce(p.name, p.email) as person from mappings m left join people p on p.id = m.person
     where m.connection = ? order by m.version desc limit ?`,
  )
  const heads = raw.prepare(
    `select s.entity, h.columns from fingerprint_heads h join sources s on s.id = h.source where s.connection = ? and h.columns is not null`,
  )

  /** Several files may hold one kind of record: what any of them had, it has. */
  function columnsIn(connection: number): Map<Entity, Set<string>> {
    const found = new Map<Entity, Set<string>>()
    for (const { entity, columns } of heads.all(connection)) {
      const known = entities.find((one) => one === entity)
      if (known) found.set(known, new Set([...(found.get(known) ?? []), ...Object.keys(JSON.parse(String(columns)) as object)]))
    }
    return found
  }

  const isThere = (connection: number): boolean => settings.get(connection) !== undefined

  return {
    of(connection) {
      const row = settings.get(connection)
      if (!row) return null
      const { mappings } = readSettingsOf((JSON.parse(String(row['settings'])) as { reading?: Partial<ReadSettings> }).reading)
      const columns = columnsIn(connection)
      const newest = newestMapping(raw, connection)
      return {
        ...{ version: newest.version, ticks: toWire(newest.content) },
        entities: mappingTree({ mappings, columnsOf: (entity) => columns.get(entity) ?? null }),
        versions: versions.all(connection, versionsAtMost).map(versionSaid),
      }
    },

    version(connection, version) {
      const found = isThere(connection) ? mappingAt(raw, connection, version) : null
      return found && { version, ticks: toWire(found.content) }
    },

    async save(connection, { basedOn, ticks }, by) {
      const fault = faultOf(ticks)
      if (fault) return { refused: fault }
      return outcomeOf(await save({ connection, basedOn, content: ticksText(ticks), by }))
    },

    back: async (connection, { basedOn, to }, by) => outcomeOf(await back({ connection, basedOn, to, by })),
  }
}

/** Ticks as the wire has them. */
const toWire = (content: string): AnswerOf<'mappings'>['ticks'] =>
  Object.fromEntries(
    Object.entries(ticksIn({ version: 0, content })).map(([id, { on, off, order }]) => [
      id,
      { on, off: [...off], ...(order ? { order: [...order] } : {}) },
    ]),
  )

const versionSaid = (row: Record<string, unknown>): MappingVersion => ({
  ...{ version: Number(row['version']), at: new Date(Number(row['saved_at'])).toISOString() },
  ...{ person: row['person'] as string | null, back: row['back'] as number | null },
})

function outcomeOf(saved: MappingSaved): Outcome<{ version: number }> | null {
  if (saved === null) return null
  return 'moved' in saved ? { refused: problem('mapping-moved', { version: saved.moved }) } : { ok: saved }
}
