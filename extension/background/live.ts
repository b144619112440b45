/** Stays in touch with the agents: by socket while a Procore tab is open, else by an alarm each minute. Nothing is missed, by number. */
import browser from 'webextension-polyfill'
import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import { catchUp, type EventParts, follow } from '../../shared/agent-link/events.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { clientOf } from './agents.ts'
import { handleEvents, handleGap } from './news.ts'
import { change, read } from './storage.ts'
import { procoreTabs, tellPages } from './tell.ts'
import { noteTrouble } from './troubles.ts'

const ALARM = 'catch-up'
const MIDNIGHT = 'midnight'
const following = new Map<string, AbortController>()

/** Registers what wakes the background; called synchronously at its start, as both browsers demand. */
export function stayInTouch(): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void look()
    if (name === MIDNIGHT) void newDay()
  })
  browser.tabs.onRemoved.addListener(() => void look())
  void browser.alarms.create(ALARM, { periodInMinutes: 1 })
  void browser.alarms.create(MIDNIGHT, { when: nextMidnight(new Date()) })
  void look()
}

/** “As of 14:02” means another day from now on. */
async function newDay(): Promise<void> {
  await browser.alarms.create(MIDNIGHT, { when: nextMidnight(new Date()) })
  await tellPages(() => ({ news: 'changed', items: 'all' }))
}

const nextMidnight = (now: Date): number => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()

/** Follows each agent while a Procore tab is open, lets go when none is, and catches up either way. */
export async function look(): Promise<void> {
  const open = (await procoreTabs()).length > 0
  const agents = await read('agents')
  for (const [id, ended] of following)
    if (!open || agents.every((agent) => agent.id !== id)) {
      ended.abort()
      following.delete(id)
    }
  for (const agent of agents)
    if (!open) await catchUpOnce(agent)
    else if (!following.has(agent.id)) followAgent(agent)
}

function followAgent(agent: PairedAgent): void {
  const ended = new AbortController()
  following.set(agent.id, ended)
  const parts = {
    ...partsOf(agent),
    open: (url: string) => new WebSocket(url),
    onPing: () => void browser.runtime.getPlatformInfo(), // an extension call keeps the background from being put away (both browsers, 30 s)
    onState: (trouble: ToldProblem | null) => void noteTrouble(agent.id, trouble), // badges turn hollow when the agent goes, and full again when it is back
    signal: ended.signal,
  }
  void startAt(agent).then(() => follow(parts))
}

async function catchUpOnce(agent: PairedAgent): Promise<void> {
  if (await startAt(agent)) await noteTrouble(agent.id, await catchUp(partsOf(agent)))
}

/** The first time, only what happens from now on is news. False while the agent does not say where its events stand. */
async function startAt(agent: PairedAgent): Promise<boolean> {
  if ((await read('lastEvent'))[agent.id] !== undefined) return true
  const reply = await clientOf(agent).call('status', { body: { company: null, items: [] } })
  if ('problem' in reply) return false
  await change('lastEvent', (all) => ({ [agent.id]: reply.value.event, ...all }))
  return true
}

const partsOf = (agent: PairedAgent): EventParts => ({
  client: clientOf(agent),
  lastSeen: async () => (await read('lastEvent'))[agent.id] ?? 0,
  onEvents: (events, last) => handleEvents(agent, events, last),
  onGap: (last) => handleGap(agent, last),
})
