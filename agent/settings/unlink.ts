/** How either side lets go of a link, as a connection is set to. Plain: the writer reads it for each forecast; connection.ts checked it on the way in. */
import type { Module } from '../../shared/erp/erp.ts'
import { erps } from '../../shared/erp/index.ts'

export type UnlinkSettings = {
  /** Minutes until Procore's own connector has noticed what was deleted in the ERP; for connections it owns. */
  procoreNeedsMinutes: number
  /** Whether Sage 300 CRE's Project Management is in use; `unknown` says both ways. */
  projectManagement: Module
  /** Whether the ERP deletes an approved change order, or only takes one that reverses it; goes before what is known of the ERP. */
  changeOrders?: 'delete' | 'reverse' | undefined
  /** Whether a person says why before they unlink what money was invoiced or paid on. */
  reasonWhenInvoiced: boolean
}

export const unlinkDefaults: UnlinkSettings = {
  procoreNeedsMinutes: 35, // five until hh2 looks, thirty until Procore knows (erp-integrations.md C)
  projectManagement: 'unknown',
  reasonWhenInvoiced: true,
}

/** What a connection's stored settings say of it, and what they leave out. */
export const unlinkSettingsOf = ({ unlink }: { unlink?: Partial<UnlinkSettings> }): UnlinkSettings => ({ ...unlinkDefaults, ...unlink })

/** Which ERP it is (shared/erp/); `other` for one nothing is known of. */
export const erpSystems: readonly string[] = [...erps.map(({ id }) => id), 'other']

/** As it was said, else Sage 300 CRE, unless the ERP goes by another name: its ways are not told of another ERP. */
export function systemOf({ system, erp = 'Sage 300 CRE' }: { system?: unknown; erp?: unknown }): string {
  if (typeof system === 'string' && erpSystems.includes(system)) return system
  return /\bsage\s*300\b/i.test(String(erp)) ? 'sage-300-cre' : 'other'
}
