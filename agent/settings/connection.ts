/** What one connection is set to: kept as JSON in the ledger's `connections.settings`, checked by this shape on the way in and out. */
import * as z from 'zod/mini'
import { modules } from '../../shared/erp/erp.ts'
import { erpSystems, unlinkDefaults } from './unlink.ts'

const text = z.string().check(z.minLength(1))
const bases = z.strictObject({ apiBase: z.url(), loginBase: z.url() })

/** As unlink.ts says it; what is left out is as it is for most. */
const unlinkSettings = z.strictObject({
  procoreNeedsMinutes: z._default(z.number().check(z.gte(0), z.lte(10_080)), unlinkDefaults.procoreNeedsMinutes),
  projectManagement: z._default(z.enum(modules), unlinkDefaults.projectManagement),
  changeOrders: z.optional(z.enum(['delete', 'reverse'])),
  reasonWhenInvoiced: z._default(z.boolean(), unlinkDefaults.reasonWhenInvoiced),
})

/**
 * Who says which people may unlink and accept: Tieback's own list, or Procore's 'Can Push to Accounting'. A firm without Procore's ERP tool has
 * nobody with that flag (erp-integrations.md A 17, 2026-11).
 */
const approverSources = ['tieback', 'procore'] as const
export type ApproverSource = (typeof approverSources)[number]

export const connectionSettings = z.looseObject({
  /** The ERP's name as badges say it. */
  erp: text,
  system: z.optional(z.enum(erpSystems)),
  /** The Procore company's name, to tell companies apart in sentences. */
  companyName: z.optional(text),
  /** The connector's own settings (connectors/<id>/settings.ts). */
  connector: z.record(z.string(), z.unknown()),
  /** How its files are read (formats/format.ts); files that are not the ERP's own have their columns named under `mappings`. */
  reading: z.optional(z.record(z.string(), z.unknown())),
  unlink: z.optional(unlinkSettings),
  approvers: z.optional(z.enum(approverSources)),
  procore: z.strictObject({
    environment: z.enum(['production', 'sandbox', 'monthly', 'custom']),
    custom: z.optional(bases),
    clientId: text,
    /** Name of the secret in the agent's store. */
    credential: text,
  }),
})
export type ConnectionSettings = z.infer<typeof connectionSettings>

/** Where a connector's own secret is kept, beside that of Procore's app. */
export const connectorCredential = (credential: string, field: string): string => `${credential} ${field}`

/** Settings out of the ledger. Throws a ZodError naming the place. */
export const readConnectionSettings = (text: string): ConnectionSettings => connectionSettings.parse(JSON.parse(text))
