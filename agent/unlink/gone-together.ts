/** Who goes with a record that is to be unlinked by itself, and what that still waits for. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import type { ForecastShape } from '../../shared/forecast.ts'
import type { Eyes, Looked } from '../ledger/look.ts'
import { firstMissed, missedTwice } from './missed-twice.ts'

/** It and all that is linked under it, itself first, once every one of them is gone; null while one is not. */
export function goneFamily(eyes: Eyes, looked: Looked, { code, after, children = [] }: ForecastShape): Looked[] | null {
  if ((after?.code ?? code) !== 'gone') return null
  const under = children.map(({ link, forecast }) => (link === null || forecast?.code !== 'gone' ? null : eyes.look(Number(link))))
  const there = under.flatMap((one) => one ?? [])
  return there.length === under.length ? [looked, ...there] : null
}

/** Since when all of it is gone (ms, as of the export), while one more export has to agree before anything happens; null where none has to. */
export function waitsSince(raw: DatabaseSync, eyes: Eyes, looked: Looked, forecast: ForecastShape): number | null {
  const isProcores = forecast.code === 'procore-gone' || forecast.code === 'procore-wait'
  const family = isProcores ? [looked] : (goneFamily(eyes, looked, forecast) ?? [])
  const waiting = family.filter((one) => !missedTwice(raw, one)).flatMap((one) => firstMissed(raw, one) ?? [])
  return waiting.length === 0 ? null : Math.max(...waiting.map(({ asOf }) => asOf))
}
