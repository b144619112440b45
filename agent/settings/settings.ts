import { hostname } from 'node:os'
import { join } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import * as z from 'zod/mini'
import en from 'zod/v4/locales/en.js'
import { readIfThere, writeFlushed } from './flushed-file.ts'

z.config(en()) // what is wrong with a setting is said in a sentence

const text = z.string().check(z.minLength(1))
const port = z.int().check(z.gte(0), z.lte(65_535))

/** Everything this agent needs before its ledger is open. Paths are inside the data folder unless absolute. */
const settingsShape = z.strictObject({
  version: z.literal(1),
  /** What people see when they pair. */
  name: text.check(z.maxLength(120)),
  ledger: text,
  spool: text,
  /** File of the log; null writes to standard output. */
  log: z.strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error']), file: z.nullable(text) }),
  listen: z.strictObject({
    /** Loopback, plain HTTP. */
    port,
    /** The local network, over TLS; null until it is switched on. `names` are the host names and addresses browsers may use. */
    lan: z.nullable(z.strictObject({ address: text, port, names: z.array(text).check(z.minLength(1)) })),
  }),
  /** Where credentials lie: in the operating system's store, or encrypted beside a key file only this user may read. */
  credentials: z.enum(['os', 'file']),
})
export type Settings = z.infer<typeof settingsShape>

export const defaultSettings = (): Settings => ({
  version: 1,
  name: hostname(),
  ledger: 'ledger.db',
  spool: 'spool',
  log: { level: 'info', file: null },
  listen: { port: 4711, lan: null },
  credentials: process.platform === 'linux' ? 'file' : 'os',
})

/** Settings that cannot be used; the message names the file, the place in it, and what to do. */
export class SettingsFault extends Error {
  override name = 'SettingsFault'
}

export type SettingsFile = { path: string; data: Settings; change(by: (data: Settings) => void): Promise<void> }

/** Opens `tieback.json` in a data folder; null when there is none. Throws SettingsFault. */
export async function openSettings(folder: string): Promise<SettingsFile | null> {
  const path = join(folder, 'tieback.json')
  const low = new Low<Settings | null>(adapter(path), null)
  await low.read()
  return low.data ? fileOf(path, low as Low<Settings>) : null
}

/** Writes a first `tieback.json`. */
export async function makeSettings(folder: string, data: Settings): Promise<SettingsFile> {
  const path = join(folder, 'tieback.json')
  const low = new Low<Settings>(adapter(path) as Adapter<Settings>, data)
  await low.write()
  return fileOf(path, low)
}

const fileOf = (path: string, low: Low<Settings>): SettingsFile => ({
  path,
  get data() {
    return low.data
  },
  async change(by) {
    const next = structuredClone(low.data)
    by(next)
    low.data = checked(path, next)
    await low.write()
  },
})

/** lowdb's own adapter neither flushes nor keeps what was there before. */
function adapter(path: string): Adapter<Settings | null> {
  return {
    async read() {
      const text = await readIfThere(path)
      return text === null ? null : checked(path, parsed(path, text))
    },
    write: (data) => writeFlushed(path, `${JSON.stringify(data, null, 2)}\n`, { keep: true }),
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SettingsFault(`${path} is no JSON (${String(cause)}). Correct it, or copy ${path}.bak over it.`, { cause })
  }
}

function checked(path: string, data: unknown): Settings {
  const { success, error, data: settings } = settingsShape.safeParse(data)
  if (success) return settings
  const wrong = error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`).join('; ')
  throw new SettingsFault(`${path} cannot be used. ${wrong}. Correct it, or copy ${path}.bak over it.`)
}
