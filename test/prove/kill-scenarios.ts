import type { FaultRule } from '../procore/faults.ts'
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

const headers = /PATCH .*_order_contracts\/sync$/

/** 500 at once, killed again and again from its first call to its last: moments that are met exactly, on both sides of what Procore kept. */
export const manyUnlinks: readonly KillPoint[] = [
  atRequest('vendors unlinked', 'before-reading', vendors),
  atRequest('vendors unlinked', 'mid-answer', vendors),
  ...[1, 3, 7].map((nth) => atRequest(`change order ${nth} unlinked`, 'committed', orders, { nth })),
  ...[2, 5].map((nth) => atRequest(`change order ${nth} unlinked`, 'mid-answer', orders, { nth })),
  ...[1, 17, 23, 29].map((nth) => atRequest(`lines of commitment ${nth} unlinked`, 'committed', contractLines, { nth })),
  ...[13, 19, 31].map((nth) => atRequest(`lines of commitment ${nth} unlinked`, 'mid-answer', contractLines, { nth })),
  ...[11, 27].map((nth) => atRequest(`lines of commitment ${nth} unlinked`, 'before-reading', contractLines, { nth })),
  ...[7, 9, 21].map((nth) => atRequest(`lines of commitment ${nth} unlinked`, 'answered', contractLines, { nth })),
  // Which kind's turn it is first hangs on what was looked up after the kills before.
  ...(['before-reading', 'committed', 'mid-answer'] as const).map((stage) => atRequest('commitments unlinked', stage, headers)),
]

/** Answers lost beside, while the agent lives on. */
export const lostAnswers: readonly FaultRule[] = [
  { when: { method: 'PATCH', path: /_order_contracts\/\d+\/line_items\/sync$/ }, fault: { do: 'drop after commit' }, after: 5, times: 2 },
  { when: { method: 'PATCH', path: /\/change_order_packages\/\d+$/ }, fault: { do: 'drop mid-answer' }, after: 4 },
  { when: { method: 'PATCH', path: /_order_contracts\/sync$/ }, fault: { do: 'drop after commit' } },
]

/** The few of them that every test run affords: again moments that are met exactly. A look at the ledger may come when all is over. */
export const shortUnlinks: readonly KillPoint[] = [
  atRequest('vendors unlinked', 'before-reading', vendors),
  atRequest('vendors unlinked', 'committed', vendors),
  atRequest('change order unlinked', 'committed', orders),
  atRequest('lines of commitments unlinked', 'mid-answer', contractLines),
  atRequest('subcontracts unlinked', 'committed', workOrders),
]
