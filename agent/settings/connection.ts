/** What one connection is set to: kept as JSON in the ledger's `connections.settings`, checked by this shape on the way in and out. */
import * as z from 'zod/mini'
import { modules } from '../../shared/erp/erp.ts'
import { erps } from '../../shared/erp/index.ts'

const text = z.string().check(z.minLength(1))
const bases = z.strictObject({ apiBase: z.url(), loginBase: z.url() })

/** How either side lets go of a link. */
export const unlinkSettings = z.strictObject({
  /** Minutes until Procore's own connector has noticed what was deleted in the ERP; for connections it owns. */
  procoreNeedsMinutes: z._default(z.number().check(z.gte(0), z.lte(10_080)), 35), // five until hh2 looks, thirty until Procore knows (erp-integrations.md C)
  /** Whether Sage 300 CRE's Project Management is in use; `unknown` says both ways. */
  projectManagement: z._default(z.enum(modules), 'unknown'),
  /** Whether the ERP deletes an approved change order, or only takes one that reverses it; goes before what is known of the ERP. */
  changeOrders: z.optional(z.enum(['delete', 'reverse'])),
  /** Whether a person says why before they unlink what money was invoiced or paid on. */
  reasonWhenInvoiced: z._default(z.boolean(), true),
})

/**
 * Who says which people may unlink and accept: Tieback's own list, or Procore's 'Can Push to Accounting'. A firm without Procore's ERP tool has
 * nobody with that flag (erp-integrations.md A 17, 2026-11).
 */
const approverSources = ['tieback', 'procore'] as const
export type ApproverSource = (typeof approverSources)[number]

/** Which ERP it is (shared/erp/); `other` for one nothing is known of. */
export const erpSystem = z.enum([...erps.map(({ id }) => id), 'other'])

/** As it was said, else Sage 300 CRE, unless the ERP goes by another name: its ways are not told of another ERP. */
export function systemOf({ system, erp = 'Sage 300 CRE' }: { system?: unknown; erp?: unknown }): string {
  const said = erpSystem.safeParse(system)
  if (said.success) return said.data
  return /\bsage\s*300\b/i.test(String(erp)) ? 'sage-300-cre' : 'other'
}

export const connectionSettings = z.looseObject({
  /** The ERP's name as badges say it. */
  erp: text,
  system: z.optional(erpSystem),
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
