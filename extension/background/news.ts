/** What an agent's events mean for this browser: which states to forget, and who is told. */
import browser from 'webextension-polyfill'
import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import type { Event } from '../../shared/event.ts'
import { sayToast, toastsOf } from '../features/toasts/merge.ts'
import { askMeAgain } from './agents.ts'
import { changedBy } from './changed-by.ts'
import { forgetStatuses } from './fresh.ts'
import { change, readSettings } from './storage.ts'
import { frontTab, procoreTabs, tellPages } from './tell.ts'
import { readerWords } from './words.ts'

/** Handles events in order; the number is kept last, so that a stop in between tells them again rather than never. */
export async function handleEvents(agent: PairedAgent, events: readonly Event[], last: number): Promise<void> {
  const changed = changedBy(events)
  if (changed === 'all') askMeAgain(agent.id)
  await forgetEverywhere(agent, changed)
  const front = await frontTab()
  await tellPages((tab) => ({ news: 'events', events, front: tab === front }))
  await notifyOutside(agent, events)
  await change('lastEvent', (all) => ({ ...all, [agent.id]: last }))
}

/** Events were forgotten at the agent before we heard them: ask for everything anew. */
export async function handleGap(agent: PairedAgent, last: number): Promise<void> {
  askMeAgain(agent.id)
  await forgetEverywhere(agent, 'all')
  await change('lastEvent', (all) => ({ ...all, [agent.id]: last }))
}

async function forgetEverywhere(agent: PairedAgent, items: readonly string[] | 'all'): Promise<void> {
  if (items.length === 0) return
  forgetStatuses(agent.id, items)
  await tellPages(() => ({ news: 'changed', items }))
}

/** Only when no page could have told it, and when asked for: in the settings, or what a person asked to be told of one record. */
async function notifyOutside(agent: PairedAgent, events: readonly Event[]): Promise<void> {
  const { notify, toasts } = await readSettings()
  if ((await procoreTabs()).length > 0) return
  const words = await readerWords()
  const all = toastsOf(events, { person: agent.person.id, about: notify ? toasts : 'mine', onPage: () => false })
  for (const toast of all.filter(({ kind }) => notify || kind === 'watch'))
    await browser.notifications.create(`tieback-${toast.id}`, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('/icon/48.png' as never),
      title: `Tieback · ${agent.name}`,
      message: sayToast(toast, words),
    })
}
