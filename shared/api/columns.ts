/** Naming the columns of a file that is no known export: proposed from its start, confirmed by a person, kept with the connection. */
import * as z from 'zod/mini'
import { entities } from '../item.ts'
import { route } from './route.ts'

/** Of a file its first 64 KB: header and first rows. */
export const sampleBytes = 65_536

const name = z.string().check(z.minLength(1), z.maxLength(60))
const header = z.string().check(z.minLength(1), z.maxLength(254))
const dates = ['yyyy-mm-dd', 'mm/dd/yyyy', 'dd/mm/yyyy', 'dd.mm.yyyy', 'mmddyyyy', 'ddmmyyyy', 'yyyymmdd', 'dd-mon-yyyy'] as const

/** How its values are read, where that is other than the connection is set to. It counts for every file of the connection. */
const Reading = z.object({
  date: z.optional(z.enum(dates)),
  decimal: z.optional(z.enum(['.', ','])),
  thousands: z.optional(z.array(z.enum([',', '.', ' ', "'"]))),
  minus: z.optional(z.array(z.enum(['leading', 'trailing', 'parentheses', 'unicode', 'cr']))),
  delimiter: z.optional(z.enum(['auto', ',', ';', '\t', '|'])),
})

const ProposedColumns = z.object({
  /** The export it is recognised as, which needs no columns named; null for any other file. */
  known: z.nullable(z.string()),
  entity: z.string(),
  confidence: z.number(),
  /** What else its records may be, likeliest first. */
  others: z.array(z.string()),
  header: z.array(z.string()),
  /** Fields of the entity; `needed`: its records cannot be told apart without. */
  fields: z.array(z.object({ field: z.string(), needed: z.boolean() })),
  /** `confidence` from 0 to 1, and what speaks for it (words `column.because.<code>`). */
  columns: z.array(z.object({ field: z.string(), header: z.string(), confidence: z.number(), because: z.array(z.string()) })),
  /** What the sample says of the reading, other than it is set. */
  reading: Reading,
  /** What it leaves open: a person chooses one. */
  open: z.object({ date: z.array(z.enum(dates)), decimal: z.array(z.enum(['.', ','])) }),
})
export type ProposedColumns = z.infer<typeof ProposedColumns>

export const columnRoutes = {
  proposeColumns: route({
    method: 'POST',
    path: '/connections/{id}/columns/propose',
    role: 'admin',
    says: 'Proposes which column of a file is which field, from its start, each with how sure it is and why. Nothing is kept.',
    body: z.object({
      file: header,
      /** Its first bytes, Base64. */
      sample: z.string().check(z.maxLength(Math.ceil(sampleBytes / 3) * 4)),
      entity: z.optional(z.enum(entities)),
    }),
    answer: ProposedColumns,
  }),
  saveColumns: route({
    method: 'PUT',
    path: '/connections/{id}/columns',
    role: 'admin',
    says: 'Keeps which column feeds which field of an entity, as a person confirmed it; files with these columns are read by it from then on.',
    body: z.object({ entity: z.enum(entities), columns: z.record(name, header), reading: Reading }),
    answer: z.object({ entity: z.string() }),
  }),
}
