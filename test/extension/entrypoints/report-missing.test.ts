import { parseHTML } from 'linkedom'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Ask } from '../../../extension/bridge/calls.ts'
import { reportMissing } from '../../../extension/entrypoints/procore.content/report-missing.ts'
import type { Feature } from '../../../extension/features/feature.ts'
import { isEmptyList } from '../../../extension/features/list-status/cells.ts'
import { whichPage } from '../../../extension/pages/which-page.ts'

const page = whichPage('https://us02.procore.com/9/project/commitments')
if (!page) throw new Error('The list of commitments is a page.')

const lists: Feature = { id: 'list-status', pages: ['commitments'], anchor: 'numberCell', isEmpty: isEmptyList, start: () => undefined }

/** What is reported of a list's page after a minute, unless its place arrived after so long. */
async function reported(html: string, arrivesAfterMs: number | null = null): Promise<unknown[]> {
  vi.stubGlobal('document', parseHTML(`<html><body>${html}</body></html>`).document)
  const told: unknown[] = []
  const ask = (async (_: string, input: unknown) => void told.push(input)) as unknown as Ask
  const arrived = reportMissing(lists, page as NonNullable<typeof page>, ask, new AbortController().signal)
  if (arrivesAfterMs !== null) setTimeout(arrived, arrivesAfterMs)
  await vi.advanceTimersByTimeAsync(60_000)
  return told
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const missing = [{ feature: 'list-status', anchor: 'numberCell', kind: 'commitments' }]
const grid = (rows: string): string => `<div data-qa="data-table-table"><div class="ag-center-cols-container">${rows}</div></div>`
const table = (rows: string): string => `<div id="main_panel"><table class="item-list"><tbody>${rows}</tbody></table></div>`

it.each<[string, string, number | null, unknown[]]>([
  ['no list at all', '<h1>Something went wrong</h1>', null, missing],
  ['a grid whose rows look otherwise', grid('<div class="ag-row"></div>'), null, missing],
  ['a legacy list whose rows look otherwise', table('<tr><td>SC-1</td></tr>'), null, missing],
  ['a grid without rows', grid(''), null, []],
  ['a legacy list without rows', table(''), null, []],
  ['a list that is late', '', 20_000, []],
])('%s', async (_, html, arrivesAfterMs, told) => expect(await reported(html, arrivesAfterMs)).toEqual(told))
