/**
 * The table of routes: method, path, who may, what goes in, what comes back; each noun's part with its shapes in api/. Client, server and
 * openapi.json all derive from it. The wire speaks codes and numbers; words are chosen by the reader's language. Additive changes only
 * within a protocol version.
 */
import type * as z from 'zod/mini'
import { askRoutes } from './api/asks.ts'
import { auditRoutes } from './api/audit.ts'
import { certificateRoutes } from './api/certificates.ts'
import { columnRoutes } from './api/columns.ts'
import { connectionRoutes } from './api/connections.ts'
import { eventRoutes } from './api/events.ts'
import { groupRoutes } from './api/groups.ts'
import { handOverRoutes } from './api/hand-overs.ts'
import { historyRoutes } from './api/history.ts'
import { linkRoutes } from './api/links.ts'
import { machineRoutes } from './api/machine.ts'
import { mappingRoutes } from './api/mappings.ts'
import { matchRoutes } from './api/matches.ts'
import { meRoutes } from './api/me.ts'
import { peopleRoutes } from './api/people.ts'
import { planRoutes } from './api/plans.ts'
import { problemRoutes } from './api/problems.ts'
import { recoveryRoutes } from './api/recovery.ts'
import { runRoutes } from './api/runs.ts'
import { setUpRoutes } from './api/set-up.ts'
import { settingRoutes } from './api/settings.ts'
import { statusRoutes } from './api/status.ts'
import { unlinkRoutes } from './api/unlinks.ts'
import { watchRoutes } from './api/watches.ts'

export const routes = {
  ...meRoutes,
  ...statusRoutes,
  ...linkRoutes,
  ...matchRoutes,
  ...historyRoutes,
  ...unlinkRoutes,
  ...watchRoutes,
  ...eventRoutes,
  ...runRoutes,
  ...planRoutes,
  ...problemRoutes,
  ...connectionRoutes,
  ...setUpRoutes,
  ...handOverRoutes,
  ...mappingRoutes,
  ...columnRoutes,
  ...peopleRoutes,
  ...askRoutes,
  ...groupRoutes,
  ...recoveryRoutes,
  ...settingRoutes,
  ...certificateRoutes,
  ...auditRoutes,
  ...machineRoutes,
} as const

export type RouteName = keyof typeof routes
export type BodyOf<N extends RouteName> = (typeof routes)[N] extends { body: infer B extends z.ZodMiniType } ? z.infer<B> : undefined
export type QueryOf<N extends RouteName> = (typeof routes)[N] extends { query: infer Q extends z.ZodMiniType } ? z.infer<Q> : undefined
export type AnswerOf<N extends RouteName> = z.infer<(typeof routes)[N]['answer']>
