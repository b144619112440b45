/** What happened, by number, for readers that slept or listen. */
import * as z from 'zod/mini'
import { Event } from '../event.ts'
import { route } from './route.ts'

export const eventRoutes = {
  events: route({
    method: 'GET',
    path: '/events',
    role: 'viewer',
    says: 'Events after a number, oldest first, at most 500.',
    query: z.object({ since: z.coerce.number() }),
    answer: z.object({
      events: z.array(Event),
      last: z.number(),
      /** True when events before the first one here have been forgotten: reload. */ gap: z.boolean(),
    }),
  }),
  eventTicket: route({
    method: 'POST',
    path: '/events/ticket',
    role: 'viewer',
    says: 'A one-time ticket, 30 s, to open the WebSocket at /events/live?ticket=….',
    body: z.object({}),
    answer: z.object({ ticket: z.string() }),
  }),
}
