import type { Page } from 'puppeteer'
import { percentile } from '../../bench/bench.ts'
import { waitFor } from '../support/wait-for.ts'
import { paintedAfter, toastsIn } from './badges.ts'
import type { Books } from './books.ts'
import { picture } from './pictures.ts'
import type { Site } from './site.ts'

/** The commitment whose title is changed: one that agrees, in view without scrolling. */
export const changing = 'SC-1001'
const rounds = 5

export type Freshness = { p50: number; p95: number }

/** Changes a title in the books and back, round by round, and times writer's close → badge painted. */
export async function freshness(say: (line: string) => void, page: Page, site: Site, books: Books): Promise<Freshness> {
  const key = site.keyOf(changing)
  const row = books.rows('JCM_MASTER__COMMITMENT').find((one) => one['Commitment'] === changing)
  if (!row) throw new Error(`The books hold no ${changing}.`)
  const title = row['Description'] ?? ''
  const times: number[] = []
  for (let round = 0; round < rounds * 2; round++) {
    const changed = round % 2 === 0
    row['Description'] = changed ? `${title} phase ${round / 2 + 2}`.slice(0, 30) : title
    const closed = await books.export('JCM_MASTER__COMMITMENT')
    const painted = await paintedAfter(page, key, changed ? 'changed-in-erp' : 'synced', closed)
    if (!changed) continue
    times.push(painted.at - closed)
    say(`  ${changing} saved with another title: its badge says “${painted.word}” after ${Math.round(painted.at - closed)} ms`)
    if (round > 0) continue
    const [toast] = await waitFor('a toast tells it', async () => {
      const toasts = await toastsIn(page)
      return toasts.length > 0 ? toasts : null
    })
    say(`  toast: “${toast}”`)
    say(`  ${await picture(page, 'toast')}`)
  }
  return { p50: Math.round(percentile(times, 0.5)), p95: Math.round(percentile(times, 0.95)) }
}
