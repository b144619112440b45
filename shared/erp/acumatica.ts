import type { Erp } from './erp.ts'

/** A commitment's change order is reversed there, approved or not; the ERP numbers change orders itself (erp-integrations.md B1, D3, 2026-11). */
export const acumatica: Erp = {
  id: 'acumatica',
  ways: [{ entity: 'commitment-cos', words: 'commitment-cos', reverses: true }],
}
