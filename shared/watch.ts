/** “Unlink when it is gone”: a person asks once, and the agent does it, in their name, once the record has provably left the ERP. */
import * as z from 'zod/mini'
import type { ForecastCode } from './forecast.ts'

/** Days a watch stands unless another number is said, and at most. */
export const watchDays = { usual: 14, most: 90 } as const

/** Least role that may set or cancel one, and that whoever set it must still have when it fires: that of unlinking itself (api/unlinks.ts). */
export const watchRole = 'accountant'

export const WatchShape = z.object({
  until: z.iso.datetime(),
  since: z.iso.datetime(),
  /** Who set it, and in whose name it fires. */
  person: z.nullable(z.string()),
})
export type WatchShape = z.infer<typeof WatchShape>

/** Forecasts under which waiting may help: the record may yet be gone. The others are settled, or a person's to decide. */
const watchable: readonly string[] = [
  'gone',
  'still-there',
  'still-there-reverse',
  'children-linked',
  'writing-off',
  'under-way',
  'never-exported',
  'absent-once',
  'not-complete',
  'never-complete',
  'not-said',
  'in-other-file',
  'procore-gone',
  'procore-wait',
  'procore-there',
  'procore-unknown',
  'procore-never-exported',
] satisfies ForecastCode[]
export const isWatchable = (code: string): boolean => watchable.includes(code)
