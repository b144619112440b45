import type { Context, Hono } from 'hono'
import { legacyCommitment, legacyCommitments, legacyHeld } from './legacy-commitments.ts'
import { directory, legacyVendor, projectHome } from './legacy-company.ts'
import { legacyBudget, legacyChangeEvent, legacyChangeEvents, legacyDirectCost, legacyDirectCosts } from './legacy-costs.ts'
import { legacyChangeOrders, legacyPrimeContract, legacyPrimeContracts, legacyPrimeHeld } from './legacy-owner.ts'
import type { Drawn, Making } from './shell.ts'

export type Draw = (c: Context, project: string | null, make: (making: Making) => Drawn) => Promise<Response>
type Params = Record<string, string>

export const ID = '[1-9][0-9]{0,18}'
const TYPE = 'work_order_contracts|purchase_order_contracts'
const RECORD = `:id{${ID}}/:tab{[a-z_]+}?`
const COMMITMENT = `commitments/:type{${TYPE}}/:k{${ID}}`
const PRIME_KINDS = 'change_order_packages|potential_change_orders'

/** What stands under `/:p/project/` beside the commitments themselves, which lead to the new pages for those who have them. */
const pages: [path: string, make: (making: Making, params: Params, query: Params) => Drawn][] = [
  ['home', projectHome],
  [`${COMMITMENT}/change_orders/:kind{commitment_contract_change_orders}/${RECORD}`, held],
  [`${COMMITMENT}/:kind{requisitions|contract_payments}/${RECORD}`, held],
  [`${COMMITMENT}/admin/:kind{requisitions}/${RECORD}`, held],
  ['change_orders/list', (making, _, { tab = 'commitments' }) => legacyChangeOrders(making, tab)],
  ['prime_contracts', legacyPrimeContracts],
  [`prime_contracts/${RECORD}`, prime],
  [`contracts/prime_contracts/${RECORD}`, prime],
  [`prime_contracts/:k{${ID}}/change_orders/:kind{${PRIME_KINDS}}/${RECORD}`, primeHeld],
  [`prime_contracts/:k{${ID}}/:kind{payment_applications}/${RECORD}`, primeHeld],
  ['change_events/events', legacyChangeEvents],
  [`change_events/events/${RECORD}`, (making, { id = '' }) => legacyChangeEvent(making, id)],
  ['direct_costs', legacyDirectCosts],
  ['direct_costs/summary/index', legacyDirectCosts],
  [`direct_costs/${RECORD}`, (making, { id = '', tab = '' }) => legacyDirectCost(making, id, tab)],
  ['budgeting', legacyBudget],
  ['directory/groups/users', directory],
  [`directory/edit_vendor/:id{${ID}}`, (making, { id = '' }) => legacyVendor(making, id)],
  [`directory/vendors/:id{${ID}}/edit`, (making, { id = '' }) => legacyVendor(making, id)],
]

function held(making: Making, { type, k = '', kind = '', id = '' }: Params): Drawn {
  const one = making.read.commitment(making.project ?? '', k)
  return one && one.type === type ? legacyHeld(making, one, kind, id) : null
}
function prime(making: Making, { id = '', tab = '' }: Params): Drawn {
  return legacyPrimeContract(making, id, tab)
}
function primeHeld(making: Making, { kind = '', id = '' }: Params): Drawn {
  return legacyPrimeHeld(making, kind, id)
}

export function legacyRoutes(app: Hono, draw: Draw): void {
  for (const [path, make] of pages)
    app.get(`/:p{${ID}}/project/${path}`, (c) => {
      const params: Params = c.req.param()
      return draw(c, params['p'] ?? '', (making) => make(making, params, c.req.query()))
    })
  app.get(`/projects/:p{${ID}}/budgeting`, (c) => draw(c, c.req.param('p'), legacyBudget))
  app.get(`/:p{${ID}}/project/change_orders/route_to_change_order_package`, (c) =>
    draw(c, c.req.param('p'), ({ read, project }) => {
      const id = c.req.query('change_order_package_id')
      const found = read.lists['prime-change-orders'](project ?? '').find((one) => one.id === id)
      return found ? { leadsTo: found.href } : null
    }),
  )
}

/** Tabs that the new pages of a commitment name otherwise (both sets of names seen 2026-06; that they lead to each other was not). */
const newTabs: Record<string, string> = { schedule_of_values: 'ssov', requisitions: 'invoices', contract_payments: 'payments' }

/** Commitments: opted-in people are sent from a legacy address to the new page of the same record. */
export function commitmentRoutes(app: Hono, draw: Draw, toNew: (project: string, path: string) => string | null): void {
  const newOrLegacy = (c: Context, path: string, legacy: (making: Making) => Drawn): Response | Promise<Response> => {
    const address = toNew(c.req.param('p') ?? '', path)
    return address === null ? draw(c, c.req.param('p') ?? '', legacy) : c.redirect(address)
  }
  for (const list of ['commitments', 'commitments/list', 'contracts/commitments'])
    app.get(`/:p{${ID}}/project/${list}`, (c) =>
      newOrLegacy(c, '', (making) => legacyCommitments(making, making.read.commitments(c.req.param('p')))),
    )
  for (const prefix of ['commitments', 'contracts/commitments'])
    app.get(`/:p{${ID}}/project/${prefix}/:type{${TYPE}}/:id{${ID}}/:tab{[a-z_]+}?`, (c) => {
      const { p, type, id, tab = '' } = c.req.param()
      return newOrLegacy(c, `/${type}/${id}${tab && `/${newTabs[tab] ?? tab}`}`, (making) => {
        const one = making.read.commitment(p, id)
        return one?.type === type ? legacyCommitment(making, one, tab) : null
      })
    })
}
