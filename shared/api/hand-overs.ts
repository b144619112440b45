/** Id and secret of Procore's app from whoever administers it there: a sheet to print, and a page that takes them, once (PROTOCOL.md, “Handing over”). */
import * as z from 'zod/mini'
import { entities } from '../item.ts'
import { route } from './route.ts'
import { AskedDraft } from './set-up.ts'
import { Id } from './values.ts'

/** What a tool of Procore must allow the app; its names and levels are Procore's own. */
const ToolShape = z.object({
  name: z.string(),
  /** Of the company, of each project, or of both. */
  of: z.enum(['company', 'project', 'both']),
  /** Kinds of record it is needed for; none where every connection needs it. */
  entities: z.array(z.enum(entities)),
  /** As things are allowed now, and once everything here may be written. */
  level: z.string(),
  levelToWrite: z.string(),
})
export type ToolShape = z.infer<typeof ToolShape>

const HandOverShape = z.object({
  id: z.string(),
  /** Null for one that is not saved yet. */
  connection: z.nullable(z.string()),
  /** What stood in the form, without secrets: it goes on with this. */
  draft: AskedDraft,
  /** Who made the sheet; null where nobody is known by that number. */
  person: z.nullable(z.string()),
  until: z.iso.datetime(),
  /** waiting, arrived, expired, locked (too many wrong codes). */
  state: z.string(),
  arrived: z.nullable(z.object({ at: z.iso.datetime(), from: z.nullable(z.string()) })),
})
export type HandOverShape = z.infer<typeof HandOverShape>

const Code = z.string().check(z.maxLength(20))

export const handOverRoutes = {
  handOvers: route({
    method: 'GET',
    path: '/hand-overs',
    role: 'admin',
    says: 'Sheets that were handed out and not dealt with yet. What arrived is never told.',
    answer: z.object({ handOvers: z.array(HandOverShape) }),
  }),
  makeHandOver: route({
    method: 'POST',
    path: '/hand-overs',
    role: 'admin',
    says: 'A sheet for the Procore admin, with a code for a day; `id` where the connection is known. An earlier sheet of the same connection is void.',
    body: z.object({ id: z.optional(Id), draft: AskedDraft }),
    answer: z.object({
      id: z.string(),
      /** Told this once: only its hash is kept. */
      code: z.string(),
      until: z.iso.datetime(),
      /** Where the page is opened; `here`: on the agent's own computer alone. */
      address: z.string(),
      here: z.boolean(),
      tools: z.array(ToolShape),
      /** Projects of this connection that Procore lists for the app now; `more` are not named. */
      projects: z.array(z.string()),
      more: z.number(),
    }),
  }),
  withdrawHandOver: route({
    method: 'DELETE',
    path: '/hand-overs/{id}',
    role: 'admin',
    says: 'This sheet no longer counts; what arrived by it is deleted.',
    answer: z.object({ withdrawn: z.boolean() }),
  }),
  lookHandOver: route({
    method: 'POST',
    path: '/hand-overs/{id}/look',
    role: 'anyone',
    says: 'What id and secret are wanted for, told to whoever has the code. A wrong one counts.',
    body: z.object({ code: Code }),
    answer: z.object({
      agent: z.string(),
      ...{ name: z.string(), company: z.string(), companyName: z.string() },
      environment: z.string(),
      until: z.iso.datetime(),
    }),
  }),
  handIn: route({
    method: 'POST',
    path: '/hand-overs/{id}/hand-in',
    role: 'anyone',
    says: 'Hands id and secret in, once; they are kept encrypted and told to nobody.',
    body: z.object({
      code: Code,
      clientId: z.string().check(z.minLength(1), z.maxLength(254)),
      secret: z.string().check(z.minLength(1), z.maxLength(1023)),
    }),
    answer: z.object({ arrived: z.iso.datetime() }),
  }),
}
