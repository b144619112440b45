/** What to know before the only admin's browser is lost, and the way back in at the server. */
import * as z from 'zod/mini'
import { route } from './route.ts'
import { Email, PersonName } from './values.ts'

export const RecoveryAnswer = z.object({
  /** The computer the agent runs on, and its data folder there. */
  computer: z.string(),
  folder: z.string(),
  ledger: z.string(),
  backups: z.string(),
  /** Null where none was ever made there. */
  newestBackup: z.nullable(z.string()),
  /** Where browsers reach the agent, best first. */
  addresses: z.array(z.string()),
  /** SHA-256 of the authority's certificate, as browsers and systems show it, or of the server's that was handed in (`own` false); null where the agent listens on loopback alone. */
  certificate: z.nullable(z.object({ fingerprint: z.string(), until: z.iso.datetime(), own: z.optional(z.boolean()) })),
  admins: z.array(z.object({ name: z.string(), email: z.string() })),
  at: z.iso.datetime(),
})
export type RecoveryAnswer = z.infer<typeof RecoveryAnswer>

export const recoveryRoutes = {
  recovery: route({
    method: 'GET',
    path: '/recovery',
    role: 'admin',
    says: 'What the recovery sheet says: where everything lies, and what certificate and admins there are. No secret.',
    answer: RecoveryAnswer,
  }),
  breakGlass: route({
    method: 'POST',
    path: '/break-glass',
    role: 'admin',
    says: 'For the command line at the server alone: this person is an admin from here on, with a code for one browser; their other browsers are shut out if that is asked for.',
    body: z.object({ email: Email, name: z.optional(PersonName), shutOut: z.boolean() }),
    answer: z.object({ person: z.string(), name: z.string(), code: z.string(), expiresAt: z.iso.datetime(), shutOut: z.number() }),
  }),
}
