import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pair } from '../../agent/cli/pair.ts'
import { objections } from './axe.ts'
import { openExtensionPage } from './browsers.ts'
import { Journey } from './journey.ts'
import { pairBrowser } from './pair-browser.ts'

const until = { timeout: 20_000 }

/** Three times as long as either browser lets a background rest unasked (30 s). */
const idleMs = 90_000

/** From a file saved in the folder to a badge in the page; each step in Chromium and Firefox side by side, so that idling costs once. */
describe('the main journey, in both browsers', () => {
  let journeys: Journey[] = []
  const synced = new Map<Journey, string>()
  const inBoth = (step: (journey: Journey) => Promise<void>) => Promise.all(journeys.map(step))
  const known = (journey: Journey): string => synced.get(journey) ?? ''
  const changes = async (journey: Journey): Promise<void> => {
    const before = await journey.stateOf(known(journey))
    await journey.toggleClosed(known(journey))
    await expect.poll(() => journey.stateOf(known(journey)), until).not.toBe(before)
  }

  beforeAll(async () => {
    journeys = [await Journey.begin('chromium'), await Journey.begin('firefox')]
  })
  afterAll(() => inBoth((journey) => journey.end()))

  test('a code from the command line pairs the browser', () =>
    inBoth(async ({ agent, open }) => {
      const { code, result } = await agent.cli(pair, [], {
        name: 'Robin Reyes',
        email: 'lucia.serrano@practice-builders.example',
        role: 'accountant',
      })
      expect(code).toBe(0)
      await pairBrowser(open, agent.url, (result as { code: string }).code)
    }))

  test('the list shows what the ledger holds', () =>
    inBoth(async (journey) => {
      await journey.openList()
      await expect.poll(async () => (await journey.painted()).length, until).toBeGreaterThan(5)
      const shown = await journey.painted()
      const told = await journey.told(shown.map(({ id }) => id))
      expect(shown.filter(({ id, state }) => told.get(id) !== state)).toEqual([])
      synced.set(journey, shown.find(({ state }) => state === 'synced')?.id ?? '')
      expect(known(journey)).not.toBe('')
    }))

  test('a file saved in the folder changes the badge, and nobody reloads', () =>
    inBoth(async (journey) => {
      await changes(journey)
      await changes(journey)
      expect(await journey.stateOf(known(journey))).toBe('synced')
    }))

  test('and so it does after ninety idle seconds', { timeout: idleMs + 60_000 }, () =>
    inBoth(async (journey) => {
      await journey.page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), idleMs) // idleness is what is tried here
      await changes(journey)
    }),
  )

  test('the agent stops, and comes back at the same address', { timeout: 120_000 }, () =>
    inBoth(async (journey) => {
      const hollow = async () => (await journey.painted()).filter((one) => one.hollow).length
      const startAgain = await journey.stopAgent()
      await expect.poll(hollow, until).toBeGreaterThan(0)
      await startAgain()
      await expect.poll(hollow, { timeout: 60_000 }).toBe(0)
    }),
  )

  test.each(['popup', 'options'])('%s can be used by everybody', async (which) => {
    const [{ open } = journeys[0] as Journey] = journeys
    const own = await openExtensionPage(open, `${which}.html`, 'main')
    expect(await objections(own)).toEqual([])
    await own.close()
  })
})
