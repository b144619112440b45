import type { Problem } from '../../shared/problem.ts'
import { problem } from '../../shared/problem.ts'
import { plain, sameUpTo, textFigure, textOf } from './figures.ts'
import type { ErpRecord, Kind, ProcoreItem } from './kind.ts'

/** Our field → the field of vendors/sync it feeds (procore-api.md 5.2, docs of 2026-06). */
const sent: Record<string, string> = {
  name: 'name',
  address: 'address',
  city: 'city',
  state: 'state_code',
  zip: 'zip',
  phone: 'business_phone',
  fax: 'fax_number',
  contact_email: 'email_address',
}

/** Characters Sage 300 CRE holds (erp-integrations.md D2, “Company name”): Procore's longer name is no difference. */
const nameLimit = 30

/** Legal forms and punctuation say nothing about who it is; a match on what is left still waits for a person. */
const normalName = (name: string): string =>
  plain(
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' '),
  )
    .split(' ')
    .filter((word) => !['inc', 'llc', 'ltd', 'corp', 'co', 'the', 'and'].includes(word))
    .join(' ')

/** Both address lines, as Procore keeps one. */
const addressOf = ({ address1, address2 }: ErpRecord['fields']): string | null =>
  [address1, address2].filter((line) => line != null).join(', ') || null

const erpValue = ({ fields }: ErpRecord, field: string): string | null =>
  field === 'address' ? addressOf(fields) : (fields[field] ?? null)

const nameKeys = (name: string | null): string[] => {
  const normal = name === null ? '' : normalName(name)
  return normal === '' ? [] : [`ask:vendor-name:${normal}`]
}

const sameName = sameUpTo(nameLimit)

function compare(record: ErpRecord, { content }: ProcoreItem) {
  return Object.entries(sent).map(([field, name]) =>
    textFigure(field, content[name], erpValue(record, field), field === 'name' ? sameName : undefined),
  )
}

/** Only fields that differ in meaning are sent, and an empty ERP value never empties one (design §6). */
function toBody(record: ErpRecord, item: ProcoreItem | null): Record<string, unknown> | Problem {
  if (textOf(record.fields['name']) === null) return problem('value-missing', { key: record.key, field: 'name' })
  const filled = Object.entries(sent).flatMap(([field, name]) => {
    const value = erpValue(record, field)
    const theirs = item === null ? null : textOf(item.content[name])
    const kept = field === 'name' && value !== null && theirs !== null && sameName(theirs, value)
    return value === null || kept ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(filled), origin_code: record.key }
}

/** AP vendors ↔ companies of the directory. */
export const vendors: Kind = {
  entity: 'vendors',
  role: 'master',
  fields: ['vendor', 'name', 'address1', 'address2', 'city', 'state', 'zip', 'phone', 'fax', 'contact_name', 'contact_email', 'type'],
  itemTypes: ['vendor'],
  delivery: 'create',
  unlinks: 'freely',
  matched: true,
  finds: ['name'],
  after: [],
  keysOfRecord: ({ key, fields }) => [`exact:vendor:${key}`, ...nameKeys(fields['name'] ?? null)],
  keysOfItem: ({ originCode, content }) => [...(originCode ? [`exact:vendor:${originCode}`] : []), ...nameKeys(textOf(content['name']))],
  compare,
  toBody,
  jobOf: () => null,
}
