import { describe, expect, test } from 'vitest'
import { rowsOf } from './badge-rows.ts'
import type { BrowserName } from './browsers.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 30_000 }

/** Firefox puts a background away that was idle for so long (30 s unless set); the told agent sends no pings that would keep it. */
const idle = { 'extensions.background.idle.timeout': 1_000 }

/** Ends the background as the browser does when it wants its memory back. */
async function putAway({ open, agent }: ToldPages): Promise<void> {
  if (open.name === 'chromium') {
    const target = await open.browser.waitForTarget((one) => one.type() === 'service_worker')
    const ended = new Promise<void>((done) => open.browser.on('targetdestroyed', (one) => one === target && done()))
    await (await target.worker())?.close()
    await ended // what is asked of one that is ending nobody hears
  }
  await expect.poll(() => agent.followed(), until).toBe(false)
}

describe.each<BrowserName>(['chromium', 'firefox'])('the background in %s', (name) => {
  test('put away, it starts again for the next question, and misses nothing', async () => {
    await using pages = await openToldPages(name, { pages: { mounts: 'at-once' }, browser: { firefoxPrefs: idle } })
    const { page, agent, list } = pages
    const show = (row: number): Promise<unknown> => page.evaluate(`standIn.grid.ensureIndexVisible(${row}, 'top')`)
    await page.goto(list)
    await page.waitForSelector('.tieback-pill[data-state]', until)
    await putAway(pages)
    const id = (await rowsOf(page))[0]?.row ?? ''
    const before = agent.told.status
    agent.told.status = (item) => ({ ...before(item), ...(item.id === id ? { state: 'orphan' } : {}) })
    agent.emit({
      kind: 'link-changed',
      items: [
        { type: 'work-order-contract', id },
        { type: 'purchase-order-contract', id },
      ],
    })
    await show(200) // rows nobody knows yet: their question wakes the background
    await expect.poll(async () => (await rowsOf(page)).every(({ state }) => state !== null), until).toBe(true)
    await show(0)
    await page.waitForSelector(`.tieback-badge[data-key$=":${id}"] [data-state="orphan"]`, until)
  })

  test('put away while the agent is gone, it still knows what was last known, and badges are full again once the agent is back', async () => {
    await using pages = await openToldPages(name, { pages: { mounts: 'at-once' }, browser: { firefoxPrefs: idle } })
    const { page, agent, list } = pages
    const looks = async (look: string): Promise<number> => (await page.$$(`.tieback-pill[data-look="${look}"]`)).length
    await page.goto(list)
    await page.waitForSelector('.tieback-pill[data-state]', until)
    await agent.stop()
    await expect.poll(() => looks('hollow'), until).toBeGreaterThan(0)
    await putAway(pages)
    await page.reload()
    await expect.poll(() => looks('hollow'), until).toBeGreaterThan(0)
    expect(await page.$eval('.tieback-pill[data-look="hollow"]', (pill) => pill.getAttribute('aria-label'))).toMatch(
      /Last known .*; the agent is not reachable from here\./,
    )
    await putAway(pages)
    await agent.start()
    await expect.poll(() => looks('hollow'), { timeout: 100_000 }).toBe(0)
    expect(await looks('full')).toBeGreaterThan(0)
  })
})
