import type { Page } from 'puppeteer'

/** Whatever is wider than the page, or cut off in its own box. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.$$eval('#root *', (all) =>
    all
      .filter(
        (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5 || one.scrollWidth > one.clientWidth + 1,
      )
      .filter((one) => getComputedStyle(one).display !== 'inline')
      .map((one) => `${one.tagName}.${one.className}: ${one.textContent?.slice(0, 60)}`),
  )
