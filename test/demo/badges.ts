import type { Page } from 'puppeteer'
import { waitFor } from '../support/wait-for.ts'

export type Painted = { key: string; state: string; word: string; at: number }

/** What hangs on the window of a watched page. */
type Watched = Window & { tiebackDemo?: { painted: Painted[]; toasts: string[] } }

/** From now on until the page is left, notes when each badge and toast was painted, ms since 1970. */
export const watchBadges = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const noted = { painted: [] as Painted[], toasts: [] as string[] }
    Object.assign(window, { tiebackDemo: noted })
    const note = (badge: HTMLElement): void => {
      const pill = badge.querySelector<HTMLElement>('.tieback-pill[data-state]')
      if (!pill) return
      const painted = { key: badge.dataset['key'] ?? '', state: pill.dataset['state'] ?? '', word: pill.textContent ?? '' }
      // The frame is painted once the task after its callbacks runs.
      requestAnimationFrame(() => setTimeout(() => noted.painted.push({ ...painted, at: performance.timeOrigin + performance.now() })))
    }
    const badgesOf = ({ target }: MutationRecord): (HTMLElement | null)[] =>
      target instanceof Element ? [target.closest<HTMLElement>('.tieback-badge[data-key]')] : []
    new MutationObserver((changes) => {
      for (const badge of new Set(changes.flatMap(badgesOf))) if (badge) note(badge)
    }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-state', 'aria-label'] })
    setInterval(() => {
      const shown = [...(document.querySelector('tieback-toasts')?.shadowRoot?.querySelectorAll('.toast') ?? [])]
      noted.toasts = shown.map((toast) => toast.textContent ?? '')
    }, 50)
  })

const noted = (page: Page): Promise<{ painted: Painted[]; toasts: string[] }> =>
  page.evaluate(() => (window as Watched).tiebackDemo ?? { painted: [], toasts: [] })

export const paintedIn = async (page: Page): Promise<Painted[]> => (await noted(page)).painted
export const toastsIn = async (page: Page): Promise<string[]> => (await noted(page)).toasts

/** Waits until the badge of a record was painted in a state after a moment; answers that painting. */
export const paintedAfter = (page: Page, key: string, state: string, after: number, withinMs = 15_000): Promise<Painted> =>
  waitFor(
    `the badge of ${key} is painted ${state}`,
    async () => (await paintedIn(page)).find((one) => one.key === key && one.state === state && one.at > after),
    { withinMs, shows: async () => (await paintedIn(page)).filter((one) => one.key === key) },
  )

/** The state of every listed record, by scrolling through the whole list as a person does, and back. */
export async function listedStates(page: Page): Promise<Map<string, string>> {
  const states = new Map<string, string>()
  for (let top: number | null = 0; top !== null; top = await nextView(page, top)) {
    await scrollTo(page, top)
    for (const [row, state] of await waitFor('every row in view has its badge', () => inView(page))) states.set(row, state)
  }
  await scrollTo(page, 0)
  await waitFor('every row in view has its badge', () => inView(page))
  return states
}

/** The grid draws its rows in the frame after a scroll. */
const scrollTo = (page: Page, top: number): Promise<void> =>
  page.evaluate(async (to) => {
    document.querySelector('.ag-body-viewport')?.scrollTo(0, to)
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  }, top)

/** Shows the list from one row on, counted from 0, and waits for the badges there. */
export async function showFrom(page: Page, row: number): Promise<void> {
  const height = await page.$eval('.ag-pinned-left-cols-container > .ag-row', ({ clientHeight }) => clientHeight)
  await scrollTo(page, row * (height + 1))
  await waitFor('every row in view has its badge', () => inView(page))
}

/** Where the next view begins, with half of this one still in it; null at the end. */
const nextView = (page: Page, top: number): Promise<number | null> =>
  page.evaluate((now) => {
    const { clientHeight = 0, scrollHeight = 0 } = document.querySelector('.ag-body-viewport') ?? {}
    return now + clientHeight >= scrollHeight ? null : now + clientHeight / 2
  }, top)

/** Rows of contracts in view with the state their badge shows; null while one is still asking. */
const inView = (page: Page): Promise<[string, string][] | null> =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll('.ag-pinned-left-cols-container > .ag-row[row-id]')].filter((row) =>
      row.querySelector('a[href*="_contracts/"]'),
    )
    const states = rows.map((row): [string, string | undefined] => {
      const id = row.getAttribute('row-id') ?? ''
      const pill = document.querySelector<HTMLElement>(`.ag-row[row-id="${id}"] .tieback-pill[data-state]`)
      return [id, pill?.dataset['state']]
    })
    const known = states.filter((one): one is [string, string] => one[1] !== undefined)
    return known.length === rows.length && rows.length > 0 ? known : null
  })
