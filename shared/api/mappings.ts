/** What is ticked in a connection's mapping: the tree to tick in, its versions, and the way back to one. */
import * as z from 'zod/mini'
import { route } from './route.ts'

const name = z.string().check(z.minLength(1), z.maxLength(60))
const Version = z.int().check(z.gte(0), z.lte(1_000_000_000))

/** By id of the tree; what is not named is as it is by default. */
const TicksShape = z.record(
  name,
  z.object({
    on: z.boolean(),
    off: z.array(name).check(z.maxLength(200)),
    /** Figures in the order a panel shows them; left out where they stand as they come. */
    order: z.optional(z.array(name).check(z.maxLength(100))),
  }),
)

export const MappedField = z.object({
  field: z.string(),
  /** hh2's own name, where its set-ups name the field. */
  hh2: z.nullable(z.string()),
  /** `needed`: its records cannot do without, so it stays ticked. `unread`: Tieback never reads it, so it stays unticked. */
  locked: z.nullable(z.string()),
  /** `sent`, `compared`; none where Procore has no place for it. */
  uses: z.array(z.string()),
  /** Whether the export last taken had it; null where none was taken. */
  inExport: z.nullable(z.boolean()),
})
export type MappedField = z.infer<typeof MappedField>

export const MappedEntity = z.object({
  id: z.string(),
  /** Tieback's own records; null where it has none of the kind. */
  entity: z.nullable(z.string()),
  hh2: z.nullable(z.string()),
  /** `known`: an export of the ERP is; `own-file`: its columns are named in this connection; `none`: a file has to be chosen; `no-place`: Tieback has no such records. */
  reader: z.string(),
  /** Exports it is read from, as people call them. */
  exports: z.array(z.string()),
  /** What becomes of its records: `sends`, `compares`, `carries` (figures of others), `nothing`. */
  does: z.string(),
  fields: z.array(MappedField),
  /** What its records’ panel shows of both sides, in the order it comes. */
  figures: z.array(z.string()),
})
export type MappedEntity = z.infer<typeof MappedEntity>

export const MappingVersion = z.object({
  version: z.number(),
  at: z.iso.datetime(),
  /** Who saved it; null for the command line in nobody's name. */
  person: z.nullable(z.string()),
  /** The earlier version it went back to. */
  back: z.nullable(z.number()),
})
export type MappingVersion = z.infer<typeof MappingVersion>

const MappingsAnswer = z.object({
  /** 0 where none was ever saved: then everything is ticked. */
  version: z.number(),
  ticks: TicksShape,
  entities: z.array(MappedEntity),
  /** Newest first, at most a hundred. */
  versions: z.array(MappingVersion),
})

const Saved = z.object({ version: z.number() })

export const mappingRoutes = {
  mappings: route({
    method: 'GET',
    path: '/connections/{id}/mappings',
    role: 'admin',
    says: 'What is ticked in a connection’s mapping, all that can be ticked with what it does here, and the versions saved so far.',
    answer: MappingsAnswer,
  }),
  mappingVersion: route({
    method: 'GET',
    path: '/connections/{id}/mappings/{version}',
    role: 'admin',
    says: 'What was ticked in one version; 0 is how every connection starts.',
    answer: z.object({ version: z.number(), ticks: TicksShape }),
  }),
  saveMapping: route({
    method: 'PUT',
    path: '/connections/{id}/mappings',
    role: 'admin',
    says: 'Saves what is ticked as a new version. Refused where another was saved since `basedOn`.',
    body: z.object({ basedOn: Version, ticks: TicksShape }),
    answer: Saved,
  }),
  mappingBack: route({
    method: 'POST',
    path: '/connections/{id}/mappings/back',
    role: 'admin',
    says: 'Goes back to an earlier version: a new one, the same to the byte.',
    body: z.object({ basedOn: Version, to: Version }),
    answer: Saved,
  }),
}
