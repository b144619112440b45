/** Everything that can be ticked for one connection, with what each does here: read from which export, sent, compared, or nothing. Pure. */
import type { MappedEntity, MappedField } from '../../shared/api/mappings.ts'
import type { Entity } from '../../shared/item.ts'
import { type Mappable, mappables, neverRead } from '../../shared/mapping/mappable.ts'
import type { Ticks } from '../../shared/mapping/ticks.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Mapping } from '../formats/format.ts'
import { formats } from '../formats/index.ts'
import { records } from '../formats/records/index.ts'
import { kinds } from '../items/index.ts'
import { neededFields } from './needed.ts'
import { figuresOf, usesOf } from './uses.ts'

export type TreeFacts = {
  /** Files whose columns are named in this connection. */
  mappings: readonly Mapping[]
  /** Fields the export last taken of an entity had; null where none was taken. */
  columnsOf: (entity: Entity) => ReadonlySet<string> | null
}

export const mappingTree = (facts: TreeFacts): MappedEntity[] => mappables.map((one) => mapped(one, facts))

function mapped({ id, entity, hh2, unread }: Mappable, facts: TreeFacts): MappedEntity {
  const never = unread.map(({ field, hh2: name }): MappedField => ({ field, hh2: name, locked: 'unread', uses: [], inExport: null }))
  if (entity === null) return { id, entity, hh2, reader: 'no-place', exports: [], does: 'nothing', fields: never, figures: [] }
  const own = facts.mappings.filter((one) => one.entity === entity)
  const known = formats.filter((one) => one.entity === entity)
  const needed = neededFields(entity)
  const columns = facts.columnsOf(entity)
  const read = records[entity].fields.map(
    ({ field }): MappedField => ({
      ...{ field, hh2: null, locked: needed.includes(field) ? 'needed' : null },
      ...{ uses: usesOf(entity, field), inExport: columns?.has(field) ?? null },
    }),
  )
  return {
    ...{ id, entity, hh2, reader: own.length > 0 ? 'own-file' : known.length > 0 ? 'known' : 'none' },
    exports: [...own.map(({ columns: named }) => Object.values(named).join(', ')), ...known.map(({ title }) => title)],
    does: doesOf(entity),
    fields: [...read, ...never],
    figures: figuresOf(entity),
  }
}

function doesOf(entity: Entity): string {
  const { itemTypes, delivery, partOf } = kinds[entity]
  if (itemTypes.length === 0) return partOf ? 'carries' : 'nothing'
  return delivery === 'match' ? 'compares' : 'sends'
}

/** The first thing that cannot be ticked as it is said, or left out. */
export function faultOf(ticks: Ticks): Problem | null {
  for (const [id, { off, order = [] }] of Object.entries(ticks)) {
    const known = mappables.find((one) => one.id === id)
    if (!known) return problem('mapping-unknown', { name: id })
    const fields = known.entity === null ? [] : records[known.entity].fields.map(({ field }) => field)
    const strange = off.find((field) => !fields.includes(field) && !neverRead(id).includes(field))
    if (strange !== undefined) return problem('mapping-unknown', { name: strange })
    const figures = known.entity === null ? [] : figuresOf(known.entity)
    const misplaced = order.find((field, at) => !figures.includes(field) || order.indexOf(field) !== at)
    if (misplaced !== undefined) return problem('mapping-unknown', { name: misplaced })
    const locked = [
      ...neverRead(id).filter((field) => !off.includes(field)),
      ...(known.entity === null ? [] : neededFields(known.entity)).filter((field) => off.includes(field)),
    ]
    if (locked[0] !== undefined) return problem('mapping-locked', { field: locked[0], name: known.hh2 ?? id })
  }
  return null
}
