/** What a record and an item say of themselves in terms both know. Pure; the context answers what a record stands under. */
import type { Entity, ItemType } from '../../shared/item.ts'
import { textOf } from '../items/figures.ts'
import type { Context, ErpRecord, Figure, Kind, ProcoreItem } from '../items/kind.ts'
import { wordsOf } from './names.ts'
import type { Face } from './score.ts'

/** Fields that hold the number people go by. A prime contract has none of its own in the ERP. */
const recordNumbers: Partial<Record<Entity, readonly string[]>> = {
  vendors: ['vendor'],
  jobs: ['job'],
  commitments: ['commitment'],
  'commitment-cos': ['change_order'],
  'ap-invoices': ['invoice'],
  'ap-payments': ['check', 'invoice'],
  'ar-invoices': ['invoice'],
  extras: ['extra'],
  'cost-codes': ['cost_code'],
  'standard-cost-codes': ['cost_code'],
  'standard-categories': ['category'],
  'tax-groups': ['tax_group'],
  insurances: ['policy_number'],
}

/** The same in Procore's answers, where it is not `number` or `code` (procore-api.md 6; `number` of an invoice only counts it). */
const itemNumbers: Partial<Record<ItemType, readonly string[]>> = {
  project: ['project_number'],
  requisition: ['invoice_number'],
  'payment-application': ['invoice_number'],
  'contract-payment': ['check_number', 'invoice_number'],
  insurance: ['policy_number'],
  'cost-code': ['full_code', 'code'],
  'standard-cost-code': ['full_code', 'code'],
}

const filled = (values: readonly (string | null | undefined)[]): string[] => [
  ...new Set(values.flatMap((value) => (value == null || value.trim() === '' ? [] : [value.trim()]))),
]

const named = (values: readonly (string | null | undefined)[]): Face['names'] =>
  filled(values).map((text) => ({ text, words: wordsOf(text) }))

/** Without amounts and without what is asked line by line: enough to know whether anything speaks for a pair at all. */
export function thinRecord({ entity, fields, key }: ErpRecord, kind: Kind, context: Context): Face {
  const numbers = (recordNumbers[entity] ?? []).map((field) => fields[field] ?? (field === kind.fields[0] ? key : null))
  return {
    numbers: filled(numbers),
    names: named([fields['name'] ?? fields['description']]),
    phones: filled([fields['phone']]),
    taxId: fields['tax_id'] ?? null,
    under: parentsOf({ entity, fields }, kind, context),
    amounts: {},
  }
}

function parentsOf({ entity, fields }: Pick<ErpRecord, 'entity' | 'fields'>, kind: Kind, context: Context): Face['under'] {
  const job = entity === 'jobs' ? null : kind.jobOf(fields)
  const project = job === null ? undefined : context.projectOfJob(job)?.id
  const company = entity === 'vendors' || fields['vendor'] == null ? undefined : context.vendorOf(fields['vendor'])?.id
  const commitment =
    entity === 'commitments' || fields['commitment'] == null ? undefined : context.partner('commitments', fields['commitment'])?.id
  return { ...(commitment ? { commitment } : {}), ...(company ? { company } : {}), ...(project ? { project } : {}) }
}

/** With all that can be known, each figure read as it is compared once they are tied. */
export function faceOfRecord(record: ErpRecord, kind: Kind, context: Context): Face {
  const thin = thinRecord(record, kind, context)
  const named = thin.under.commitment ? null : commitmentOfParts(record, context)
  const figures = kind.compare(record, nothing(kind.itemTypes[0] ?? 'vendor'), context)
  return {
    ...thin,
    under: { ...thin.under, ...(named ? { commitment: named } : {}) },
    amounts: amountsOf(figures, 'erp'),
  }
}

/** The one commitment in Procore that all parts of a record name, e.g. an invoice's distributions; null where they name none or several. */
function commitmentOfParts({ entity, key }: ErpRecord, context: Context): string | null {
  const named = new Set(context.partsOf(entity, key).flatMap(({ fields }) => fields['commitment'] ?? []))
  const [commitment, ...more] = named
  return entity === 'commitments' || commitment === undefined || more.length > 0
    ? null
    : (context.partner('commitments', commitment)?.id ?? null)
}

export function thinItem({ type, content, originCode, project }: ProcoreItem): Face {
  const numbers = (itemNumbers[type] ?? ['number', 'code']).map((field) => textOf(content[field]))
  const names = ['title', 'name', 'legal_name', 'trade_name', ...(type === 'tax-code' ? ['description'] : [])]
  const contract = textOf(content['contract_id']) ?? textOf(content['commitment_id'])
  const company = type === 'vendor' ? null : textOf(content['vendor_id'])
  return {
    numbers: filled([...numbers, originCode]),
    names: named(names.map((field) => textOf(content[field]))),
    phones: filled([textOf(content['business_phone']), textOf(content['mobile_phone'])]),
    taxId: textOf(content['tax_id']),
    under: {
      ...(contract === null ? {} : { commitment: contract }),
      ...(company === null ? {} : { company }),
      ...(project === null || type === 'project' ? {} : { project }),
    },
    amounts: {},
  }
}

export function faceOfItem(item: ProcoreItem, kind: Kind, context: Context): Face {
  const figures = kind.compare({ id: 0, entity: kind.entity, key: '', fields: {} }, item, context)
  return {
    ...thinItem(item),
    amounts: amountsOf(figures, 'procore'),
  }
}

/** Amounts that are held against a pair; what runs ahead on one side by nature says nothing about who is meant. */
const amountsOf = (figures: readonly Figure[], side: 'erp' | 'procore'): Face['amounts'] =>
  Object.fromEntries(
    figures.flatMap(({ field, type, judged, [side]: value }) => (type === 'money' && judged && value !== null ? [[field, value]] : [])),
  )

/** A side that says nothing, to hear the other one alone. */
const nothing = (type: ItemType): ProcoreItem => ({
  ...{ type, id: '', project: null, originId: null, originCode: null, updatedAt: null, deletedAt: null, content: {} },
})
