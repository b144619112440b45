/** What every route says of itself; each noun beside this file has its own, joined in ../api.ts. */
import type * as z from 'zod/mini'
import type { Role } from '../pairing.ts'

type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  /** Least role; `anyone` proves a key nobody knows yet (to join with a code, or to ask), `machine` is for monitoring on loopback. */
  role: Role | 'anyone' | 'machine'
  says: string
  query?: z.ZodMiniType
  body?: z.ZodMiniType
  answer: z.ZodMiniType
}

export const route = <const T extends Route>(of: T): T => of
