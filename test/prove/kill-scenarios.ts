import {
  atAsked,
  atClaim,
  atConfirmed,
  atFiled,
  atFreed,
  atItems,
  atLinks,
  atPolls,
  atProgress,
  atRequest,
  atSeal,
  atUnlinked,
  type KillPoint,
  whenListening,
  whenReady,
  whileResting,
  whileSpooling,
  whileTaking,
  whileTakingRows,
} from './kill-points.ts'

const token = /oauth\/token/
const vendors = /PATCH .*\/vendors\/sync$/
const projects = /PATCH .*\/projects\/sync$/
const workOrders = /PATCH .*\/work_order_contracts\/sync$/
const purchaseOrders = /PATCH .*\/purchase_order_contracts\/sync$/
const costs = /PATCH .*\/direct_costs\/sync$/
const lines = /PATCH .*\/direct_costs\/line_items\/sync$/
const list = (name: string) => new RegExp(`GET .*/${name}$`)

const changed = { phase: 2 } as const

/** Each list is one agent's life: it dies at every point in turn. */
export const scenarios: Record<string, readonly KillPoint[]> = {
  'files on their way in': [
    whileResting,
    whileSpooling,
    whileTaking,
    whileTakingRows,
    atSeal(1),
    atFiled(1),
    atSeal(3),
    atFiled(3),
    atSeal(5),
    atFiled(5),
  ],
  'the login and the lists': [
    atRequest('login', 'before-reading', token),
    atRequest('login', 'committed', token),
    atRequest('login', 'mid-answer', token),
    atRequest('list of projects', 'committed', list('projects')),
    atRequest('list of vendors', 'mid-answer', list('vendors')),
    atRequest('list of cost codes', 'before-reading', list('cost_codes')),
    atRequest('list of direct costs', 'mid-answer', list('direct_costs'), { nth: 2 }),
  ],
  'vendors on their way out': [
    atRequest('vendors', 'before-reading', vendors),
    atRequest('vendors', 'committed', vendors),
    atRequest('vendors', 'mid-answer', vendors),
    atRequest('vendors', 'answered', vendors),
    atRequest('changed vendors', 'before-reading', vendors, changed),
    atRequest('changed vendors', 'committed', vendors, changed),
  ],
  'links on their way out': [
    atRequest('projects', 'committed', projects),
    atRequest('projects', 'mid-answer', projects),
    atRequest('subcontracts', 'before-reading', workOrders),
    atRequest('subcontracts', 'committed', workOrders),
    atRequest('purchase orders', 'mid-answer', purchaseOrders),
  ],
  'costs on their way out': [
    atRequest('costs', 'before-reading', costs),
    atRequest('costs', 'committed', costs),
    atRequest('lines of costs', 'before-reading', lines),
    atRequest('lines of costs', 'committed', lines),
    atRequest('costs', 'mid-answer', costs),
    atRequest('lines of costs', 'mid-answer', lines),
  ],
  'frozen costs changed': [
    atFreed,
    atRequest('costs freed', 'committed', costs, changed),
    atRequest('lines changed', 'committed', lines, changed),
    atRequest('costs owned again', 'before-reading', costs, changed),
    atRequest('costs owned again', 'committed', costs, changed),
    atSeal(7, 2),
    atFiled(6, 2),
  ],
  'the ledger as it fills': [
    whenListening,
    whenReady,
    atPolls(2),
    atItems(450),
    atClaim(),
    atProgress(),
    atConfirmed(3),
    atConfirmed(14),
    atLinks(12),
    atClaim(2),
    atProgress(2),
  ],
}

/** The few that every test run affords: moments that are met exactly, however busy the machine. */
export const shortScenario: readonly KillPoint[] = [
  whenListening,
  atRequest('list of vendors', 'mid-answer', list('vendors')),
  atRequest('vendors', 'committed', vendors),
  atRequest('costs', 'committed', costs),
  atRequest('lines of costs', 'mid-answer', lines),
  atRequest('costs freed', 'committed', costs, changed),
]

const contractLines = /PATCH .*\/(work|purchase)_order_contracts\/\d+\/line_items\/sync$/
const orders = /PATCH .*\/change_order_packages\/\d+$/
const contracts = /GET .*\/work_order_contracts(\/\d+)?$/
const ordersRead = /GET .*\/change_order_packages(\/\d+)?$/

/** Many unlinks at once: vendors in one call, change orders one by one, then their commitments with their lines. */
export const unlinkScenarios: Record<string, readonly KillPoint[]> = {
  'unlinks as they are asked for': [
    atAsked,
    atClaim(),
    atRequest('vendors unlinked', 'before-reading', vendors),
    atRequest('vendors unlinked', 'committed', vendors),
    atProgress(),
    atUnlinked(8),
    atRequest('change order unlinked', 'committed', orders),
    atUnlinked(14),
  ],
  'change orders, then their commitments': [
    atRequest('change order unlinked', 'before-reading', orders, { nth: 2 }),
    atRequest('change order unlinked', 'mid-answer', orders, { nth: 2 }),
    atRequest('change orders read back', 'committed', ordersRead),
    atRequest('lines of commitments unlinked', 'before-reading', contractLines),
    atRequest('lines of commitments unlinked', 'committed', contractLines),
    atRequest('subcontracts unlinked', 'before-reading', workOrders),
    atRequest('subcontracts unlinked', 'committed', workOrders),
  ],
  'answers lost on the way': [
    atRequest('vendors unlinked', 'mid-answer', vendors),
    atRequest('change order unlinked', 'answered', orders),
    atRequest('lines of commitments unlinked', 'mid-answer', contractLines),
    atRequest('subcontracts unlinked', 'mid-answer', workOrders),
    atRequest('subcontracts read back', 'mid-answer', contracts),
  ],
  'purchase orders': [
    atRequest('purchase orders unlinked', 'before-reading', purchaseOrders),
    atRequest('purchase orders unlinked', 'committed', purchaseOrders),
  ],
}

/** The few of them that every test run affords: again moments that are met exactly. A look at the ledger may come when all is over. */
export const shortUnlinks: readonly KillPoint[] = [
  atRequest('vendors unlinked', 'before-reading', vendors),
  atRequest('vendors unlinked', 'committed', vendors),
  atRequest('change order unlinked', 'committed', orders),
  atRequest('lines of commitments unlinked', 'mid-answer', contractLines),
  atRequest('subcontracts unlinked', 'committed', workOrders),
]
