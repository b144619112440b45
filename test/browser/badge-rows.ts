import type { Page } from 'puppeteer'
import { stateOf } from './told.ts'

type Row = { row: string; badges: number; state: string | null; of: string | null }

/** Every listed record in the page: how many badges its halves carry, for which record, in which state. */
export const rowsOf = (page: Page): Promise<Row[]> =>
  page.evaluate(() => {
    const listed = [...document.querySelectorAll('.ag-pinned-left-cols-container > .ag-row[row-id]')].filter((row) =>
      row.querySelector('a[href*="_contracts/"]'),
    )
    return listed.map((row) => {
      const id = row.getAttribute('row-id') ?? ''
      const badges = [...document.querySelectorAll<HTMLElement>(`.ag-row[row-id="${id}"] .tieback-badge`)]
      return {
        row: id,
        badges: badges.length,
        state: badges[0]?.querySelector<HTMLElement>('.tieback-pill')?.dataset['state'] ?? null,
        of: badges[0]?.dataset['key']?.split(':')[1] ?? null,
      }
    })
  })

/** What is wrong with the list now; empty once every record has exactly its own badge. */
export const wrongRows = async (page: Page): Promise<string[]> => {
  const rows = await rowsOf(page)
  if (rows.length === 0) return ['no rows']
  return rows
    .filter(({ row, badges, state, of }) => badges !== 1 || of !== row || state !== stateOf(row))
    .map(({ row, badges, state }) => `${row}: ${badges} badges, ${state} instead of ${stateOf(row)}`)
}

/** Watches every frame for a painted badge on a row it does not belong to, and for badges where none belongs; read with `strayFrames`. */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const stray: string[] = []
    const look = (): void => {
      for (const badge of document.querySelectorAll<HTMLElement>('.tieback-badge')) {
        const row = badge.closest('.ag-row')?.getAttribute('row-id')
        if (badge.dataset['key']?.split(':')[1] !== row) stray.push(`${badge.dataset['key']} on ${row}`)
        if (badge.closest('.ag-floating-bottom, .ag-details-row')) stray.push(`on a total or nested row: ${row}`)
      }
      requestAnimationFrame(look)
    }
    Object.assign(window, { strayBadges: stray })
    look()
  })
export const strayFrames = (page: Page): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'strayBadges') as string[])
