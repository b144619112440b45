import type { Behaviour } from './api/endpoint.ts'
import type { Client } from './api/oauth.ts'
import type { RateLimits } from './api/rate-limit.ts'
import type { ErrorShape } from './api/rules/refusal.ts'
import { assumptions } from './assumptions.ts'
import type { Company } from './company.ts'

/** Which headers a 429 or 503 carries; the published pages disagree (facts 3). */
type WaitHeaders = 'both' | 'reset only' | 'retry-after only'

/** Everything about the stand-in's manners; may be changed while it runs (`standIn.behaviour`). */
export interface Manners extends Behaviour {
  /** Waited before each answer of the API. Milliseconds. */
  latencyMs: number
  waitHeaders: WaitHeaders
  /** Every refusal in this shape (facts 9.3); undefined: each in its usual one. */
  errorShape: ErrorShape | undefined
  missingCompanyHeader: 400 | 404
}

export interface StandInOptions extends Partial<Manners> {
  /** Seeds the company and the order of entities in sync answers. */
  seed?: number
  /** 0 or unset: any free port. */
  port?: number
  host?: string
  /** Milliseconds since 1970. Token expiry, rate windows and time stamps go by it. */
  now?: () => number
  rateLimits?: Partial<RateLimits>
  clients?: readonly Client[]
  /** Serve this company instead of a fresh practice company (for instance after a stop, as Procore coming back). */
  company?: Company
  /** PEM texts: serve https. */
  tls?: { key: string; cert: string }
  /** What company_base_url says; the stand-in's own address unless told. */
  webBaseUrl?: string
}

/** The service account the practice company knows. */
export const practiceClient: Client = { id: 'practice-client-id', secret: 'practice-client-secret' }

/** Far above what tests need; the published examples are 600 an hour and 25 in ten seconds (facts 3). */
export const generous: RateLimits = { hourly: 1_000_000, spike: 100_000 }
export const published: RateLimits = { hourly: 600, spike: 25 }

export const manners = (options: StandInOptions): Manners => ({
  mode: options.mode ?? 'strict',
  unlinkNull: options.unlinkNull ?? assumptions['unlink-null'].chosen,
  directCostLines: options.directCostLines ?? assumptions['direct-cost-lines'].chosen,
  latencyMs: options.latencyMs ?? 0,
  waitHeaders: options.waitHeaders ?? 'both',
  errorShape: options.errorShape,
  missingCompanyHeader: options.missingCompanyHeader ?? assumptions['missing-company-header'].chosen,
})
