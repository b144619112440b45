import { company, project, words } from './start.js'

const tools = `/webclients/host/companies/${company.id}/projects/${project.id}/tools`

/** Address of the commitments list in the new family; records hang below it. */
export const listAddress = () => `${tools}/contracts/commitments`

/** Tools of the new family beside commitments, by the name their data is asked for: where their list is, and whether records hang below it (2026-06). */
const paths = {
  'prime-contracts': 'contracts/prime_contracts',
  'change-events': 'change-events/events',
  'subcontractor-invoices': 'invoicing/subcontractor',
  'owner-invoices': 'invoicing',
  'direct-costs': 'direct-costs/summary',
  budget: 'budgets',
  directory: 'directory/users',
  'project-home': 'projecthome',
}

/** The word for each of those tools, as the header shows it. */
const names = {
  ...{ 'prime-contracts': 'primeContracts', 'change-events': 'changeEvents', 'subcontractor-invoices': 'invoicing' },
  ...{ 'owner-invoices': 'invoicing', 'direct-costs': 'directCosts', budget: 'budget', directory: 'directory', 'project-home': 'home' },
}
export const toolName = (path) => words[names[toolAt(path)?.tool] ?? 'commitments']

export const toolAddress = (tool) => `${tools}/${paths[tool]}`

/** Which of those tools a path leads to, and to which record and tab of it. */
export function toolAt(path) {
  for (const [tool, start] of Object.entries(paths)) {
    const [found, id = null, tab = null] = new RegExp(`/tools/${start}(?:/(\\d+))?(?:/([a-z_]+))?/?$`).exec(path) ?? []
    if (found) return { tool, id, tab }
  }
  return null
}
