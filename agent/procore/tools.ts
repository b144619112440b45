/**
 * Which of Procore's tools each kind of record is read and written through. Tools by the groups of Procore's public reference (its endpoints' tags,
 * 2026-08): where cost codes, cost types, sub jobs and taxes are kept is the tool “Admin”. The reference names no level per call. To read, Read Only is
 * taken to do; to write, Admin: what Procore's own tool asks for (procore-api.md 9.1, 2026-11) and an app for its ERP interface (7.1).
 */
import type { ToolShape } from '../../shared/api/hand-overs.ts'
import { type Entity, entities } from '../../shared/item.ts'

type Tool = { name: string; of: ToolShape['of'] }

const tools = {
  directory: { name: 'Directory', of: 'both' },
  portfolio: { name: 'Portfolio', of: 'company' },
  admin: { name: 'Admin', of: 'both' },
  commitments: { name: 'Commitments', of: 'project' },
  changeOrders: { name: 'Change Orders', of: 'project' },
  primeContracts: { name: 'Prime Contracts', of: 'project' },
  directCosts: { name: 'Direct Costs', of: 'project' },
} as const satisfies Record<string, Tool>
type ToolName = keyof typeof tools

export const toolOf: Readonly<Record<Entity, ToolName>> = {
  ...{ vendors: 'directory', 'vendor-types': 'directory', insurances: 'directory' },
  jobs: 'portfolio',
  ...{ 'standard-cost-codes': 'admin', 'standard-categories': 'admin', extras: 'admin', 'cost-codes': 'admin', categories: 'admin' },
  'tax-groups': 'admin',
  ...{ commitments: 'commitments', 'commitment-items': 'commitments' },
  ...{ 'ap-invoices': 'commitments', 'ap-distributions': 'commitments', 'ap-payments': 'commitments' },
  'commitment-cos': 'changeOrders',
  ...{ 'prime-contracts': 'primeContracts', 'ar-invoices': 'primeContracts' },
  'jc-transactions': 'directCosts',
}

/** People are asked about in the directory, and projects are listed, whatever is ticked. */
const always: readonly ToolName[] = ['directory', 'portfolio']

/** What the app must be allowed: one line per tool. `ticked` are the kinds read, `writing` those that may be written now. */
export function toolsFor(ticked: ReadonlySet<Entity>, writing: ReadonlySet<Entity>): ToolShape[] {
  return (Object.keys(tools) as ToolName[]).flatMap((tool) => {
    const of = entities.filter((entity) => ticked.has(entity) && toolOf[entity] === tool)
    if (of.length === 0 && !always.includes(tool)) return []
    const level = of.some((entity) => writing.has(entity)) ? 'Admin' : 'Read Only'
    return [{ ...tools[tool], entities: of, level, levelToWrite: of.length > 0 ? 'Admin' : 'Read Only' }]
  })
}
