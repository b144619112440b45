import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkStates } from '../../shared/link-state.ts'
import type { BrowserName } from './browsers.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 15_000 }

/** Both browsers draw with the fonts of this machine, which are wider than those of Procore's pages. */
describe.each<BrowserName>(['chromium', 'firefox'])('short words in %s', (name) => {
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
    const { served, agent } = pages
    const rows = served.company.commitments(Number(served.project)).map(({ id }) => String(id))
    const before = agent.told.status
    // Row by row every state there is, and once more the last of “both”, which never agreed.
    agent.told.status = (item) => {
      const at = rows.indexOf(item.id) % (linkStates.length + 1)
      const state = linkStates[at]
      return { ...before(item), ...(state ? { state } : { state: 'changed-in-both', neverAgreed: true }) }
    }
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  test.each(['en', 'fr-FR', 'fr-CA', 'de-DE', 'es'] as const)('none is cut off in a list’s column (%s)', async (locale) => {
    const { page, served, list } = pages
    Object.assign(served.options, { locale })
    await page.goto(list)
    const [cut, whole] = [new Set<string>(), new Map<string, string>()]
    const read = async (): Promise<number> => {
      const pills = await page.$$eval('.tieback-badge[data-stand="cell"]:not([data-native]) .tieback-pill[data-state]', (all) =>
        all.map((pill) => ({
          word: pill.textContent,
          state: (pill as HTMLElement).dataset['state'],
          wide: pill.scrollWidth,
          has: pill.clientWidth,
        })),
      )
      for (const { word, state, wide, has } of pills) {
        if (wide > has) cut.add(`${word} (${wide} in ${has} px)`)
        whole.set(word ?? '', state ?? '')
      }
      return new Set(whole.values()).size
    }
    for (const row of [0, 15, 30]) {
      await page.waitForSelector('.ag-row')
      await page.evaluate(`standIn.grid.ensureIndexVisible(${row}, 'top')`)
      await expect.poll(read, until).toBeGreaterThan(8 + row / 4)
    }
    expect([...cut]).toEqual([])
    expect([...new Set(whole.values())].toSorted()).toEqual([...linkStates].toSorted())
  })
})
