/** What a watched folder needs to know. */
import { resolve } from 'node:path'
import * as z from 'zod/mini'

const folderSettings = z.object({
  /** Absolute; a share by its UNC path (mapped drives do not exist for services). */
  path: z.string().check(z.minLength(1)),
  /** A network share: events lie there, a dead one blocks, and files arrive slowly. */
  share: z._default(z.boolean(), false),
  /** How long a file must rest, ms; 1,000 on a local disk, 5,000 on a share. */
  quietMs: z.optional(z.int().check(z.gte(10), z.lte(600_000))),
  /** How often the folder is listed, ms; 30,000. On a local disk events mostly come first. */
  scanMs: z.optional(z.int().check(z.gte(10), z.lte(3_600_000))),
  /** `leave`: the ERP overwrites its file, a copy is filed. `move`: the file itself is filed and leaves the folder. */
  originals: z._default(z.enum(['leave', 'move']), 'leave'),
  /** How long filed and spooled copies are kept. */
  keepDays: z._default(z.int().check(z.gte(1), z.lte(3650)), 14),
})

export type FolderSettings = z.input<typeof folderSettings>
export type Folder = Required<z.output<typeof folderSettings>>

export const folderFault = (settings: FolderSettings): string | null => {
  const { error } = folderSettings.safeParse(settings)
  return error ? String(error.issues[0]?.path[0] ?? 'path') : null
}

/** Settings with what they leave out filled in. Throws a ZodError naming the field. */
export function folderOf(settings: FolderSettings): Folder {
  const read = folderSettings.parse(settings)
  return { ...read, path: resolve(read.path), quietMs: read.quietMs ?? (read.share ? 5000 : 1000), scanMs: read.scanMs ?? 30_000 }
}
