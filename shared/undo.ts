/** Taking an unlink back: how long that is possible, and why not. The wire carries codes; words are the reader's (`undo.refused.<code>`). */
import * as z from 'zod/mini'

/** Why an undo is refused before anything is asked of Procore. Append, never rename: words and stored acts name them. */
export type UndoRefusal = 'nothing' | 'expired' | 'deleted' | 'claimed' | 'writing-off' | 'not-ours' | 'under-way'

/** How an undo that was asked for stands. `refused`: nothing was asked of Procore (then `why` says so), or the link is off as it was before. */
export type RelinkOutcome = 'relinked' | 'under-way' | 'refused'

export const UndoShape = z.object({
  /** Until when the unlink can be taken back. */
  until: z.iso.datetime(),
  unlinkedAt: z.iso.datetime(),
  /** Who unlinked it; null for the agent itself. */
  person: z.nullable(z.string()),
  /** What stands in the way now (UndoRefusal); null where nothing does. */
  refused: z.nullable(z.string()),
  /** It was asked for, and Procore has not confirmed it yet. */
  underWay: z.boolean(),
})
export type UndoShape = z.infer<typeof UndoShape>

const CarriedShape = z.object({
  id: z.string(),
  originId: z.nullable(z.string()),
  originCode: z.nullable(z.string()),
  originData: z.nullable(z.string()),
})

const KeptShape = z.object({
  ...{ type: z.string(), id: z.string(), project: z.nullable(z.string()) },
  ...{ originId: z.nullable(z.string()), originCode: z.nullable(z.string()), originData: z.optional(z.string()) },
  updatedAt: z.nullable(z.string()),
  content: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** A record as it was before its newest unlink: who carried the link, and all that Procore gave of it. */
export const SnapshotShape = z.object({
  item: z.object({ type: z.string(), id: z.string(), project: z.nullable(z.string()) }),
  unlinkedAt: z.iso.datetime(),
  person: z.nullable(z.string()),
  /** The forecast it was done on, and the reason that was given. */
  forecast: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  undoUntil: z.iso.datetime(),
  /** When it was taken back; null while it was not. */
  relinkedAt: z.nullable(z.iso.datetime()),
  carried: z.object({ header: CarriedShape, lines: z.array(CarriedShape) }),
  /** Without tax numbers, which are not kept. */
  header: KeptShape,
  lines: z.array(KeptShape),
})
export type SnapshotShape = z.infer<typeof SnapshotShape>
