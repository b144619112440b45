/** What the background answers the page that tells a record's whole history. */

import type { Client, Reply } from '../../shared/agent-link/client.ts'
import type { LinkAnswer } from '../../shared/api/links.ts'
import { mayAct, type Role } from '../../shared/pairing.ts'
import type { Connections } from '../bridge/calls.ts'
import type { OwnCalls } from '../bridge/own-calls.ts'
import type { RecordAt } from '../bridge/own-pages.ts'
import { clientAt, meOf } from './agents.ts'
import { badgeOf } from './badge-model.ts'
import { read } from './storage.ts'
import { readerWords } from './words.ts'

type Name = 'record' | 'history' | 'evidence' | 'snapshot'
type Known = { client: Client; params: { id: string }; role: Role }

export const historyAnswers: { [N in Name]: (input: OwnCalls[N]['input']) => Promise<Reply<OwnCalls[N]['output']>> } = {
  record: (at) =>
    withAgent(at, async ({ client, params, role }) => {
      const reply = await client.call('link', { params })
      if ('problem' in reply) return reply
      const link = reply.value
      const now = new Date()
      const known = { status: link.status, connections: connectionsOf(link), asOf: now.toISOString(), trouble: null }
      const badge = badgeOf(known, await readerWords(), now)
      return { value: { link, badge, mayKeep: mayAct(role, 'accountant') } }
    }),

  history: ({ before, ...at }) =>
    withAgent(at, ({ client, params }) => client.call('history', { params, query: before === null ? {} : { before: String(before) } })),

  evidence: (at) =>
    withAgent(at, async ({ client, params }) =>
      client.call('evidence', { query: { link: params.id, lang: (await readerWords()).language } }),
    ),

  snapshot: (at) => withAgent(at, ({ client, params }) => client.call('snapshot', { params })),
}

/** The one it belongs to, as far as a badge speaks of it. */
const connectionsOf = ({ connection, nextRun }: LinkAnswer): Connections =>
  connection ? { [connection.id]: { ...connection, nextRun, writing: [], old: null } } : {}

async function withAgent<T>(
  { agent: id, id: item, environment = 'production' }: RecordAt,
  call: (known: Known) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const agent = (await read('agents')).find((one) => one.id === id)
  if (!agent) return { problem: { code: 'not-paired' } }
  const me = await meOf(agent)
  if ('problem' in me) return me
  if (!me.value.capabilities.includes('history')) return { problem: { code: 'agent-too-old' } }
  return call({ client: clientAt(agent, environment), params: { id: String(item) }, role: me.value.person.role as Role })
}
