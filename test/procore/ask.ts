import { practiceClient } from './options.ts'
import type { StandIn } from './stand-in.ts'

/** One answer of the stand-in, for its own tests. `json` is parsed, whatever its shape. */
interface Heard {
  status: number
  headers: Headers
  json: unknown
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Heard>

export async function signIn(standIn: Pick<StandIn, 'url'>): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: practiceClient.id, client_secret: practiceClient.secret }
  const response = await fetch(`${standIn.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  return ((await response.json()) as { access_token: string }).access_token
}

/** Asks as the service account, with the company header. */
export async function asker(standIn: StandIn): Promise<Ask> {
  const token = await signIn(standIn)
  return async (method, path, body, headers = {}) => {
    const usual = { authorization: `Bearer ${token}`, 'procore-company-id': String(standIn.company.id), 'content-type': 'application/json' }
    const sent = { method, headers: { ...usual, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await fetch(`${standIn.url}${path}`, sent)
    const text = await response.text()
    return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }
  }
}

export interface SyncAnswer {
  entities: { [field: string]: unknown }[]
  errors: { errors: { [field: string]: string[] }; [field: string]: unknown }[]
}

export async function syncVendors(standIn: StandIn, ask: Ask, updates: object[]): Promise<SyncAnswer> {
  const heard = await ask('PATCH', '/rest/v1.0/vendors/sync', { company_id: standIn.company.id, updates })
  return heard.json as SyncAnswer
}
