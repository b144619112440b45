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
  'not-said': 'unknown',
  'with-job': 'left-with-job',
  foreign: 'not-ours',
  'procore-gone': 'not-ours',
  'procore-wait': 'not-ours',
  'procore-there': 'not-ours',
  'procore-unknown': 'not-ours',
  'procore-never-exported': 'not-ours',
  'children-linked': 'refused',
  unlinked: 'done',
  'still-there-part': 'refused',
  'in-other-file': 'unknown',
  'procore-free': 'not-ours',
} as const satisfies Record<string, ForecastKind>

export type ForecastCode = keyof typeof forecasts

/** The newest export holds it: to be deleted or reversed; `part`: of a kind whose exports never tell what is gone, so that deleting does not make it ready. */
export const isStillThere = (code: string): boolean => ['still-there', 'still-there-reverse', 'still-there-part'].includes(code)

/**
 * What an admin may override with a typed reason: the ERP still has the record, or nobody knows. Never what is another system's, on its way,
 * held by records under it, or not linked in Procore at all.
 */
export const isOverridable = (code: string): boolean => isStillThere(code) || forecasts[code as ForecastCode] === 'unknown'

/** So much a reason must say at least before an unlink goes against its forecast. */
export const overrideReasonLength = 10

/**
 * How an unlink that was asked for stands. `changed`: other facts hold than those the person saw. `refused`: the same, and they do not allow
 * it, or Procore keeps the link.
 */
export type UnlinkOutcome = 'asked' | 'under-way' | 'unlinked' | 'changed' | 'refused'

/** How one entry of a batch of unlinks stands. Append, never change: stored by position. */
export const unlinkStates = ['waiting', 'under-way', 'unlinked', 'changed', 'refused', 'stopped'] as const
export type UnlinkState = (typeof unlinkStates)[number]

/** At most this many unlinks are asked for at once. */
export const mostUnlinks = 500

/** How a record that can only be reversed is unlinked once it is: the parameter `reversed`. Append, never rename: words name them. */
export type Reversed = 'tieback' | 'procore-refuses' | 'procore-tells'

/** Parameters that are moments (ISO), for the reader's own way of writing them. */
export const forecastTimes = ['since', 'asOf', 'until', 'complete', 'otherAsOf'] as const

const SaidShape = z.object({
  /** Names exactly these facts: an unlink sends it back, and is not done once they have moved. */
  id: z.string(),
  kind: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.string()),
  /** A reason has to be given, now or in advance; absent where none is asked for. */
  reason: z.optional(z.boolean()),
  /** The export it rests on; null where it rests on none. */
  rests: z.nullable(z.object({ file: z.string(), asOf: z.iso.datetime() })),
})

/** A linked item under the one in question. `link` and `forecast` are null where it carries our link and no record of the ERP is known for it. */
export const ChildShape = z.object({
  link: z.nullable(z.string()),
  type: z.string(),
  id: z.string(),
  key: z.nullable(z.string()),
  forecast: z.nullable(SaidShape),
})
export type ChildShape = z.infer<typeof ChildShape>

export const ForecastShape = z.extend(SaidShape, {
  /** What it would come to once the items under it are unlinked; with `children-linked` alone. Its id covers theirs. */
  after: z.optional(SaidShape),
  /** In the order in which they would be unlinked. */
  children: z.optional(z.array(ChildShape)),
})
export type ForecastShape = z.infer<typeof ForecastShape>

type Said = z.infer<typeof SaidShape>

/** What is said of a record itself, of what it would come to alone, and of each linked under it; `key` is null for itself. */
export function membersOf({ after, children = [], ...own }: ForecastShape): { key: string | null; said: Said }[] {
  const under = children.flatMap(({ key, type, id, forecast }) => (forecast ? [{ key: key ?? `${type}:${id}`, said: forecast }] : []))
  return [...[own, ...(after ? [after] : [])].map((said) => ({ key: null, said })), ...under]
}

/** Whether a person has to say why, of it or of anything linked under it. */
export const wantsReason = (forecast: ForecastShape): boolean => membersOf(forecast).some(({ said }) => said.reason === true)
