import { sameUpTo, textFigure, textOf } from './figures.ts'
import type { Kind, ProcoreItem } from './kind.ts'

/** Spaces and dashes differ between people's habits; a match without them waits for a person. */
export const normalNumber = (number: string): string => number.toLowerCase().replace(/[\s-]+/g, '')

const keysOf = (number: string | null): string[] => (number === null ? [] : [`exact:job:${number}`, `ask:job:${normalNumber(number)}`])

/** Sage holds 30 characters of a job's name (erp-integrations.md D2). */
const sameName = sameUpTo(30)

const numberOf = ({ content }: ProcoreItem): string | null => textOf(content['project_number'])

/** Jobs ↔ projects, by number. Projects are linked, never created: Procore's documents call it slow and not for bulk (procore-api.md 5.2). */
export const jobs: Kind = {
  entity: 'jobs',
  role: 'master',
  fields: [
    ...['job', 'description', 'address1', 'address2', 'city', 'state', 'zip', 'status', 'job_complete', 'contract_date'],
    ...['original_contract', 'revised_contract', 'approved_contract_changes', 'original_estimate', 'total_estimate'],
    ...['jtd_cost', 'jtd_work_billed', 'start_date', 'completion_date'],
  ],
  itemTypes: ['project'],
  delivery: 'match',
  matched: true,
  finds: ['description'],
  after: [],
  keysOfRecord: ({ key }) => keysOf(key),
  keysOfItem: (item) => keysOf(numberOf(item)),
  compare: (record, item) => [
    textFigure('job', numberOf(item), record.key),
    { ...textFigure('name', item.content['name'], record.fields['description'], sameName), agrees: null, judged: false },
  ],
  closed: ({ status, job_complete }) => status === 'Closed' || job_complete === '1',
  jobOf: ({ job }) => job ?? null,
}
