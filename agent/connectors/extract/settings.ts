/** A folder of exports, and what makes them. */
import { isAbsolute, win32 } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { type FolderSettings, folderOf } from '../folder/settings.ts'

const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
/** A relative one would be looked for wherever the agent was started; one on the network would run what another computer says. */
const here = z.string().check(z.refine((path) => (isAbsolute(path) || win32.isAbsolute(path)) && !/^[\\/]{2}/.test(path)))

const extractSettings = z.object({
  /** The program, of this machine. */
  command: here,
  /** What it runs; the script that comes with Tieback where it is left out. */
  script: z.optional(here),
  job: here,
  everyMinutes: z._default(z.int().check(z.gte(1), z.lte(10_080)), 60),
  /** A query that takes longer is ended. */
  limitMinutes: z._default(z.int().check(z.gte(1), z.lte(240)), 10),
  /** From and until when the ERP is left alone, in this computer's own time; both or none. */
  quietFrom: z.optional(clock),
  quietUntil: z.optional(clock),
})

export type ExtractSettings = z.input<typeof extractSettings> & FolderSettings
export type Extract = z.output<typeof extractSettings> & { script: string; folder: ReturnType<typeof folderOf> }

/** In the sources it lies beside this file, in the bundle in a folder of its own. */
const shippedScript = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './sage-odbc.ps1' : './extract/sage-odbc.ps1', import.meta.url),
)

/** Settings with what they leave out filled in. Throws a ZodError naming the field. */
export function extractOf(settings: ExtractSettings): Extract {
  const read = extractSettings.parse(settings)
  return { ...read, script: read.script ?? shippedScript, folder: folderOf(settings) }
}

export function extractFault(settings: ExtractSettings): string | null {
  const { error, data } = extractSettings.safeParse(settings)
  if (error) return String(error.issues[0]?.path[0] ?? 'command')
  return (data.quietFrom === undefined) === (data.quietUntil === undefined) ? null : 'quietUntil'
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** Until when the ERP is to be left alone (ms), or null while it may be asked. A window may pass midnight. */
export function quietUntil(
  { quietFrom, quietUntil: until }: Pick<ExtractSettings, 'quietFrom' | 'quietUntil'>,
  now: number,
): number | null {
  if (quietFrom === undefined || until === undefined) return null
  const at = new Date(now)
  const [minute, from, to] = [at.getHours() * 60 + at.getMinutes(), minuteOf(quietFrom), minuteOf(until)]
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to
  if (!isQuiet) return null
  const end = new Date(now)
  end.setHours(Math.floor(to / 60), to % 60, 0, 0)
  if (end.getTime() <= now) end.setDate(end.getDate() + 1)
  return end.getTime()
}
