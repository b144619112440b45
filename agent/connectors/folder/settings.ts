/** What a watched folder needs to know. */
import { resolve } from 'node:path'
import { z } from 'zod'

const folderSettings = z.object({
  /** Absolute; a share by its UNC path (mapped drives do not exist for services). */
  path: z.string().min(1),
  /** A network share: events lie there, a dead one blocks, and files arrive slowly. */
  share: z.boolean().default(false),
  /** How long a file must rest, ms; 1,000 on a local disk, 5,000 on a share. */
  quietMs: z.number().int().min(10).max(600_000).optional(),
  /** How often the folder is listed, ms; 30,000. On a local disk events mostly come first. */
  scanMs: z.number().int().min(10).max(3_600_000).optional(),
  /** `leave`: the ERP overwrites its file, a copy is filed. `move`: the file itself is filed and leaves the folder. */
  originals: z.enum(['leave', 'move']).default('leave'),
  /** How long filed and spooled copies are kept. */
  keepDays: z.number().int().min(1).max(3650).default(14),
})

export type FolderSettings = z.input<typeof folderSettings>
export type Folder = Required<z.output<typeof folderSettings>>

/** Settings with what they leave out filled in. Throws a ZodError naming the field. */
export function folderOf(settings: FolderSettings): Folder {
  const read = folderSettings.parse(settings)
  return { ...read, path: resolve(read.path), quietMs: read.quietMs ?? (read.share ? 5000 : 1000), scanMs: read.scanMs ?? 30_000 }
}
