/**
 * The agent's memory, table by table; migrations create exactly this. Times are ms since 1970 (UTC), small codes are positions
 * in the append-only lists named beside them, so that a million records stay under 350 bytes each, links and outbox included.
 */
import type { ActTables } from './tables/acts.ts'
import type { ExportTables } from './tables/exports.ts'
import type { ItemTables } from './tables/items.ts'
import type { PeopleTables } from './tables/people.ts'
import type { PlanTables } from './tables/plans.ts'

export type Tables = ExportTables & ItemTables & ActTables & PeopleTables & PlanTables
