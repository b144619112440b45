/** How a browser joins, and who it then is to this agent. */
import * as z from 'zod/mini'
import { PairAnswer, PairRequest } from '../pairing.ts'
import { route } from './route.ts'
import { Time } from './values.ts'

export const MeAnswer = z.object({
  agent: z.string(),
  version: z.string(),
  protocol: z.object({ min: z.number(), max: z.number() }),
  capabilities: z.array(z.string()),
  person: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }),
  /** Procore companies served here, with the hosts' company ids pages show. */
  companies: z.array(z.object({ id: z.string(), name: z.string() })),
  connections: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      company: z.string(),
      erp: z.string(),
      erpCompany: z.string(),
      owner: z.string(),
      active: z.boolean(),
      /** production, sandbox, monthly or custom: which Procore it reaches. Agents before this one say nothing of it. */
      environment: z.optional(z.string()),
      writing: z.array(z.string()),
      /** Whether I may unlink there, and who says so; `granted` is null while nobody could be asked. */
      approver: z.optional(z.object({ source: z.string(), granted: z.nullable(z.boolean()), asOf: Time })),
    }),
  ),
})
export type MeAnswer = z.infer<typeof MeAnswer>

export const meRoutes = {
  pair: route({
    method: 'POST',
    path: '/pair',
    role: 'anyone',
    says: 'A browser joins with a code and registers its key.',
    body: PairRequest,
    answer: PairAnswer,
  }),
  me: route({ method: 'GET', path: '/me', role: 'viewer', says: 'Who I am to this agent, and what it can do.', answer: MeAnswer }),
}
