/** States of items: each is asked once, kept until an event says that it changed, and remembered for when the agent is gone. */
import type { StatusItem } from '../../shared/api/status.ts'
import { type ItemRef, itemKey } from '../../shared/item.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { PairedAgent } from '../agent-link/agents.ts'
import type { Reply } from '../agent-link/client.ts'
import type { Connections } from '../bridge/calls.ts'
import { clientOf } from './agents.ts'
import { arrived, freshOf, setOut } from './fresh.ts'
import { change, type LastKnown, read } from './storage.ts'
import { noteTrouble, troubleOf } from './troubles.ts'

const REMEMBERED = 2_000
const connections = new Map<string, Connections>()

/** States of the items asked for. `trouble` says why they are only last known; `asOf` is when the agent said so, by item. */
export type Statuses = {
  items: readonly StatusItem[]
  connections: Connections
  asOf: (key: string) => string
  trouble: ToldProblem | null
}

/** States for one page: from memory what is known there, the rest in one request. */
export async function statusesOf(agent: PairedAgent, company: string | null, items: readonly ItemRef[]): Promise<Reply<Statuses>> {
  const known = freshOf(agent.id)
  const unknown = items.filter((item) => !known.has(itemKey(item)))
  const answered = new Map<string, StatusItem>()
  const problem = unknown.length > 0 || (await troubleOf(agent.id)) ? await fetchStatuses(agent, company, unknown, answered) : null
  if (problem) return remembered(agent, items, problem)
  const found = items.flatMap((item) => answered.get(itemKey(item)) ?? known.get(itemKey(item)) ?? [])
  const now = new Date().toISOString()
  return { value: { items: found, connections: connections.get(agent.id) ?? {}, asOf: () => now, trouble: null } }
}

async function fetchStatuses(
  agent: PairedAgent,
  company: string | null,
  items: readonly ItemRef[],
  answered: Map<string, StatusItem>,
): Promise<ToldProblem | null> {
  const watch = setOut(agent.id)
  const reply = await clientOf(agent).call('status', { body: { company, items: [...items] } })
  arrived(watch)
  await noteTrouble(agent.id, 'problem' in reply ? reply.problem : null)
  if ('problem' in reply) return reply.problem
  for (const status of reply.value.items) {
    const key = `${status.type}:${status.id}`
    answered.set(key, status)
    if (!watch.all && !watch.forgotten.has(key)) freshOf(agent.id).set(key, status)
  }
  connections.set(agent.id, { ...connections.get(agent.id), ...reply.value.connections })
  await remember(agent.id, reply.value.items)
  return null
}

async function remember(agent: string, items: readonly StatusItem[]): Promise<void> {
  const asOf = new Date().toISOString()
  const added = Object.fromEntries(items.map((status) => [`${status.type}:${status.id}`, { status, asOf }]))
  await change('lastKnown', (all) => ({
    ...all,
    [agent]: { connections: connections.get(agent) ?? {}, items: newest({ ...all[agent]?.items, ...added }) },
  }))
}

/** Bounded, the newest kept. */
function newest(items: LastKnown['items']): LastKnown['items'] {
  const all = Object.entries(items)
  if (all.length <= REMEMBERED) return items
  return Object.fromEntries(all.toSorted(([, a], [, b]) => b.asOf.localeCompare(a.asOf)).slice(0, REMEMBERED))
}

/** What was last known, with the trouble that keeps us from asking; a refusal with nothing remembered is just that. */
async function remembered(agent: PairedAgent, items: readonly ItemRef[], trouble: ToldProblem): Promise<Reply<Statuses>> {
  const stored = (await read('lastKnown'))[agent.id]
  const found = items.flatMap((item) => stored?.items[itemKey(item)] ?? [])
  if (!stored || found.length === 0) return { problem: trouble }
  const asOf = (key: string): string => stored.items[key]?.asOf ?? ''
  return { value: { items: found.map(({ status }) => status), connections: stored.connections, asOf, trouble } }
}
