import type { Company } from '../company.ts'
import type { Json, User } from '../items.ts'
import type { FieldErrors } from './rules/refusal.ts'
import type { Shape } from './rules/shape.ts'

export type UnlinkNull = 'clears' | '422' | '200-but-unchanged'
/** Whether lines may still be put under a direct cost whose header already carries an origin_id. See assumptions.ts. */
type DirectCostLines = 'may be added' | 'locked'

/** Behaviour that tests may switch while the stand-in runs. */
export interface Behaviour {
  mode: 'strict' | 'lenient'
  unlinkNull: UnlinkNull
  directCostLines: DirectCostLines
}

/** One request, understood: who asks, for which company and project, with what. */
export interface Call {
  company: Company
  behaviour: Behaviour
  path: (name: string) => string
  query: URLSearchParams
  body: { [key: string]: Json }
  /** The project named in path, query or body, once it was found visible. */
  projectId: number
  user: User | undefined
  baseUrl: string
  /** The full address as asked, for paging links. */
  url: URL
  shuffled: <T>(list: readonly T[]) => T[]
  /** Set by a fault: the error the nth row of a sync shall meet. */
  rowFault: (row: number) => FieldErrors | undefined
}

export interface Answer {
  status?: number
  body: Json
  headers?: Record<string, string>
}

export interface Endpoint {
  method: 'GET' | 'PATCH' | 'POST' | 'DELETE'
  /** In Hono's notation: /rest/v1.0/vendors/:id */
  path: string
  /** Names allowed in the query. `filters[id]` also allows `filters[id][]`. */
  query: readonly string[]
  body?: Shape
  /** Where the project stands that the call is about. */
  project?: 'path' | 'query' | 'body' | 'query or body'
  /** Where company_id is required beside the header. */
  companyIn?: 'path' | 'query' | 'body'
  /** These two need no company header (except with a client-credentials token, facts 1.3). */
  companyFree?: boolean
  /** No two of these at once in one project: 409 (facts 5.2). */
  serial?: string
  handle: (call: Call) => Answer
}
