/** “Unlink when it is gone”: a person asks once, and the agent does it, in their name, once two exports prove that the record has left the ERP. */
import * as z from 'zod/mini'
import { type ForecastCode, type ForecastShape, membersOf } from './forecast.ts'
import type { ItemType } from './item.ts'

/** Days a watch stands unless another number is said, and at most. */
export const watchDays = { usual: 14, most: 90 } as const

/** Least role that may set or cancel one, and that whoever set it must still have when it fires: that of unlinking itself (api/unlinks.ts). */
export const watchRole = 'accountant'

export const WatchShape = z.object({
  until: z.iso.datetime(),
  since: z.iso.datetime(),
  /** Who set it, and in whose name it fires. */
  person: z.nullable(z.string()),
  /** Gone since then: it waits for one more export that proves to be whole and lacks it too. */
  waits: z.optional(z.iso.datetime()),
})
export type WatchShape = z.infer<typeof WatchShape>

/** Forecasts under which waiting may help: the record may yet be gone. The others are settled, a person's to decide, or never leave the ERP (reversed there). */
const watchable: readonly string[] = [
  'gone',
  'still-there',
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

/** As a forecast stands: what Procore’s connector holds may be of a kind that is only reversed, or whose exports never tell what is gone. */
const helps = ({ code, params }: Pick<ForecastShape, 'code' | 'params'>): boolean =>
  isWatchable(code) && params['reversed'] === undefined && params['never'] === undefined

/** The first of it and what is linked under it that waiting cannot help: all of them go together, or none. Null where there is none such. */
export const neverGone = (forecast: ForecastShape) => membersOf(forecast).find(({ said }) => !helps(said)) ?? null

/** Items under which others may be linked: unlinked by itself once they are gone, each takes those along. */
const holders = ['work-order-contract', 'purchase-order-contract', 'prime-contract'] as const satisfies ItemType[]
export type Holder = (typeof holders)[number]
export const mayHold = (type: string): boolean => (holders as readonly string[]).includes(type)
