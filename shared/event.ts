import * as z from 'zod/mini'

/** What happened, numbered without gaps per agent, so that a reader that slept asks for everything since the last number it saw. */
const eventKinds = [
  'file-seen',
  'file-taken',
  'file-refused',
  'run-started',
  'run-progress',
  'run-ended',
  'link-changed',
  'problem-opened',
  'problem-closed',
  'connection-changed',
  'schedule-changed',
  'people-changed',
  'agent-started',
  'unlinks-moved',
  'watch-fired',
  'watch-expired',
  'watch-cancelled',
  'plan-moved',
  'settings-changed',
] as const

export const Event = z.object({
  /** Number, rising by one; 0 is before the first. */
  n: z.number(),
  at: z.iso.datetime(),
  kind: z.string(),
  connection: z.optional(z.string()),
  project: z.optional(z.string()),
  run: z.optional(z.string()),
  /** Person whose act this is about, if any: decides whose screen shows a toast. */
  person: z.optional(z.string()),
  /** Items that changed; at most 500, more are said by `more`. */
  items: z.optional(z.array(z.object({ type: z.string(), id: z.string() }))),
  more: z.optional(z.number()),
  /** Numbers and codes by name: rows, total, bytes, etaMs, updated, failed, code … */
  data: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
})
export type Event = z.infer<typeof Event>
export type EventKind = (typeof eventKinds)[number]
