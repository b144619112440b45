/** What a plan says of itself, in words. */
import type { PlanGroupShape, PlanProgress, PlanRowShape, PlanShape } from '../../../shared/api/plans.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import { calendarDate } from '../../../shared/words/when.ts'

export const stateSaid = ({ state }: PlanShape, words: Words): string => sayCode(words, 'plan-state', state)

export const sinceSaid = ({ since }: PlanShape, words: Words): string =>
  since === null ? say(words, 'plan.since.ever') : calendarDate(since, words.locale)

/** A group of a plan, by one text. */
export const groupKey = ({ connection, entity, what }: Pick<PlanGroupShape, 'connection' | 'entity' | 'what'>): string =>
  `${connection} ${entity} ${what}`

export const counted = (n: number, words: Words): string => new Intl.NumberFormat(words.locale).format(n)

/** How far it is, how fast it goes and how long it will take; what is not known is said to be unknown. */
export function progressSaid({ of, done, all, perMinute, etaMs }: PlanProgress, words: Words, moves: boolean): string {
  const far = sayCode(words, 'plan.progress', of, of, { done: counted(done, words), all: counted(all, words) })
  if (!moves || of === 'records') return far
  const pace = perMinute === null ? say(words, 'plan.pace.unknown') : say(words, 'plan.pace', { n: counted(perMinute, words) })
  const left = etaMs === null ? say(words, 'plan.eta.unknown') : say(words, 'plan.eta', { time: lasting(etaMs, words) })
  return [far, pace, left].join(' · ')
}

/** Rounded up: minutes below two hours, else hours. */
function lasting(ms: number, words: Words): string {
  const minutes = Math.ceil(ms / 60_000)
  const [n, unit] = minutes < 120 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'hour']
  return new Intl.NumberFormat(words.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n)
}

/** What would be sent of a row: before and after where it is a change. */
export function changeSaid({ was, body, partner }: PlanRowShape, words: Words): string {
  const fields = Object.entries(body ?? {}).filter(
    ([name, value]) => was === null || valueSaid(was[name], words) !== valueSaid(value, words),
  )
  if (fields.length === 0) return partner ?? ''
  return fields
    .map(([name, value]) => `${name}: ${was === null ? '' : `${valueSaid(was[name], words)} → `}${valueSaid(value, words)}`)
    .join('; ')
}

const valueSaid = (value: unknown, words: Words): string => {
  if (value === null || value === undefined || value === '') return `(${say(words, 'record.empty')})`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Where a row stands, and why it is not written. */
export function rowSaid({ state, leftOut, problem, linkState, op }: PlanRowShape, words: Words): string {
  const why = problem ? sayWhole(words, problem) : leftOut === null ? null : sayCode(words, 'plan.left', leftOut)
  if (state === 'listed') return why ?? (op === null ? sayCode(words, 'state', linkState) : '')
  const said = sayCode(words, 'plan.row', state)
  return why === null ? said : `${said}: ${why}`
}
