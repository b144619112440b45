/** Speaks to the open Procore pages, and tells whether there are any. */
import browser from 'webextension-polyfill'
import { procorePages } from '../../shared/pages/hosts.ts'
import type { News } from '../bridge/calls.ts'

export const procoreTabs = async (): Promise<number[]> =>
  (await browser.tabs.query({ url: procorePages.matches })).flatMap(({ id }) => id ?? [])

/** The tab a person looks at, if it is Procore's. */
export async function frontTab(): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true, url: procorePages.matches })
  return tab?.id ?? null
}

/** Tells every Procore page; `make` may say something else to each. Pages without our script (a login, say) do not answer. */
export async function tellPages(make: (tab: number) => News): Promise<void> {
  const tabs = await procoreTabs()
  await Promise.all(tabs.map((tab) => browser.tabs.sendMessage(tab, make(tab)).catch(noListener)))
}

/** “Could not establish connection”: nobody listens in that tab. */
const noListener = (): undefined => undefined
