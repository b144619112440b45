import { sameUpTo, textFigure, textOf } from './figures.ts'
import type { ErpRecord, Kind, ProcoreItem } from './kind.ts'
import { nameToSend } from './standard-cost-codes.ts'

/** Spaces and dashes differ between people's habits; a match without them waits for a person. */
export const normalNumber = (number: string): string => number.toLowerCase().replace(/[\s-]+/g, '')

const keysOf = (number: string | null): string[] => (number === null ? [] : [`exact:job:${number}`, `ask:job:${normalNumber(number)}`])

/** Sage holds 30 characters of a job's name (erp-integrations.md D2). */
const sameName = sameUpTo(30)

const numberOf = ({ content }: ProcoreItem): string | null => textOf(content['project_number'])

/** Our field → the field of projects/sync it feeds (procore-api.md 5.2). Sent when a project is made: afterwards the project people own them. */
const sent = { city: 'city', state: 'state_code', zip: 'zip', start_date: 'start_date', completion_date: 'completion_date' } as const

const isOver = ({ status, job_complete }: ErpRecord['fields']): boolean => status === 'Closed' || job_complete === '1'

/** A new project has its number and what the ERP's job says of the place and the dates. */
function toBody({ key, fields }: ErpRecord, item: ProcoreItem | null): Record<string, unknown> {
  if (item !== null) return { project_number: key }
  const address = [fields['address1'], fields['address2']].filter((line) => line != null).join(', ')
  const filled = Object.entries(sent).flatMap(([field, name]) => (fields[field] == null ? [] : [[name, fields[field]] as const]))
  return {
    ...{ name: nameToSend(fields['description'], null) ?? key, project_number: key, active: true },
    ...(address === '' ? {} : { address }),
    ...Object.fromEntries(filled),
  }
}

/** Jobs ↔ projects, by number. Making projects in bulk is slow by Procore's own documents (procore-api.md 5.2); a job that is over makes none. */
export const jobs: Kind = {
  entity: 'jobs',
  role: 'master',
  fields: [
    ...['job', 'description', 'address1', 'address2', 'city', 'state', 'zip', 'status', 'job_complete', 'contract_date'],
    ...['original_contract', 'revised_contract', 'approved_contract_changes', 'original_estimate', 'total_estimate'],
    ...['jtd_cost', 'jtd_work_billed', 'start_date', 'completion_date'],
  ],
  itemTypes: ['project'],
  delivery: 'create',
  matched: true,
  finds: ['description'],
  after: [],
  keysOfRecord: ({ key }) => keysOf(key),
  keysOfItem: (item) => keysOf(numberOf(item)),
  compare: (record, item) => [
    textFigure('job', numberOf(item), record.key),
    { ...textFigure('name', item.content['name'], record.fields['description'], sameName), agrees: null, judged: false },
  ],
  toBody,
  mayCreate: ({ fields }) => !isOver(fields),
  closed: isOver,
  jobOf: ({ job }) => job ?? null,
}
