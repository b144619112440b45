import type { Company } from '../company.ts'
import type { Json } from '../items.ts'
import type { Random } from '../random.ts'
import type { Answer, Behaviour, Call, Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { match } from './match.ts'
import type { Tokens } from './oauth.ts'
import { type ErrorShape, type FieldErrors, Refusal, refusalBody } from './rules/refusal.ts'
import { isBody, objections } from './rules/shape.ts'

/** A request to /rest, read whole. */
export interface RestRequest {
  method: string
  url: URL
  header: (name: string) => string | undefined
  /** Parsed JSON; undefined without a body, null in place of one that is no JSON. */
  body: Json
  rowFault: (row: number) => FieldErrors | undefined
}

export interface RestAnswer {
  status: number
  headers: Record<string, string>
  body: Json
}

export interface RestParts {
  company: Company
  tokens: Tokens
  behaviour: Behaviour & { errorShape: ErrorShape | undefined; missingCompanyHeader: 400 | 404 }
  chance: Random
  /** Where a person's browser finds the pages (company_base_url). */
  webBaseUrl: string
  /** Told of everything the published reference does not know, in both modes. */
  violation: (text: string) => void
}

/** The endpoint asked for and the call made ready, or the refusal. Nothing is written yet. */
export function understand(parts: RestParts, request: RestRequest): { endpoint: Endpoint; call: Call } | { refusal: Refusal } {
  try {
    return admit(parts, request)
  } catch (trouble) {
    if (trouble instanceof Refusal) return { refusal: trouble }
    throw trouble
  }
}

/** Carries the call out and draws the answer. */
export function carryOut(parts: RestParts, endpoint: Endpoint, call: Call): RestAnswer {
  try {
    return drawn(endpoint.handle(call))
  } catch (trouble) {
    if (trouble instanceof Refusal) return refused(parts, trouble)
    throw trouble
  }
}

const drawn = ({ status = 200, headers = {}, body }: Answer): RestAnswer => ({ status, headers, body })

export function refused(parts: RestParts, refusal: Refusal): RestAnswer {
  return { status: refusal.status, headers: {}, body: refusalBody(refusal, parts.behaviour.errorShape) }
}

function admit(parts: RestParts, request: RestRequest): { endpoint: Endpoint; call: Call } {
  const token = parts.tokens.alive(request.header('authorization') ?? null)
  if (!token) throw new Refusal(401, 'The access token is invalid')
  const found = match(endpoints, request.method, request.url.pathname)
  if (!found) return unknown(parts, `${request.method} ${request.url.pathname} is not in the published reference`)
  const user = token.userId === undefined ? undefined : parts.company.tables.users.get(token.userId)
  checkHeader(parts, found.endpoint, request, token.userId === undefined)
  const call = makeCall(parts, request, found.params, user)
  checkWords(parts, found.endpoint, call)
  checkCompany(parts, found.endpoint, call)
  return { endpoint: found.endpoint, call: { ...call, projectId: projectOf(found.endpoint, call) } }
}

function unknown(parts: RestParts, text: string): never {
  parts.violation(text)
  throw parts.behaviour.mode === 'strict' ? new Refusal(400, `Not in the reference: ${text}`) : new Refusal(404, 'Item not found')
}

function makeCall(parts: RestParts, request: RestRequest, params: { [name: string]: string }, user: Call['user']): Call {
  if (request.body === null) throw new Refusal(400, 'The body is not JSON')
  return {
    ...{ company: parts.company, behaviour: parts.behaviour, query: request.url.searchParams, url: request.url, user, projectId: 0 },
    ...{ body: isBody(request.body) ? request.body : {}, baseUrl: parts.webBaseUrl, rowFault: request.rowFault },
    path: (name) => params[name] ?? '',
    shuffled: (list) => parts.chance.shuffled(list),
  }
}

/** Facts 1.3: every call carries the company header; /me and /companies only with a client-credentials token. */
function checkHeader(parts: RestParts, endpoint: Endpoint, request: RestRequest, isService: boolean): void {
  const header = request.header('procore-company-id')
  if (header === undefined && endpoint.companyFree && !isService) return
  if (header === undefined) throw missingHeader(parts.behaviour.missingCompanyHeader)
  if (header !== String(parts.company.id)) throw new Refusal(403, 'App is not connected to this company')
}

const missingHeader = (status: 400 | 404) =>
  status === 404
    ? new Refusal(404, 'Item not found')
    : new Refusal(400, 'Missing Procore-Company-Id header! Send it with each request.', 'message')

/** Query names, body keys and types against the reference: refused by name in strict mode, noted and ignored in lenient mode. */
function checkWords(parts: RestParts, endpoint: Endpoint, call: Call): void {
  const known = new Set(endpoint.query)
  const names = [...new Set(call.query.keys())].filter((name) => !known.has(name) && !known.has(name.replace(/\[\]$/, '')))
  const found = [...names.map((name) => `query ${name} is unknown`), ...(endpoint.body ? objections(call.body, endpoint.body) : [])]
  for (const text of found) parts.violation(`${endpoint.method} ${endpoint.path}: ${text}`)
  if (found.length > 0 && parts.behaviour.mode === 'strict') throw new Refusal(400, `Not in the reference: ${found.join('; ')}`)
}

function checkCompany(parts: RestParts, { companyIn }: Endpoint, call: Call): void {
  if (companyIn === undefined) return
  const given =
    companyIn === 'path' ? call.path('company_id') : companyIn === 'query' ? call.query.get('company_id') : call.body['company_id']
  if (given === null || given === undefined) throw new Refusal(400, { company_id: ["can't be blank"] })
  if (String(given) !== String(parts.company.id)) throw new Refusal(403, 'App is not connected to this company')
}

/** The project named by the call; one that is unknown or not permitted answers 404 (facts 9.2). */
function projectOf({ project }: Endpoint, call: Call): number {
  if (project === undefined) return 0
  const inQuery = project === 'body' ? null : call.query.get('project_id')
  const given = project === 'path' ? call.path('project_id') : (inQuery ?? (project === 'query' ? null : call.body['project_id']))
  if (given === null || given === undefined) throw new Refusal(400, { project_id: ["can't be blank"] })
  const found = call.company.tables.projects.get(Number(given))
  if (!found || found.deleted_at !== null || !call.company.maySeeProject(found.id)) throw new Refusal(404, 'Item not found')
  return found.id
}
