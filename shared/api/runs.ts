/** Runs, and the schedule that starts them. */
import * as z from 'zod/mini'
import { ProblemShape } from './problems.ts'
import { route } from './route.ts'
import { Time } from './values.ts'

export const RunShape = z.object({
  id: z.string(),
  connection: z.string(),
  entity: z.nullable(z.string()),
  kind: z.string(),
  state: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: Time,
  file: z.nullable(z.string()),
  counts: z.record(z.string(), z.union([z.number(), z.string()])),
})
export type RunShape = z.infer<typeof RunShape>

/** What one day's runs came to, by the agent's own calendar (`yyyy-mm-dd`). */
const DayShape = z.object({ day: z.string(), runs: z.number(), failed: z.number(), rows: z.number() })
export type DayShape = z.infer<typeof DayShape>

export const ScheduleEntryShape = z.object({
  id: z.string(),
  connection: z.string(),
  entity: z.nullable(z.string()),
  name: z.string(),
  /** 'on-export', a number of minutes, or a cron text. */
  when: z.string(),
  last: Time,
  lastState: z.nullable(z.string()),
  next: Time,
  running: z.boolean(),
})
export type ScheduleEntryShape = z.infer<typeof ScheduleEntryShape>

export const runRoutes = {
  runs: route({
    method: 'GET',
    path: '/runs',
    role: 'viewer',
    says: 'Latest runs, newest first; `before` goes on where an earlier answer ended.',
    query: z.object({ limit: z.optional(z.coerce.number()), connection: z.optional(z.string()), before: z.optional(z.coerce.number()) }),
    answer: z.object({ runs: z.array(RunShape) }),
  }),
  runDays: route({
    method: 'GET',
    path: '/runs/days',
    role: 'viewer',
    says: 'How many runs there were each day, how many of them failed, and how many rows they read; days without any too.',
    query: z.object({ days: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(90))) }),
    answer: z.object({ days: z.array(DayShape), asOf: z.iso.datetime() }),
  }),
  run: route({
    method: 'GET',
    path: '/runs/{id}',
    role: 'viewer',
    says: 'One run, with what it would have written while watching only.',
    answer: z.object({
      run: RunShape,
      problems: z.array(ProblemShape),
      wouldWrite: z.array(z.object({ key: z.string(), op: z.string(), body: z.record(z.string(), z.unknown()) })),
    }),
  }),
  schedule: route({
    method: 'GET',
    path: '/schedule',
    role: 'viewer',
    says: 'Entries with last and next run.',
    answer: z.object({ entries: z.array(ScheduleEntryShape) }),
  }),
  runNow: route({
    method: 'POST',
    path: '/schedule/{id}/run',
    role: 'accountant',
    says: 'Run one entry now; answers the run that is already going if there is one.',
    body: z.object({}),
    answer: z.object({ run: z.string() }),
  }),
}
