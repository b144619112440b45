import type { Page } from 'puppeteer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../shared/pairing.ts'
import { pagesOptions } from '../procore/pages/options.ts'
import { buttonsIn, saidIn, violationsIn } from './closed-root.ts'
import { stateOf } from './told.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }
const reason = 'was entered in the wrong company'

// What the closed root holds is told by the accessibility tree, which Firefox does not hand out (tried 2026-11).
describe.each<Role>(['admin', 'accountant'])('a refusal, shown to an %s', (role) => {
  let pages: ToldPages
  let sent: object[]

  beforeAll(async () => {
    pages = await openToldPages('chromium', { pages: { mounts: 'at-once' }, role })
    Object.assign(pages.served.options, pagesOptions({ mounts: 'at-once', locale: 'de-DE' }))
    pages.agent.told.unlink = (id, body) => {
      sent.push(body)
      const unlink = pages.agent.told.link(id).unlink ?? null
      return { outcome: 'unlinked', forecast: unlink, problem: null }
    }
  })
  afterAll(() => pages[Symbol.asyncDispose]())
  beforeEach(() => {
    sent = []
  })

  /** The dialog of the first subcontract that stands so. */
  const asking = async (wanted: string): Promise<Page> => {
    const { page, served, list } = pages
    const all = served.company.tables.work_order_contracts.live().filter(({ project_id }) => String(project_id) === served.project)
    const id = all.map((one) => String(one.id)).find((one) => stateOf(one) === wanted)
    await page.goto(`${list}/work_order_contracts/${id}`)
    await page.waitForSelector('.tieback-unlink', until)
    await page.locator('.tieback-unlink').click()
    await page.waitForSelector('tieback-unlink[aria-busy="false"]', until)
    return page
  }
  /** Pressed until it was heard: the dialog’s first moments are deaf. */
  const opened = async (page: Page): Promise<void> => {
    await expect
      .poll(async () => {
        await (await buttonsIn(page, 'Trotzdem aufheben…'))[0]?.click()
        return (await buttonsIn(page, 'Trotzdem aufheben')).length
      }, until)
      .toBe(1)
  }
  const greyed = async (page: Page): Promise<boolean | undefined> =>
    (await buttonsIn(page, 'Trotzdem aufheben'))[0]?.evaluate((one) => (one as HTMLButtonElement).disabled)

  describe.runIf(role === 'admin')('who may override it', () => {
    test('opens a step that says what it means; greyed until a reason is typed, and then it goes as an override', async () => {
      const page = await asking('synced')
      expect((await buttonsIn(page, 'Aufheben, sobald es weg ist')).length).toBe(1)
      await opened(page)
      expect(await saidIn(page)).toMatch(/Sage 300 CRE behält SC-\d+\. .*Im Verlauf steht für immer.*Mindestens 10 Zeichen, noch 10\./)
      expect((await buttonsIn(page, 'Aufheben, sobald es weg ist')).length).toBe(0)
      expect(await greyed(page)).toBe(true)
      await page.keyboard.type('   too short') // the keyboard is in the field
      expect(await greyed(page)).toBe(true)
      expect(await saidIn(page)).toMatch(/Mindestens 10 Zeichen, noch 1\./)
      expect(await violationsIn(page)).toEqual([])
      await page.keyboard.press('Enter') // a new line, never the button
      await page.keyboard.type(reason)
      expect(await greyed(page)).toBe(false)
      await expect
        .poll(async () => {
          await (await buttonsIn(page, 'Trotzdem aufheben'))[0]?.click()
          return sent
        }, until)
        .toEqual([{ forecast: 'f2', reason: `too short\n${reason}`, override: true }])
      await expect.poll(() => saidIn(page), until).toMatch(/Verknüpfung erfolgreich aufgehoben/)
    })

    test('a script presses nothing, and Esc leaves everything as it is', async () => {
      const page = await asking('synced')
      const press = async (name: string): Promise<void> => (await buttonsIn(page, name))[0]?.evaluate((one) => (one as HTMLElement).click())
      await press('Trotzdem aufheben…')
      expect((await buttonsIn(page, 'Trotzdem aufheben')).length).toBe(0)
      await opened(page)
      await page.keyboard.type(reason)
      await press('Trotzdem aufheben')
      await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))))
      expect(await greyed(page)).toBe(false) // still asked
      await page.keyboard.press('Escape')
      await expect.poll(() => page.$('tieback-unlink'), until).toBeNull()
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('tieback-unlink')
      expect(sent).toEqual([])
    })

    test('a refusal of the agent stands there as any other does', async () => {
      const { unlink } = pages.agent.told
      const params = { item: 'SC-1042', text: 'Contract is locked' }
      pages.agent.told.unlink = (_, body) => {
        sent.push(body)
        return { outcome: 'refused', forecast: null, problem: { code: 'locked-in-procore', next: 'ask', params, says: '', do: '' } }
      }
      const page = await asking('synced')
      await opened(page)
      await page.keyboard.type(reason)
      await expect
        .poll(async () => {
          await (await buttonsIn(page, 'Trotzdem aufheben'))[0]?.click()
          return sent.length
        }, until)
        .toBe(1)
      await expect.poll(() => saidIn(page), until).toMatch(/Verknüpfung nicht aufgehoben .*Contract is locked/)
      expect(await violationsIn(page)).toEqual([])
      pages.agent.told.unlink = unlink
    })

    test('what is ready is not overridden', async () => {
      const page = await asking('gone-from-erp')
      expect((await buttonsIn(page, 'Verknüpfung aufheben')).length).toBeGreaterThan(0)
      expect((await buttonsIn(page, 'Trotzdem aufheben…')).length).toBe(0)
    })
  })

  test.runIf(role === 'accountant')('offers no override, but all else', async () => {
    const page = await asking('synced')
    expect((await buttonsIn(page, 'Aufheben, sobald es weg ist')).length).toBe(1)
    expect((await buttonsIn(page, 'Trotzdem aufheben…')).length).toBe(0)
  })
})
