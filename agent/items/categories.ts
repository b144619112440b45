import { keyText } from '../../shared/record-key.ts'
import type { Kind } from './kind.ts'

/**
 * Categories of a job's cost codes. Which cost types a cost code may carry is written by no published endpoint (procore-api.md 7.3), so they
 * meet no item of their own; they belong to their cost code.
 */
export const categories: Kind = {
  entity: 'categories',
  role: 'master',
  fields: ['job', 'extra', 'cost_code', 'category', 'description'],
  itemTypes: [],
  delivery: 'match',
  matched: true,
  partOf: ({ job, extra, cost_code }) =>
    job == null || cost_code == null ? null : { entity: 'cost-codes', key: keyText([job, extra, cost_code]) },
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: ({ job }) => job ?? null,
}
