/**
 * Forecasts that each tab was shown. A page cannot name another: what was not shown to a person was not decided by one. Kept for the session,
 * for browsers put the background away between a look and a click.
 */
import browser from 'webextension-polyfill'

/** Of one tab; a list a person works through shows one after the other. */
const KEPT = 500

const nameOf = (tab: number): string => `forecasts-${tab}`

async function shownTo(tab: number): Promise<readonly string[]> {
  const found: Record<string, unknown> = await browser.storage.session.get(nameOf(tab))
  return (found[nameOf(tab)] as string[] | undefined) ?? []
}

export async function shown(tab: number, forecast: string): Promise<void> {
  const before = await shownTo(tab)
  if (!before.includes(forecast)) await browser.storage.session.set({ [nameOf(tab)]: [...before, forecast].slice(-KEPT) })
}

export const wasShown = async (tab: number, forecast: string): Promise<boolean> => (await shownTo(tab)).includes(forecast)
