/** Setting connections up: what a connector asks for, what a connection is set to, and its test. */
import * as z from 'zod/mini'
import { ProblemShape } from './problems.ts'
import { route } from './route.ts'
import { Id } from './values.ts'

const line = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

/** A field a connector asks for; forms are made of it, in this order. It is worded as `set-up-field.<name>`. */
export const ConnectorFieldShape = z.object({
  name: z.string(),
  /** text, path, url, time, number, choice, flag, or secret; a reader that does not know it shows text. */
  type: z.string(),
  mandatory: z.boolean(),
  /** Shown and not changed. */
  readOnly: z.optional(z.boolean()),
  default: z.optional(z.union([z.string(), z.number(), z.boolean()])),
  choices: z.optional(z.array(z.string())),
})
export type ConnectorFieldShape = z.infer<typeof ConnectorFieldShape>

const about = {
  name: line(120),
  description: z.optional(z.string().check(z.maxLength(254))),
  connector: line(40),
  erp: line(120),
  erpCompany: line(120),
  owner: z.enum(['tieback', 'procore']),
  /** The connector's own, by its metadata. */
  fields: z.record(z.string().check(z.maxLength(40)), z.union([z.string().check(z.maxLength(1023)), z.number(), z.boolean()])),
}
const procore = {
  company: Id,
  companyName: line(120),
  environment: z.enum(['production', 'sandbox', 'monthly', 'custom']),
  apiBase: z.optional(z.url()),
  loginBase: z.optional(z.url()),
  clientId: line(254),
  secret: z.optional(line(1023)),
}

/** What a connection is set to. Without a secret the one that is kept stays. */
export const ConnectionDraft = z.object({ ...about, procore: z.object(procore) })
export type ConnectionDraft = z.infer<typeof ConnectionDraft>

/** As a form hands it over: in place of id and secret it may name the sheet by which they arrived (hand-overs.ts). */
export const AskedDraft = z.object({
  ...about,
  procore: z.object({ ...procore, clientId: z.optional(line(254)), handOver: z.optional(Id) }),
})
export type AskedDraft = z.infer<typeof AskedDraft>

/** One named, timed step of a test: `wrong` keeps the connection from being saved or activated, `note` is for a person to know. */
export const TestStepShape = z.object({
  /** Word `test.<step>`, filled with `values`. */
  step: z.string(),
  state: z.enum(['ok', 'wrong', 'note']),
  ms: z.number(),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  problem: z.optional(ProblemShape),
})
export type TestStepShape = z.infer<typeof TestStepShape>

/** What a connection would run on the agent's machine: the line, the whole texts it names, and whether exactly that was agreed to. */
const ProgramShape = z.object({
  line: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), text: z.string() })),
  sha256: z.string(),
  agreed: z.boolean(),
})

/** Whom a connection is open to beside admins; null: everyone. */
const ScopeShape = z.nullable(z.object({ people: z.array(Id).check(z.maxLength(1000)), groups: z.array(Id).check(z.maxLength(1000)) }))

const Tested = z.object({ steps: z.array(TestStepShape) })

export const setUpRoutes = {
  connectors: route({
    method: 'GET',
    path: '/connectors',
    role: 'admin',
    says: 'Ways to reach an ERP, each with the fields it asks for.',
    answer: z.object({ connectors: z.array(z.object({ id: z.string(), fields: z.array(ConnectorFieldShape) })) }),
  }),
  connections: route({
    method: 'GET',
    path: '/connections',
    role: 'admin',
    says: 'Every connection as it is set, without its secret.',
    answer: z.object({
      connections: z.array(
        z.object({
          id: z.string(),
          active: z.boolean(),
          deletedAt: z.nullable(z.iso.datetime()),
          draft: ConnectionDraft,
          scope: ScopeShape,
        }),
      ),
    }),
  }),
  testConnection: route({
    method: 'POST',
    path: '/connections/test',
    role: 'admin',
    says: 'Tries what a connection would be set to, step by step; `id` where it is known already. Nothing is kept.',
    body: z.object({ id: z.optional(Id), draft: AskedDraft }),
    answer: Tested,
  }),
  addConnection: route({
    method: 'POST',
    path: '/connections',
    role: 'admin',
    says: 'Keeps a new connection, not active and watching only. Refused unless exactly this passed its test in the last ten minutes.',
    body: z.object({ draft: AskedDraft }),
    answer: z.object({ id: z.string() }),
  }),
  changeConnection: route({
    method: 'PUT',
    path: '/connections/{id}',
    role: 'admin',
    says: 'Changes what a connection is set to, on the same terms; which companies it joins stays.',
    body: z.object({ draft: AskedDraft }),
    answer: z.object({ id: z.string() }),
  }),
  setConnectionScope: route({
    method: 'PUT',
    path: '/connections/{id}/scope',
    role: 'admin',
    says: 'Whom a connection is open to: named people and groups, or everyone. To admins it always is.',
    body: z.object({ scope: ScopeShape }),
    answer: z.object({ scope: ScopeShape }),
  }),
  deletion: route({
    method: 'GET',
    path: '/connections/{id}/deletion',
    role: 'admin',
    says: 'What would be kept, and what would wait, were a connection deleted now.',
    answer: z.object({ links: z.number(), tied: z.number(), waiting: z.number() }),
  }),
  deleteConnection: route({
    method: 'DELETE',
    path: '/connections/{id}',
    role: 'admin',
    says: 'Stops a connection and hides it. Its links, history and settings are kept.',
    answer: z.object({ deleted: z.boolean() }),
  }),
  restoreConnection: route({
    method: 'POST',
    path: '/connections/{id}/restore',
    role: 'admin',
    says: 'Brings a deleted connection back as it was, stopped.',
    answer: z.object({ restored: z.boolean() }),
  }),
  program: route({
    method: 'GET',
    path: '/connections/{id}/program',
    role: 'admin',
    says: 'What a connection would run on the agent’s machine, whole; `program` is null where it runs nothing.',
    answer: z.object({ program: z.nullable(ProgramShape) }),
  }),
  agreeToProgram: route({
    method: 'PUT',
    path: '/connections/{id}/program',
    role: 'admin',
    says: 'Agrees to have run what was shown, by its `sha256`. Refused where it is another by now.',
    body: z.object({ sha256: z.string().check(z.maxLength(64)) }),
    answer: z.object({ agreed: z.boolean() }),
  }),
  setActive: route({
    method: 'PUT',
    path: '/connections/{id}/active',
    role: 'admin',
    says: 'Starts or stops a connection. It is tested before it starts; while a step is wrong it does not.',
    body: z.object({ active: z.boolean() }),
    answer: z.extend(Tested, { active: z.boolean() }),
  }),
}
