import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Page } from 'puppeteer'

/** axe on a page. Legacy mode leaves out pages of other origins in frames, which nothing of ours has, and is done in half the time. */
export const axe = (page: Page): AxePuppeteer => new AxePuppeteer(page).setLegacyMode()
