/** hh2's set-ups as data, each with its exact lists (erp-integrations.md D4, read 2026-11): what is ticked there, in both panels, and what applying it does here. */
import { idNamed, mappable } from './mappable.ts'
import { type Ticks, ticksFor } from './ticks.ts'

export type Preset = {
  id: string
  /** Advanced Mappings, left panel: ticked, by hh2's names. */
  mappings: readonly string[]
  /** Of these all fields are ticked, right panel, but the ones named. */
  fields: Readonly<Record<string, { off: readonly string[] }>>
  /** The Sync tab: “Deselect All”, then these. Null: nothing is chosen there. */
  sync: readonly string[] | null
  /** What is done there beside or instead: only saved, or synced deep from the beginning of time. */
  afterwards: 'save' | 'deep'
}

/** Everything of Transaction (JC) but these eight. */
const transactions = {
  'Transaction (JC)': {
    off: [
      ...['Commitment Change Order', 'Credit Account', 'Debit Account', 'Employee'],
      ...['Equipment', 'Pay ID', 'Reference 1', 'Reference 2'],
    ],
  },
}

const contracts = [
  ...['Contract (CN)', 'Contract Change Order (CN)', 'Contract Change Order Item (CN)', 'Contract Item (CN)'],
  ...['Customer', 'Customer Type'],
]
const quickBill = ['Quick Bill Contract', 'Quick Bill Contract Item']
const projectManagement = ['Contract Change Order (PJ)', 'Contract Change Request (PJ)']
const pccoMappings = [...contracts, 'Invoice (AP)', 'Job (CV)', ...quickBill]
const pccoSync = [...contracts, ...quickBill]

export const presets: readonly Preset[] = [
  { id: 'pcco-export', mappings: [...pccoMappings, 'Transaction (JC)'], fields: transactions, sync: pccoSync, afterwards: 'deep' },
  {
    id: 'pcco-export-pj',
    mappings: [...pccoMappings, ...projectManagement, 'Transaction (JC)'],
    fields: transactions,
    sync: [...pccoSync, ...projectManagement],
    afterwards: 'deep',
  },
  {
    id: 'job-cost-transactions',
    mappings: ['GL Account', 'GL Account Prefix', 'Invoice (AP)', 'Job (JC)', 'Transaction (JC)'],
    fields: transactions,
    sync: ['GL Account', 'GL Account Prefix', 'Invoice (AP)', 'Transaction (JC)'],
    afterwards: 'deep',
  },
  {
    id: 'subcontractor-invoices',
    mappings: [
      ...['Distribution (AP)', 'Distribution Payment (AP)', 'Invoice (AP)', 'Payment (AP)'],
      ...['Invoice Payment (AP)', 'Invoice Settings (AP)'],
    ],
    fields: {},
    sync: null,
    afterwards: 'save',
  },
  { id: 'owner-invoices', mappings: ['Distribution (AR)', 'Invoice (AR)'], fields: {}, sync: null, afterwards: 'deep' },
  { id: 'tax-groups', mappings: ['Tax Group', 'Tax Rate'], fields: {}, sync: null, afterwards: 'deep' },
]

/** Ticks what the preset names, and unticks the fields it says are off; whatever else is ticked or not stays so. Nothing is saved by it. */
export function applyPreset(ticks: Ticks, { mappings, fields }: Preset): Ticks {
  const applied = mappings.map((name) => {
    const id = idNamed(name)
    const said = fields[name]
    const is = { ...ticksFor(ticks, id), on: true }
    return [id, said ? { ...is, off: said.off.map((field) => fieldNamed(id, field)) } : is] as const
  })
  return { ...ticks, ...Object.fromEntries(applied) }
}

function fieldNamed(id: string, hh2: string): string {
  const found = mappable(id)?.unread.find((one) => one.hh2 === hh2)
  if (!found) throw new Error(`No field of ${id} is called “${hh2}”.`)
  return found.field
}
