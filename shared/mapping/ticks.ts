/** What is ticked in a connection's mapping, as one document: which records, and of those which fields are not. Pure. */
import { mappables, neverRead } from './mappable.ts'

/**
 * `off`: fields that are not ticked; all others are, those too that a later Tieback learns to read. `order`: the figures of the panel, where they are
 * not to stand as they come.
 */
export type EntityTicks = { on: boolean; off: readonly string[]; order?: readonly string[] }

/** By id (mappable.ts). What is not named is as it is by default. */
export type Ticks = Readonly<Record<string, EntityTicks>>

/** Everything Tieback reads is ticked: so every connection starts, and stays until somebody saves another mapping. */
const byDefault: Ticks = Object.fromEntries(mappables.map(({ id, entity }) => [id, { on: entity !== null, off: neverRead(id) }]))

export const defaultTicks = (): Ticks => byDefault

export const ticksFor = (ticks: Ticks, id: string): EntityTicks => ticks[id] ?? byDefault[id] ?? { on: false, off: [] }

/** The one text of a mapping: the same ticks give the same bytes. */
export const ticksText = (ticks: Ticks): string =>
  JSON.stringify(
    Object.fromEntries(
      mappables.map(({ id }) => {
        const { on, off, order = [] } = ticksFor(ticks, id)
        return [id, { on, off: [...new Set(off)].toSorted(), ...(order.length > 0 ? { order } : {}) }]
      }),
    ),
  )

export const withEntity = (ticks: Ticks, id: string, on: boolean): Ticks => ({ ...ticks, [id]: { ...ticksFor(ticks, id), on } })

export function withField(ticks: Ticks, id: string, field: string, on: boolean): Ticks {
  const { off, ...rest } = ticksFor(ticks, id)
  const others = off.filter((one) => one !== field)
  return { ...ticks, [id]: { ...rest, off: on ? others : [...others, field] } }
}

/** What moved of one entity: itself (`on`, where that changed), its fields, and the order of its figures. */
export type TicksChange = { id: string; on?: boolean; ticked: readonly string[]; unticked: readonly string[]; ordered?: true }

/** Everything that is other in `after`, in the order of the tree; nothing where they are the same. */
export function ticksDiff(before: Ticks, after: Ticks): TicksChange[] {
  return mappables.flatMap(({ id }) => {
    const [was, is] = [ticksFor(before, id), ticksFor(after, id)]
    const ticked = was.off.filter((field) => !is.off.includes(field)).toSorted()
    const unticked = is.off.filter((field) => !was.off.includes(field)).toSorted()
    const moved = was.on !== is.on
    const ordered = (was.order ?? []).join() !== (is.order ?? []).join()
    return moved || ordered || ticked.length + unticked.length > 0
      ? [{ id, ...(moved ? { on: is.on } : {}), ticked, unticked, ...(ordered ? { ordered } : {}) }]
      : []
  })
}
