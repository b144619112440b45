/** For monitoring on loopback, without a key. */
import * as z from 'zod/mini'
import { route } from './route.ts'

export const machineRoutes = {
  health: route({
    method: 'GET',
    path: '/health',
    role: 'machine',
    says: 'The process answers.',
    answer: z.object({ ok: z.literal(true), version: z.string() }),
  }),
  ready: route({
    method: 'GET',
    path: '/ready',
    role: 'machine',
    says: 'Ledger open, settings loaded, first listing done.',
    answer: z.object({ ready: z.boolean(), waiting: z.array(z.string()) }),
  }),
  metrics: route({ method: 'GET', path: '/metrics', role: 'machine', says: 'Prometheus text.', answer: z.string() }),
  openapi: route({ method: 'GET', path: '/openapi.json', role: 'machine', says: 'This table as OpenAPI 3.1.', answer: z.unknown() }),
}
