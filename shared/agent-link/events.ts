/** What happens at the agent, as it happens (WebSocket) or when asked (alarm); by number, so that nothing is missed while we sleep. */
import type { Event } from '../event.ts'
import { LiveMessage, livePath, livePong } from '../live.ts'
import type { ToldProblem } from '../words/say-problem.ts'
import type { Client } from './client.ts'
import { parseJson } from './json.ts'
import { bodyHash, isSignedBy } from './proof.ts'

export type EventParts = {
  client: Client
  /** The number of the last event seen; 0 before the first. Read from storage, since the background may have been put away. */
  lastSeen: () => Promise<number>
  /** New events in order, with the number to remember. */
  onEvents: (events: readonly Event[], last: number) => Promise<void>
  /** Events were forgotten before we asked: everything known is to be asked for again. `last` is the number to remember. */
  onGap: (last: number) => Promise<void>
}

/** Asks once for everything since the last number seen: what the alarm does. Answers the trouble, if any. */
export async function catchUp({ client, lastSeen, onEvents, onGap }: EventParts): Promise<ToldProblem | null> {
  for (;;) {
    const since = await lastSeen()
    const reply = await client.call('events', { query: { since } })
    if ('problem' in reply) return reply.problem
    const { events, last, gap } = reply.value
    if (gap) await onGap(last)
    else if (last > since) await onEvents(events, last)
    if (last <= since || gap) return null
  }
}

export type LiveParts = EventParts & {
  /** Opens a socket; `new WebSocket(url)` in a browser. */
  open: (url: string) => WebSocket
  /** Called for each ping: an extension API call here keeps the background awake (`runtime.getPlatformInfo()`). */
  onPing: () => void
  /** Trouble, or null once the agent's greeting was proven. */
  onState: (trouble: ToldProblem | null) => void
  /** Ends it: the last Procore tab was closed. */
  signal: AbortSignal
  /** Waits between two attempts, ms: 1 s, doubled up to 30 s. */
  wait?: (ms: number) => Promise<void>
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Stays connected until the signal; resolves then. A lost socket is opened again, from the last number seen. */
export async function follow(parts: LiveParts): Promise<void> {
  const { signal, wait = sleep, onState } = parts
  for (let pauseMs = 1000; !signal.aborted; pauseMs = Math.min(pauseMs * 2, 30_000)) {
    const ended = await listen(parts)
    if (signal.aborted) return
    onState(ended.problem)
    if (ended.greeted) pauseMs = 500
    await wait(pauseMs)
  }
}

type Ended = { greeted: boolean; problem: ToldProblem }

async function listen(parts: LiveParts): Promise<Ended> {
  const { client, lastSeen } = parts
  const reply = await client.call('eventTicket', { body: {} })
  if ('problem' in reply) return { greeted: false, problem: reply.problem }
  const { ticket } = reply.value
  const since = await lastSeen()
  const url = `${client.address().replace(/^http/, 'ws')}${livePath}?ticket=${ticket}&since=${since}`
  return run(parts, parts.open(url), ticket)
}

/** One socket's life. Messages are handled one after the other: storage is asked between them. */
function run(parts: LiveParts, socket: WebSocket, ticket: string): Promise<Ended> {
  const ended: Ended = { greeted: false, problem: { code: 'agent-unreachable' } }
  let work: Promise<void> = Promise.resolve()
  const fail = (code: string) => {
    ended.problem = { code }
    socket.close()
  }
  const handle = async (text: string) => {
    const message = LiveMessage.safeParse(parseJson(text))
    if (!message.success) return // a newer agent's message: the numbers still tell us what we missed
    if (!ended.greeted) {
      if (message.data.type !== 'hello' || !(await isAgent(parts.client, message.data.signature, ticket))) return fail('another-program')
      ended.greeted = true
      parts.onState(null)
    }
    await take(parts, socket, message.data)
  }
  return new Promise((resolve) => {
    const stop = () => socket.close()
    parts.signal.addEventListener('abort', stop, { once: true })
    socket.onmessage = ({ data }) => {
      work = work.then(() => handle(String(data))).catch(() => fail('agent-unreachable'))
    }
    socket.onclose = () => {
      parts.signal.removeEventListener('abort', stop)
      work.then(() => resolve(ended))
    }
    if (parts.signal.aborted) stop()
  })
}

async function take(parts: LiveParts, socket: WebSocket, message: LiveMessage): Promise<void> {
  if (message.type === 'hello' && message.gap) await parts.onGap(message.last)
  if (message.type === 'event') await parts.onEvents([message.event], message.event.n)
  if (message.type !== 'ping') return
  parts.onPing()
  socket.send(livePong)
}

const isAgent = async ({ agent }: Client, signature: string, ticket: string): Promise<boolean> =>
  isSignedBy(agent.jwk, signature, { jti: ticket, status: 101, bh: await bodyHash('') })
