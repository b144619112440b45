/** States of items: each is asked once, kept until an event says that it changed, and remembered for when the agent is gone. */

import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import type { Client, Reply } from '../../shared/agent-link/client.ts'
import type { StatusItem } from '../../shared/api/status.ts'
import { type ItemRef, itemKey } from '../../shared/item.ts'
import type { Environment } from '../../shared/pages/hosts.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Connections } from '../bridge/calls.ts'
import { arrived, freshOf, keyAt, setOut } from './fresh.ts'
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

/** Who serves the page that asks, and what the page says of where it is. */
export type StatusPage = { agent: PairedAgent; client: Client; company: string | null; environment: Environment }
const keyOf = ({ environment }: StatusPage, item: ItemRef): string => keyAt(environment, itemKey(item))

/** States for one page: from memory what is known there, the rest in one request. */
export async function statusesOf(page: StatusPage, items: readonly ItemRef[]): Promise<Reply<Statuses>> {
  const { agent } = page
  const known = freshOf(agent.id)
  const unknown = items.filter((item) => !known.has(keyOf(page, item)))
  const answered = new Map<string, StatusItem>()
  const problem = unknown.length > 0 || (await troubleOf(agent.id)) ? await fetchStatuses(page, unknown, answered) : null
  if (problem) return remembered(page, items, problem)
  const found = items.flatMap((item) => answered.get(itemKey(item)) ?? known.get(keyOf(page, item)) ?? [])
  const now = new Date().toISOString()
  return { value: { items: found, connections: connections.get(agent.id) ?? {}, asOf: () => now, trouble: null } }
}

async function fetchStatuses(page: StatusPage, items: readonly ItemRef[], answered: Map<string, StatusItem>): Promise<ToldProblem | null> {
  const { agent, client, company } = page
  const watch = setOut(agent.id)
  const reply = await client.call('status', { body: { company, items: [...items] } })
  arrived(watch)
  await noteTrouble(agent.id, 'problem' in reply ? reply.problem : null)
  if ('problem' in reply) return reply.problem
  for (const status of reply.value.items) {
    const key = `${status.type}:${status.id}`
    answered.set(key, status)
    if (!watch.all && !watch.forgotten.has(key)) freshOf(agent.id).set(keyAt(page.environment, key), status)
  }
  connections.set(agent.id, { ...connections.get(agent.id), ...reply.value.connections })
  await remember(page, reply.value.items)
  return null
}

async function remember({ agent: { id: agent }, environment }: StatusPage, items: readonly StatusItem[]): Promise<void> {
  const asOf = new Date().toISOString()
  const added = Object.fromEntries(items.map((status) => [keyAt(environment, `${status.type}:${status.id}`), { status, asOf }]))
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
async function remembered(page: StatusPage, items: readonly ItemRef[], trouble: ToldProblem): Promise<Reply<Statuses>> {
  const stored = (await read('lastKnown'))[page.agent.id]
  const found = items.flatMap((item) => stored?.items[keyOf(page, item)] ?? [])
  if (!stored || found.length === 0) return { problem: trouble }
  const asOf = (key: string): string => stored.items[keyAt(page.environment, key)]?.asOf ?? ''
  return { value: { items: found.map(({ status }) => status), connections: stored.connections, asOf, trouble } }
}
