import type { Erp } from './erp.ts'

/**
 * Commitments and their change orders stand in Job Cost; Procore's unlink passes once a sync has run after the delete. Without Project
 * Management an approved change order cannot be deleted, so it can only be reversed (erp-integrations.md B1, D1, 2026-11). A reversal is a
 * change order with every unit and amount negated; a number goes once per commitment (erp-files.md B4, 2026-11).
 */
export const sage300Cre: Erp = {
  id: 'sage-300-cre',
  ways: [
    { entity: 'commitments', words: 'commitments' },
    {
      entity: 'commitment-cos',
      when: { approved: true, projectManagement: 'no' },
      words: 'commitment-cos-reverse',
      reverses: true,
      refused: true,
    },
    { entity: 'commitment-cos', when: { approved: true, projectManagement: 'unknown' }, words: 'commitment-cos-either' },
    { entity: 'commitment-cos', words: 'commitment-cos' },
  ],
}
