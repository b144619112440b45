/** What one connection is set to: kept as JSON in the ledger's `connections.settings`, checked by this shape on the way in and out. */
import * as z from 'zod/mini'

const text = z.string().check(z.minLength(1))
const bases = z.strictObject({ apiBase: z.url(), loginBase: z.url() })

/** How either side lets go of a link. */
export const unlinkSettings = z.strictObject({
  /** Minutes until Procore's own connector has noticed what was deleted in the ERP; for connections it owns. */
  procoreNeedsMinutes: z._default(z.number().check(z.gte(0), z.lte(10_080)), 35), // five until hh2 looks, thirty until Procore knows (erp-integrations.md C)
  /** Whether the ERP deletes an approved change order, or only takes one that reverses it (Sage without its project module, B1). */
  changeOrders: z._default(z.enum(['delete', 'reverse']), 'delete'),
  /** Whether a person says why before they unlink what money was invoiced or paid on. */
  reasonWhenInvoiced: z._default(z.boolean(), true),
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

/** Settings out of the ledger. Throws a ZodError naming the place. */
export const readConnectionSettings = (text: string): ConnectionSettings => connectionSettings.parse(JSON.parse(text))
