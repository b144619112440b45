import type { Page } from 'puppeteer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnswerOf } from '../../shared/api.ts'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import type { BrowserName } from './browsers.ts'
import { buttonsIn, saidIn, tick, ticksIn, violationsIn } from './closed-root.ts'
import { stateOf, toldOf } from './told.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

/** It waits for nothing: what it says stands there. */
const ready = 'tieback-unlink[aria-busy="false"]'
const until = { timeout: 20_000 }
/** Of the button that acts, in the language of a test or for its act. */
const names: Record<string, string> = {
  ...{ 'fr-CA': 'Dissocier', 'de-DE': 'Verknüpfung aufheben', es: 'Desvincular', all: 'Tout dissocier, dans cet ordre' },
  ...{ watch: 'Aufheben, sobald es weg ist', unwatch: 'Nicht von selbst aufheben', undo: 'Undo', many: '2 aufheben' },
}
const other = { id: 'f9', kind: 'ready', code: 'gone', params: { key: 'SC-9', file: 'later.csv' }, rests: null }

describe.each<BrowserName>(['chromium', 'firefox'])('unlinking from a record, in %s', (name) => {
  let pages: ToldPages
  /** Forecasts and reasons that unlinks named. */
  let sent: { forecast: string; reason?: string }[]

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
  })
  afterAll(() => pages[Symbol.asyncDispose]())
  beforeEach(() => {
    sent = []
    Object.assign(pages.agent.told, toldOf({ id: String(pages.served.company.id), name: pages.served.company.name }))
    const { unlink } = pages.agent.told
    answers((id, body) => unlink(id, body))
  })

  const answers = (answer: (id: string, body: { forecast: string }) => AnswerOf<'unlink'>): void => {
    pages.agent.told.unlink = (id, body) => {
      sent.push(body)
      return answer(id, body)
    }
  }

  /** The first subcontract that stands so. */
  const opened = async (wanted: string, locale: PagesOptions['locale'] = 'en'): Promise<Page> => {
    const { page, served, list } = pages
    Object.assign(served.options, pagesOptions({ mounts: 'at-once', locale }))
    const all = served.company.tables.work_order_contracts.live().filter(({ project_id }) => String(project_id) === served.project)
    const id = all.map((one) => String(one.id)).find((one) => stateOf(one) === wanted)
    await page.goto(`${list}/work_order_contracts/${id}`)
    await page.waitForSelector('.tieback-unlink', until)
    return page
  }
  const asking = async (wanted: string, locale?: PagesOptions['locale']): Promise<Page> => {
    const page = await opened(wanted, locale)
    await page.locator('.tieback-unlink').click()
    await page.waitForSelector(ready, until)
    return page
  }
  /** By keyboard to the button that unlinks, pressed until it was heard: its first moments are deaf. */
  const confirm = async (page: Page): Promise<void> => {
    await page.keyboard.press('Tab')
    await expect
      .poll(async () => {
        if (sent.length === 0) await page.keyboard.press('Enter')
        return sent.length > 0
      }, until)
      .toBe(true)
  }

  test('the button stands behind Procore’s own and says what would come of it', async () => {
    const page = await opened('gone-from-erp')
    const [text, last, label] = await page.$eval('.tieback-unlink', (button) => [
      button.textContent,
      button === button.parentElement?.lastElementChild,
      button.getAttribute('aria-label'),
    ])
    expect([text, last]).toEqual(['Unlink · Ready', true])
    expect(label).toMatch(/^Unlink · Ready\. Gone from Sage 300 CRE since .+: no longer in commitments-2026-11-22\.csv\.$/)
  })

  test('by keyboard alone: asked once, in the words of the forecast that was shown, and the keyboard comes back', async () => {
    const page = await opened('gone-from-erp')
    await page.focus('.tieback-unlink')
    await page.keyboard.press('Enter')
    await page.waitForSelector(ready, until)
    await confirm(page)
    expect(sent).toEqual([{ forecast: 'f1' }])
    await page.keyboard.press('Escape')
    await expect.poll(() => page.$('tieback-unlink'), until).toBeNull()
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('tieback-unlink')
    expect(sent).toHaveLength(1)
  })

  test('the page’s own scripts neither open it nor reach into it', async () => {
    const page = await opened('gone-from-erp')
    await page.evaluate(() => document.querySelector<HTMLElement>('.tieback-unlink')?.click())
    await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))))
    expect(await page.$('tieback-unlink')).toBeNull()
    await asking('gone-from-erp')
    expect(await page.$eval('tieback-unlink', (host) => host.shadowRoot)).toBeNull()
    await page.evaluate(() => {
      const host = document.querySelector('tieback-unlink')
      for (const type of ['click', 'keydown', 'submit', 'close']) host?.dispatchEvent(new Event(type, { bubbles: true }))
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    })
    await page.keyboard.press('Escape')
    await expect.poll(() => page.$('tieback-unlink'), until).toBeNull()
    expect(sent).toEqual([])
  })

  test('a record that is still there is asked for nothing', async () => {
    const page = await asking('synced')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.$('tieback-unlink'), until).toBeNull()
    expect(sent).toEqual([])
  })

  // What the closed root holds is told by the accessibility tree, which Firefox does not hand out (tried 2026-11).
  describe.runIf(name === 'chromium')('what it says', () => {
    test.each([
      [
        'de-DE',
        'sage-300-cre.commitment-cos-reverse',
        'Ohne Project Management lässt sich ein genehmigter Änderungsauftrag dort nicht löschen',
      ],
      ['en', 'of-an-erp-nobody-knows', 'Delete it there first.'],
    ] as const)('how its ERP lets go of what is still there, in %s: %s', async (locale, how, words) => {
      const { link } = pages.agent.told
      pages.agent.told.link = (id) => {
        const answer = link(id)
        return answer.unlink ? { ...answer, unlink: { ...answer.unlink, params: { ...answer.unlink.params, how } } } : answer
      }
      const page = await asking('synced', locale)
      await expect.poll(() => saidIn(page), until).toContain(words)
      expect(await page.$eval('.tieback-unlink', (button) => button.getAttribute('aria-label'))).toContain(words)
    })

    const buttons = (page: Page, locale: string) => buttonsIn(page, names[locale] ?? 'Unlink')
    /** With the mouse, until it was heard. */
    const press = (page: Page, locale = 'en'): Promise<void> =>
      expect
        .poll(async () => {
          const [button] = await buttons(page, locale)
          if (sent.length === 0) await button?.click() // finding it takes a while, in which the last click may be heard
          return sent.length > 0
        }, until)
        .toBe(true)
    /** Where a link of that name leads; null where there is none. */
    const linkNamed = async (page: Page, name: string): Promise<string | null> =>
      (await page.$(`::-p-aria([name="${name}"][role="link"])`))?.evaluate((one) => one.getAttribute('href')) ?? null
    const says = (page: Page, text: RegExp): Promise<void> => expect.poll(() => saidIn(page), until).toMatch(text)

    test.each([
      ['en', /Successfully Unlinked Set it to Draft to edit or delete it\. Open to edit/],
      ['fr-CA', /Dissociation réussie Passez-le à l’état Brouillon pour le modifier ou le supprimer\./],
      ['de-DE', /Verknüpfung erfolgreich aufgehoben Auf „Entwurf“ setzen/],
      ['es', /Desvincular exitoso Páselo a Borrador/],
    ] as const)('green, and what is now possible (%s)', async (locale, text) => {
      const page = await asking('gone-from-erp', locale)
      await press(page, locale)
      await says(page, text)
    })

    test.each([
      ['en', /^Unlink SC-\d+The commitment is still in your ERP system\. Please delete it before retrying\.Not now Still in Sage 300 CRE/],
      ['fr-CA', /L’engagement est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./],
      ['de-DE', /Der Sekundärvertrag ist noch im ERP\. Bitte dort löschen und erneut versuchen\./],
    ] as const)('red where the ERP still has it, before any click (%s)', async (locale, text) => says(await asking('synced', locale), text))

    test('other facts than those shown: nothing was done, and the new ones stand there', async () => {
      const { link } = pages.agent.told
      answers((_, { forecast }) => {
        pages.agent.told.link = (id) => ({ ...link(id), unlink: other })
        return { outcome: forecast === 'f9' ? 'unlinked' : 'changed', forecast: other, problem: null }
      })
      const page = await asking('gone-from-erp')
      await press(page)
      await says(page, /What holds now is not what was shown\. Nothing was done\..*no longer in later\.csv/)
      sent = []
      await press(page)
      await says(page, /Successfully Unlinked/)
      expect(sent).toEqual([{ forecast: 'f9' }])
    })

    describe('an export that waits is read first', () => {
      /** Since when it is being read: answers, and what happens meanwhile. */
      const reading = async (becomes: typeof other | null): Promise<{ page: Page; done: () => void }> => {
        const { link } = pages.agent.told
        let isRead = false
        pages.agent.told.reading = () => !isRead
        answers((id) => ({ outcome: isRead ? 'unlinked' : 'reading', forecast: link(id).unlink ?? null, problem: null }))
        const page = await asking('gone-from-erp')
        await press(page)
        await says(page, /A newer export is being read first/)
        const done = (): void => {
          if (becomes) pages.agent.told.link = (id) => ({ ...link(id), unlink: becomes })
          isRead = true
        }
        return { page, done }
      }
      const tell = (file: string, bytes: number, connection = '1'): void =>
        pages.agent.emit({ kind: 'run-progress', connection, run: '9', data: { file, bytes, totalBytes: 200 } })
      const share = async (page: Page): Promise<number | undefined> =>
        (await page.waitForSelector('::-p-aria([role="progressbar"])', until))?.evaluate((one) => (one as HTMLProgressElement).value)

      test('it says which and how far, and what holds then has to be confirmed anew', async () => {
        const { page, done } = await reading(other)
        tell('elsewhere.csv', 20, '2')
        tell('later.csv', 50)
        await says(page, /A newer export is being read first: later\.csv\. Nothing is unlinked meanwhile/)
        expect(await share(page)).toBe(0.25)
        tell('later.csv', 150)
        await expect.poll(() => share(page), until).toBe(0.75)
        done()
        await says(page, /What holds now is not what was shown\. Nothing was done\..*no longer in later\.csv/)
        expect(sent).toEqual([{ forecast: 'f1' }])
        sent = []
        await press(page)
        await says(page, /Successfully Unlinked/)
        expect(sent).toEqual([{ forecast: 'f9' }])
      })

      test('the same holds: nothing is done without another click', async () => {
        const { page, done } = await reading(null)
        done()
        await says(page, /The newer export is read, and the same still holds\. Please confirm again\./)
        expect(sent).toEqual([{ forecast: 'f1' }])
        sent = []
        await press(page)
        await says(page, /Successfully Unlinked/)
        expect(sent).toEqual([{ forecast: 'f1' }])
      })

      test('Esc ends the waiting: the agent is asked no more, and nothing is unlinked', async () => {
        const { page, done } = await reading(null)
        const looks = (): number => pages.agent.calls.filter((call) => call.endsWith('/forecast')).length
        await page.keyboard.press('Escape')
        await expect.poll(() => page.$('tieback-unlink'), until).toBeNull()
        const before = looks()
        done()
        // The dialog opens anew: time for a question that was still to come.
        await page.locator('.tieback-unlink').click()
        await page.waitForSelector(ready, until)
        await says(page, /no longer in/)
        expect([looks() - before <= 1, sent]).toEqual([true, [{ forecast: 'f1' }]])
      })
    })

    test('Procore keeps the link: red, in its own words, nothing to press twice', async () => {
      const params = { item: 'SC-1042', text: 'Contract is locked' }
      answers(() => ({
        outcome: 'refused',
        forecast: null,
        problem: { code: 'locked-in-procore', next: 'ask', params, says: '', do: '' },
      }))
      const page = await asking('gone-from-erp')
      await press(page)
      await says(page, /Not unlinked .*Contract is locked/)
      expect(await buttons(page, 'en')).toEqual([])
      expect(await violationsIn(page)).toEqual([])
    })

    test('Procore agrees and keeps the link all the same: in the reader’s own language, nothing of it in English', async () => {
      const params = { item: 'SC-1042' }
      answers(() => ({
        outcome: 'refused',
        forecast: null,
        problem: { code: 'link-unchanged', next: 'ask', params, says: 'Procore agreed', do: 'Look' },
      }))
      const page = await asking('gone-from-erp', 'de-DE')
      await press(page, 'de-DE')
      await says(page, /Verknüpfung nicht aufgehoben .*Procore stimmte zu, aber die Verknüpfung von SC-1042 blieb, wie sie war\./)
      expect(await saidIn(page)).not.toMatch(/Procore agreed|did not change/)
    })

    test('where money was invoiced it wants a reason, and sends it along', async () => {
      const { link } = pages.agent.told
      pages.agent.told.link = (id) => {
        const told = link(id)
        return { ...told, unlink: told.unlink ? { ...told.unlink, reason: true } : null }
      }
      const page = await asking('gone-from-erp')
      const button = await page.waitForSelector('::-p-aria([name="Unlink"][role="button"])', until)
      expect(await button?.evaluate((one) => (one as HTMLButtonElement).disabled)).toBe(true)
      const field = await page.waitForSelector('::-p-aria([role="textbox"])', until)
      await field?.type('Billed to the wrong job')
      expect(await violationsIn(page)).toEqual([])
      await press(page)
      await says(page, /Successfully Unlinked/)
      expect(sent).toEqual([{ forecast: 'f1', reason: 'Billed to the wrong job' }])
    })

    test('what stands under it is listed, and all of it goes in one act', async () => {
      const { link } = pages.agent.told
      const [after] = [{ ...other, id: 'f8' }]
      const child = { link: '7', type: 'commitment-change-order', id: '77', key: 'SC-1|01', forecast: { ...other, id: 'f7' } }
      pages.agent.told.link = (id) => {
        const told = link(id)
        const unlink = { ...other, id: 'f6', kind: 'refused', code: 'children-linked', params: { count: '1' }, after, children: [child] }
        return { ...told, unlink: told.unlink ? unlink : null }
      }
      answers(() => ({ outcome: 'unlinked', forecast: null, problem: null }))
      const page = await asking('gone-from-erp', 'fr-CA')
      await says(page, /Ordre de changement à l’engagement SC-1\|01: Prêt/)
      await press(page, 'all')
      await says(page, /Dissociation réussie/)
      expect(sent).toEqual([{ forecast: 'f6', children: true }])
    })

    test('a commitment that is not ready itself says so beneath what stands under it, and what a reason is wanted for', async () => {
      const { link } = pages.agent.told
      const child = { link: '7', type: 'commitment-change-order', id: '77', key: 'SC-1|01', forecast: { ...other, id: 'f7', reason: true } }
      const params = { key: 'SC-1', asOf: '2026-11-22T06:00:00Z', file: 'c.csv', how: 'sage-300-cre.commitments' }
      const after = { ...other, id: 'f8', kind: 'refused', code: 'still-there', params }
      pages.agent.told.link = (id) => ({
        ...link(id),
        unlink: { ...other, id: 'f6', kind: 'refused', code: 'children-linked', params: { count: '1' }, after, children: [child] },
      })
      const page = await asking('gone-from-erp', 'de-DE')
      await says(page, /SC-1\|01: Bereit .* Darauf wurde Geld abgerechnet oder gezahlt: bitte begründen\./)
      await says(page, /Unterauftrag SC-\d+: Jetzt nicht Noch in Sage 300 CRE als SC-1, .* Zuerst dort löschen, in Job Cost/)
      expect(await violationsIn(page)).toEqual([])
    })

    test('what can only be reversed is not to be deleted', async () => {
      const { link } = pages.agent.told
      const params = { key: 'SC-1|01', asOf: '2026-11-22T06:00:00Z', how: 'sage-300-cre.commitment-cos-reverse', reversed: 'tieback' }
      pages.agent.told.link = (id) => ({ ...link(id), unlink: { ...other, kind: 'refused', code: 'still-there-reverse', params } })
      const page = await asking('synced', 'de-DE')
      await says(page, /lässt er sich dort nicht; .* Noch in .* umgekehrtem Vorzeichen\. In Sage 300 CRE bleibt er stehen; ein Admin kann/)
      expect(await saidIn(page)).not.toMatch(/bitte dort löschen/i)
    })

    test('what went can be opened, also where the record’s own page asked: it is read anew', async () => {
      const page = await asking('gone-from-erp')
      await press(page)
      await says(page, /Successfully Unlinked/)
      expect(await linkNamed(page, 'Open to edit')).toBe(new URL(page.url()).pathname)
      expect(await violationsIn(page)).toEqual([])
    })

    test('where Procore’s own connector holds it, a link leads to Procore’s tool', async () => {
      const { link } = pages.agent.told
      const params = { key: 'SC-1', asOf: '2026-11-22T06:00:00Z', since: '2026-11-22T06:00:00Z' }
      const told = (code: string) =>
        (pages.agent.told.link = (id) => ({ ...link(id), unlink: { ...other, kind: 'not-ours', code, params } }))
      told('procore-gone')
      const page = await asking('synced', 'de-DE')
      const tool = `/${pages.served.company.id}/company/erp_integrations`
      await expect.poll(() => linkNamed(page, 'ERP-Integrationen in Procore öffnen'), until).toBe(tool)
      await says(page, /eine eigene Adresse hat sie nicht, soweit bekannt/)
    })

    test('still there: asked for in advance, and taken back', async () => {
      const { link } = pages.agent.told
      let watch: { until: string; since: string; person: string; waits: string } | null = null
      pages.agent.told.link = (id) => ({ ...link(id), watch })
      pages.agent.told.watch = (_, on) => {
        watch = on && { until: '2026-12-20T09:00:00Z', since: '2026-11-23T09:00:00Z', person: 'Ada', waits: '2026-11-22T06:00:00Z' }
        sent.push({ forecast: on ? 'on' : 'off' })
      }
      const page = await asking('synced', 'de-DE')
      await says(page, /Was darunter verknüpft ist .+ wird mit aufgehoben, und zwar zuerst/)
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
      await press(page, 'watch')
      await says(page, /Im Voraus verlangt von Ada, bis .+: geschieht von selbst, sobald es weg ist\./)
      await says(page, /Weg seit .+: wartet, bis ein weiterer Export es bestätigt\./)
      sent = []
      await press(page, 'unwatch')
      await expect.poll(() => saidIn(page), until).not.toMatch(/Im Voraus verlangt/)
    })

    test('unlinked: can be undone, until when is said', async () => {
      const { link } = pages.agent.told
      const undo = { until: '2026-12-20T09:00:00Z', unlinkedAt: '2026-11-20T09:00:00Z', person: 'Ada', refused: null, underWay: false }
      pages.agent.told.link = (id) => ({ ...link(id), unlink: { ...other, kind: 'done', code: 'unlinked', params: {} }, undo })
      pages.agent.told.relink = () => {
        sent.push({ forecast: 'undo' })
        pages.agent.told.link = link
        return { outcome: 'relinked', why: null, problem: null, undo: null }
      }
      const page = await asking('gone-from-erp')
      await says(page, /Can be undone until .+\./)
      expect(await violationsIn(page)).toEqual([])
      await press(page, 'undo')
      await says(page, /Linked again, as before/)
      expect(await violationsIn(page)).toEqual([])
    })

    /** A list of which some are gone from the ERP, in German. */
    const goneListed = async (): Promise<Page> => {
      const { page, list, served, agent } = pages
      Object.assign(served.options, pagesOptions({ mounts: 'at-once', locale: 'de-DE' }))
      const { list: listed } = agent.told
      agent.told.list = (group) => ({
        ...listed('differ'),
        counts: { agree: 2, gone: 3 },
        items: group === 'gone' ? listed('differ').items : [],
      })
      await page.goto(list)
      return page
    }
    const openMany = async (page: Page): Promise<void> => {
      await page.locator('.tieback-list-line [data-group="gone"]').click()
      await page.locator('tieback-drawer >>> button[aria-haspopup="dialog"]').click()
      await page.waitForSelector(ready, until)
    }

    test('many at once, from the list: some are left out, and each that does not go is named', async () => {
      const { agent } = pages
      const link = (n: number) => ({
        link: `${n}`,
        type: 'work-order-contract',
        id: `${n}`,
        key: `SC-${n}`,
        project: '31',
        forecast: { ...other, id: `g${n}` },
      })
      let asked: URLSearchParams | null = null
      agent.told.ready = (query) => {
        asked = query
        return { links: [link(1), link(2), link(3)], more: 4 }
      }
      const entry = { type: 'work-order-contract', project: '31', problem: null, forecast: null }
      const batch = { id: '1', askedAt: '2026-11-23T09:00:00Z', endedAt: null, person: '1', reason: null, more: 0 }
      agent.told.unlinks = (asked) => {
        if (asked) sent = asked.entries
        const counts: Record<string, number> = asked ? { waiting: 1, 'under-way': 1 } : { unlinked: 1, changed: 1 }
        const entries = [
          { ...entry, link: '1', id: '1', key: 'SC-1', state: asked ? 'under-way' : 'unlinked' },
          {
            ...entry,
            link: '3',
            id: '3',
            key: 'SC-3',
            state: asked ? 'waiting' : 'changed',
            forecast: asked ? null : { ...other, kind: 'refused', code: 'still-there' },
          },
        ]
        return {
          ...batch,
          endedAt: asked ? null : '2026-11-23T09:00:02Z',
          counts,
          entries,
        }
      }
      const page = await goneListed()
      await openMany(page)
      await says(page, /Bereit: 3\. Abwählen, was verknüpft bleiben soll\.4 weitere sind bereit/)
      expect(Object.fromEntries(asked ?? [])).toMatchObject({ gone: 'only', types: 'work-order-contract,purchase-order-contract' })
      await tick(page, 'SC-2')
      expect(await violationsIn(page)).toEqual([])
      await press(page, 'many')
      expect(sent).toEqual([
        { link: '1', forecast: 'g1' },
        { link: '3', forecast: 'g3' },
      ])
      await says(page, /1 von 2 aufgehoben\.SC-3: Nicht getan, es gilt jetzt anderes\. Noch in/)
      await says(page, /Unterauftrag SC-1: Auf „Entwurf“ setzen, um zu bearbeiten oder zu löschen\./)
      expect(await linkNamed(page, 'SC-1')).toBe('/31/project/contracts/commitments/work_order_contracts/1')
      expect(await violationsIn(page)).toEqual([])
    })

    test('rows selected in the list are the ones that are ticked; one tick takes all', async () => {
      const { agent } = pages
      const page = await goneListed()
      const keyAt = (row: number): Promise<string> =>
        page
          .waitForSelector(`.ag-row[row-index="${row}"] .tieback-list-status[data-key]`, until)
          .then((badge) => badge?.evaluate((one) => one.getAttribute('data-key')) ?? '')
          .then(String)
      const keys = await Promise.all([0, 1, 2].map(keyAt))
      const links = keys.map((key, n) => {
        const [type = '', id = ''] = key.split(':')
        return { link: `${n}`, type, id, key: `SC-${n}`, project: '31', forecast: { ...other, id: `g${n}` } }
      })
      agent.told.ready = () => ({ links, more: 0 })
      for (const row of [0, 2]) {
        await page.locator(`.ag-row[row-index="${row}"] .ag-cell[col-id="title"]`).click()
        await page.keyboard.press('Space')
        await page.waitForSelector(`.ag-row[row-index="${row}"][aria-selected="true"]`, until)
      }
      await openMany(page)
      await says(page, /Angehakt ist, was in der Liste ausgewählt ist\./)
      expect(await ticksIn(page)).toEqual([
        ['Alle', 'mixed'],
        ...[true, false, true].map((on, n) => [expect.stringContaining(`SC-${n}`), on]),
      ])
      await tick(page, 'Alle')
      expect(await ticksIn(page)).toEqual([['Alle', true], ...[0, 1, 2].map((n) => [expect.stringContaining(`SC-${n}`), true])])
      await tick(page, 'Alle')
      expect((await ticksIn(page)).map(([, on]) => on)).toEqual([false, false, false, false])
      expect(await page.$$('::-p-aria([name="0 aufheben"])')).toEqual([])
      expect(await violationsIn(page)).toEqual([])
    })

    test.each(['gone-from-erp', 'synced'])('is named for those who cannot see it (%s)', async (state) => {
      const page = await asking(state)
      await says(page, /Sage 300 CRE/)
      expect(await violationsIn(page)).toEqual([])
    })
  })
})
