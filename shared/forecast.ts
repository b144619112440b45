/** What an unlink would come to, said before the click. The wire carries code and parameters; words are the reader's. */
import * as z from 'zod/mini'

export const forecastKinds = ['ready', 'refused', 'unknown', 'left-with-job', 'not-ours', 'done'] as const
export type ForecastKind = (typeof forecastKinds)[number]

/** Every forecast there is, and of which kind it is. Append, never rename: words and stored acts name them. */
export const forecasts = {
  gone: 'ready',
  'no-check': 'ready',
  'still-there': 'refused',
  'still-there-reverse': 'refused',
  'compare-only': 'refused',
  'writing-off': 'refused',
  'under-way': 'refused',
  'not-in-procore': 'refused',
  'never-exported': 'unknown',
  'absent-once': 'unknown',
  'not-complete': 'unknown',
  'never-complete': 'unknown',
  'not-told': 'unknown',
  'with-job': 'left-with-job',
  foreign: 'not-ours',
  'procore-gone': 'not-ours',
  'procore-wait': 'not-ours',
  'procore-there': 'not-ours',
  'procore-unknown': 'not-ours',
  'procore-never-exported': 'not-ours',
  'children-linked': 'refused',
  unlinked: 'done',
} as const satisfies Record<string, ForecastKind>

export type ForecastCode = keyof typeof forecasts

/**
 * How an unlink that was asked for stands. `changed`: other facts hold than those the person saw. `refused`: the same, and they do not allow
 * it, or Procore keeps the link.
 */
export type UnlinkOutcome = 'asked' | 'under-way' | 'unlinked' | 'changed' | 'refused'

/** Parameters that are moments (ISO), for the reader's own way of writing them. */
export const forecastTimes = ['since', 'asOf', 'until', 'complete'] as const

export const ForecastShape = z.object({
  /** Names exactly these facts: an unlink sends it back, and is not done once they have moved. */
  id: z.string(),
  kind: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.string()),
  /** A reason has to be given; absent where none is asked for. */
  reason: z.optional(z.boolean()),
  /** The export it rests on; null where it rests on none. */
  rests: z.nullable(z.object({ file: z.string(), asOf: z.iso.datetime() })),
})
export type ForecastShape = z.infer<typeof ForecastShape>
