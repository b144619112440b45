/**
 * Tax groups of Sage 300 CRE: master_txm_record_2 (DictionaryMode). Raw columns: erp-files.md C5, read there 2026-11. The StandardMode names
 * are not public: such a file goes through a mapping.
 */
import { taxGroups } from './records/tax-groups.ts'
import { standardFormat } from './standard-format.ts'

export const sageTaxGroups = standardFormat({
  id: 'sage-tax-groups',
  record: taxGroups,
  title: 'Sage 300 CRE tax groups (master_txm_record_2)',
  headers: {
    tax_group: ['group'],
    rate: ['grate'],
  },
  needs: ['rate'],
})
