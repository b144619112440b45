/** What an admin sets of the agent as a whole: how much it logs, and its backups. */
import * as z from 'zod/mini'
import { route } from './route.ts'
import { Time } from './values.ts'

export const logLevels = ['error', 'warn', 'info', 'debug'] as const
const LogLevel = z.enum(logLevels)

/** A time of the server's clock. */
const TimeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const Daily = z.object({ at: TimeOfDay, keep: z.int().check(z.gte(1), z.lte(365)) })

export const SettingsAnswer = z.object({
  /** The agent's data folder on its server. */
  folder: z.string(),
  log: z.object({
    level: z.string(),
    /** When it falls back by itself, and to what; null: it stays. */
    until: Time,
    after: z.nullable(z.string()),
    /** Null: it goes to standard output. */
    file: z.nullable(z.string()),
  }),
  backup: z.object({
    folder: z.string(),
    /** Bytes free where backups lie. */
    free: z.number(),
    daily: z.nullable(Daily),
    /** When the next daily one is due. */
    next: Time,
    /** The one that is being made: so many bytes of so many are copied, then it is read back. */
    running: z.nullable(z.object({ since: z.iso.datetime(), step: z.enum(['copying', 'checking']), bytes: z.number(), of: z.number() })),
    /** The last that was made and read back whole; what it holds is as of `asOf`. */
    made: z.nullable(z.object({ asOf: z.iso.datetime(), file: z.string(), bytes: z.number() })),
    /** The last try that failed, and why (`backup.<reason>`, else as the system said it). */
    failed: z.nullable(z.object({ at: z.iso.datetime(), reason: z.string() })),
    /** What lies there, the newest first. */
    files: z.array(z.object({ name: z.string(), asOf: z.iso.datetime(), bytes: z.number(), daily: z.boolean() })),
  }),
})
export type SettingsAnswer = z.infer<typeof SettingsAnswer>

export const settingRoutes = {
  settings: route({
    method: 'GET',
    path: '/settings',
    role: 'admin',
    says: 'How much is logged, and how backups stand: what lies where, what is being made, what failed.',
    answer: SettingsAnswer,
  }),
  setLogLevel: route({
    method: 'PUT',
    path: '/settings/log',
    role: 'admin',
    says: 'How much is logged, from now on; debug falls back after an hour.',
    body: z.object({ level: LogLevel }),
    answer: z.object({ level: z.string(), until: Time }),
  }),
  setBackups: route({
    method: 'PUT',
    path: '/settings/backup',
    role: 'admin',
    says: 'When a backup is made every day, and how many of these are kept; none by itself with null.',
    body: z.object({ daily: z.nullable(Daily) }),
    answer: z.object({ next: Time }),
  }),
  backUp: route({
    method: 'POST',
    path: '/settings/backup',
    role: 'admin',
    says: 'Begins a backup now; `settings` tells how far it is and how it ended.',
    body: z.object({}),
    answer: z.object({ begun: z.boolean() }),
  }),
}
