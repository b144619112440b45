/** What goes over the WebSocket at /events/live: the agent speaks, the browser answers each ping so that it is not put to sleep. */
import * as z from 'zod/mini'
import { Event } from './event.ts'

export const livePath = '/events/live'

/** The agent pings this often; both browsers put a silent background to sleep after 30 s (design, “Speed”). */
export const pingEveryMs = 20_000

/** First message: proves that the agent itself answers, and says where its events stand. */
const Hello = z.object({
  type: z.literal('hello'),
  /** Number of the last event there is. */
  last: z.number(),
  /** True when events after `since` have been forgotten: reload. */
  gap: z.boolean(),
  /** Detached JWS by the agent's key over {jti: ticket, status: 101, bh: hash of no body}. */
  signature: z.string(),
})

export const LiveMessage = z.discriminatedUnion('type', [
  Hello,
  z.object({ type: z.literal('event'), event: Event }),
  z.object({ type: z.literal('ping') }),
])
export type LiveMessage = z.infer<typeof LiveMessage>

export const livePong = JSON.stringify({ type: 'pong' })
