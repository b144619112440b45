/** Columns of files that are no known export, per connection: proposed from a sample, kept once a person confirmed them. */
import type { DatabaseSync } from 'node:sqlite'
import type { ProposedColumns } from '../../shared/api/columns.ts'
import type { BodyOf } from '../../shared/api.ts'
import type { Problem } from '../../shared/problem.ts'
import { problem } from '../../shared/problem.ts'
import { type ReadSettings, readSettingsOf } from '../formats/format.ts'
import { chooseFormat, knownNames } from '../formats/identify.ts'
import { formats } from '../formats/index.ts'
import { layoutOfBytes } from '../formats/layout.ts'
import { keyFields } from '../formats/mapping.ts'
import { records } from '../formats/records/index.ts'
import type { SetSettings } from '../ledger/connections.ts'
import type { Columns, Outcome } from '../server/agent.ts'
import { propose } from './propose.ts'
import { openIn, readingChanges } from './reading-changes.ts'
import { sampleLayout } from './sample-layout.ts'

type Stored = Record<string, unknown> & { reading?: Partial<ReadSettings> }

export type ColumnParts = { raw: DatabaseSync; setSettings: (input: SetSettings) => Promise<void> }

export function createColumns({ raw, setSettings }: ColumnParts): Columns {
  const find = raw.prepare('select settings from connections where id = ?')
  const settingsOf = (connection: number): Stored | null => {
    const row = find.get(connection)
    return row ? (JSON.parse(String(row['settings'])) as Stored) : null
  }

  return {
    propose(connection, ask) {
      const settings = settingsOf(connection)
      return settings && proposed(ask, readSettingsOf(settings.reading))
    },

    async keep(connection, ask, by) {
      const settings = settingsOf(connection)
      if (!settings) return null
      const fault = faultOf(ask)
      if (fault) return { refused: fault }
      await setSettings({ connection, settings: withColumns(settings, ask), by })
      return { ok: { entity: ask.entity } }
    },
  }
}

function proposed({ file, sample, entity }: BodyOf<'proposeColumns'>, settings: ReadSettings): Outcome<ProposedColumns> {
  const bytes = Buffer.from(sample, 'base64')
  const layout = sampleLayout((delimiter) => layoutOfBytes(bytes, false, file, { ...settings, delimiter }, knownNames(formats)))
  if ('code' in layout) return { refused: layout }
  const { header, rows, delimiter, tried } = layout
  if (header === null) return { refused: problem('file-unknown', { file, suggestion: 'no-header' }) }
  const found = chooseFormat({ name: file, delimiter, header, rows, mappings: [] }, formats)
  const { readings, others, columns, lacking: _lacking, unused: _unused, ...best } = propose({ header, rows }, settings, { entity })
  const open = openIn(readings)
  const needed = keyFields(records[best.entity])
  return {
    ok: {
      ...best,
      known: 'format' in found ? found.format.title : null,
      others: others.map((other) => other.entity),
      header: header.filter((one) => one.trim() !== ''),
      fields: records[best.entity].fields.map(({ field }) => ({ field, needed: needed.includes(field) })),
      columns: columns.map((column) => ({ ...column, because: [...column.because] })),
      reading: plain(readingChanges(readings, tried, settings)),
      open: { date: open.date ? [...readings.date] : [], decimal: open.decimal ? [...readings.decimal] : [] },
    },
  }
}

/** Lists of a reading as the wire has them. */
const plain = ({ date, decimal, thousands, minus, delimiter }: Partial<ReadSettings>): ProposedColumns['reading'] => ({
  ...(date && { date }),
  ...(decimal && { decimal }),
  ...(thousands && { thousands: [...thousands] }),
  ...(minus && { minus: [...minus] }),
  ...(delimiter && { delimiter }),
})

function faultOf({ entity, columns }: BodyOf<'saveColumns'>): Problem | null {
  const record = records[entity]
  const strange = Object.keys(columns).find((field) => !record.fields.some((one) => one.field === field))
  if (strange !== undefined) return problem('mapping-unknown', { name: strange })
  const [lacking] = record.keyParts ? [] : keyFields(record).filter((field) => !(field in columns))
  return lacking === undefined ? null : problem('column-lacking', { field: lacking, entity })
}

/** One mapping per entity: a new one takes the place of the old. What is not said of the reading stays. */
function withColumns({ reading: had, ...settings }: Stored, { entity, columns, reading }: BodyOf<'saveColumns'>): Stored {
  const others = readSettingsOf(had).mappings.filter((one) => one.entity !== entity)
  const { mapping: _first, ...rest } = (had ?? {}) as Record<string, unknown>
  return { ...settings, reading: { ...rest, ...reading, mappings: [...others, { entity, columns }] } as Partial<ReadSettings> }
}
