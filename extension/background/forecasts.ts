/**
 * Forecasts that each tab was shown. A page cannot name another: what was not shown to a person was not decided by one. Kept for the session,
 * for browsers put the background away between a look and a click.
 */
import browser from 'webextension-polyfill'
import { mostUnlinks } from '../../shared/forecast.ts'

/** Of one tab: those of one list (mostUnlinks), and some looked at beside it. */
const KEPT = mostUnlinks + 100

const nameOf = (tab: number): string => `forecasts-${tab}`

async function shownTo(tab: number): Promise<readonly string[]> {
  const found: Record<string, unknown> = await browser.storage.session.get(nameOf(tab))
  return (found[nameOf(tab)] as string[] | undefined) ?? []
}

let turn: Promise<void> = Promise.resolve()

/** One after the other: a button, the details and a list may be answered at once, and none of them may forget what another was shown. */
export function shown(tab: number, ...forecasts: readonly string[]): Promise<void> {
  const mine = turn.then(() => add(tab, forecasts))
  turn = mine.catch(() => undefined) // told to who asked for it; the next one still has its turn
  return mine
}

async function add(tab: number, forecasts: readonly string[]): Promise<void> {
  const before = await shownTo(tab)
  const fresh = forecasts.filter((forecast) => !before.includes(forecast))
  if (fresh.length > 0) await browser.storage.session.set({ [nameOf(tab)]: [...before, ...fresh].slice(-KEPT) })
}

/** Whether all of these were. */
export async function wasShown(tab: number, ...forecasts: readonly string[]): Promise<boolean> {
  const before = new Set(await shownTo(tab))
  return forecasts.every((forecast) => before.has(forecast))
}
