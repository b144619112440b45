/** Addresses in every shape Procore is known to use, and some it is not; what each shows: kind, then `type:id`, `< type:id` of the holder and `# tab`. */
export const C = '562949953450001'
export const P = '562949953470002'
const K = '562949953480003'
export const ID = '562949953490004'
export const N = `https://us02.procore.com/webclients/host/companies/${C}/projects/${P}/tools`
export const L = `https://us02.procore.com/${P}/project`
export const KC = `https://us02.procore.com/${C}/company`
const D = `https://us02.procore.com/companies/${C}/projects/${P}/tools`

const SC = `work-order-contract:${ID}`
const PO = `purchase-order-contract:${ID}`

export const addresses: [address: string, told: string][] = [
  // lists and contracts, new pages
  [`${N}/contracts/commitments`, 'commitments'],
  [`${N}/contracts/commitments/`, 'commitments'],
  [`${N}/contracts/commitments?page=2#top`, 'commitments'],
  [`${N}/contracts/commitments/recycled`, 'commitments'],
  [`${N}/contracts/commitments/work_order_contracts/${ID}`, `subcontract ${SC}`],
  [`${N}/contracts/commitments/work_order_contracts/${ID}/`, `subcontract ${SC}`],
  [`${N}/contracts/commitments/work_order_contracts/${ID}/ssov`, `subcontract ${SC} # ssov`],
  [`${N}/contracts/commitments/work_order_contracts/${ID}/change_orders`, `subcontract ${SC} # change_orders`],
  [`${N}/contracts/commitments/work_order_contracts/${ID}/payments`, `subcontract ${SC} # payments`],
  [`${N}/contracts/commitments/work_order_contracts/${ID}/edit`, `subcontract ${SC} # edit`],
  [`${N}/contracts/commitments/purchase_order_contracts/${ID}/invoices`, `purchase-order ${PO} # invoices`],
  [`${N}/contracts/commitments/work_order_contracts/create`, 'nothing'],
  [`${N}/contracts/commitments/work_order_contracts/12ab`, 'nothing'],
  [`${N}/contracts/commitments/work_order_contracts/0`, 'nothing'],
  [`${N}/contracts/commitments/work_order_contracts`, 'nothing'],
  [`${N}/contracts/commitments/tender_contracts/${ID}`, 'nothing'],
  // lists and contracts, legacy pages and their synonyms
  [`${L}/commitments`, 'commitments'],
  [`${L}/commitments/list`, 'commitments'],
  [`${L}/contracts/commitments`, 'commitments'],
  [`${L}/commitments/work_order_contracts/${ID}`, `subcontract ${SC}`],
  [`${L}/contracts/commitments/work_order_contracts/${ID}/schedule_of_values`, `subcontract ${SC} # schedule_of_values`],
  [`${L}/contracts/commitments/purchase_order_contracts/${ID}`, `purchase-order ${PO}`],
  [`${L}//commitments//purchase_order_contracts/${ID}`, `purchase-order ${PO}`],
  [`${L}/commitments/configure_tab`, 'nothing'],
  [`${L}/contracts/opt_out_commitments`, 'nothing'],
  [`${L}/commitments/work_order_contracts/${ID}.pdf`, 'nothing'],
  [`${L}/commitments/work_order_contracts/${ID}.PDF?x=1`, 'nothing'],
  // records inside a commitment: tested before the commitment itself
  [
    `${L}/commitments/work_order_contracts/${K}/change_orders/commitment_contract_change_orders/${ID}`,
    `commitment-change-order commitment-change-order:${ID} < work-order-contract:${K}`,
  ],
  [
    `${L}/commitments/purchase_order_contracts/${K}/change_orders/commitment_contract_change_orders/${ID}/edit`,
    `commitment-change-order commitment-change-order:${ID} < purchase-order-contract:${K} # edit`,
  ],
  [
    `${N}/contracts/commitments/work_order_contracts/${K}/change_orders/commitment_contract_change_orders/${ID}`,
    `commitment-change-order commitment-change-order:${ID} < work-order-contract:${K}`,
  ],
  [
    `${L}/commitments/work_order_contracts/${K}/change_orders/commitment_contract_change_orders/new`,
    `subcontract work-order-contract:${K} # change_orders`,
  ],
  [`${L}/commitments/work_order_contracts/${K}/requisitions/${ID}`, `subcontractor-invoice requisition:${ID} < work-order-contract:${K}`],
  [
    `${L}/commitments/purchase_order_contracts/${K}/admin/requisitions/${ID}/edit`,
    `subcontractor-invoice requisition:${ID} < purchase-order-contract:${K} # edit`,
  ],
  [`${L}/commitments/work_order_contracts/${K}/requisitions`, `subcontract work-order-contract:${K} # requisitions`],
  [`${L}/commitments/work_order_contracts/${K}/contract_payments/${ID}`, `payment contract-payment:${ID} < work-order-contract:${K}`],
  [`${L}/commitments/work_order_contracts/${K}/contract_payments`, `subcontract work-order-contract:${K} # contract_payments`],
  // owner side
  [`${N}/contracts/prime_contracts`, 'prime-contracts'],
  [`${N}/contracts/prime_contracts/${ID}`, `prime-contract prime-contract:${ID}`],
  [`${N}/contracts/prime_contracts/create`, 'nothing'],
  [`${L}/prime_contracts/${ID}/change_orders`, `prime-contract prime-contract:${ID} # change_orders`],
  [`${L}/contracts/prime_contracts/${ID}/invoices`, `prime-contract prime-contract:${ID} # invoices`],
  [
    `${L}/prime_contracts/${K}/change_orders/change_order_packages/${ID}`,
    `prime-change-order prime-change-order:${ID} < prime-contract:${K}`,
  ],
  [
    `${L}/prime_contracts/${K}/change_orders/potential_change_orders/${ID}`,
    `potential-change-order potential-change-order:${ID} < prime-contract:${K}`,
  ],
  [`${L}/prime_contracts/${K}/payment_applications/${ID}/edit`, `owner-invoice payment-application:${ID} < prime-contract:${K} # edit`],
  [`${L}/change_orders/list?tab=commitments`, 'change-orders'],
  // change events, direct costs, invoicing, budget, directory, home
  [`${N}/change-events/events`, 'change-events'],
  [`${N}/change-events/events/${ID}/edit`, `change-event change-event:${ID} # edit`],
  [`${N}/change-events/events/new`, 'nothing'],
  [`${L}/change_events/events?view=rfqs`, 'change-events'],
  [`${L}/change_events/events/${ID}`, `change-event change-event:${ID}`],
  [`${L}/direct_costs`, 'direct-costs'],
  [`${L}/direct_costs/summary/index`, 'direct-costs'],
  [`${N}/direct-costs/summary`, 'direct-costs'],
  [`${L}/direct_costs/${ID}`, `direct-cost direct-cost:${ID}`],
  [`${L}/direct_costs/${ID}/change_history`, `direct-cost direct-cost:${ID} # change_history`],
  [`${L}/direct_costs/new`, 'nothing'],
  [`${N}/invoicing`, 'owner-invoices'],
  [`${N}/invoicing/subcontractor`, 'subcontractor-invoices'],
  [`${N}/budgets`, `budget project:${P}`],
  [`${N}/budget_changes`, `budget project:${P}`],
  [`${L}/budgeting`, `budget project:${P}`],
  [`https://us02.procore.com/projects/${P}/budgets/budget_details`, `budget project:${P}`],
  [`${L}/directory/groups/users`, 'directory'],
  [`${L}/directory/edit_vendor/${ID}`, `vendor vendor:${ID}`],
  [`${L}/directory/vendors/${ID}/edit`, `vendor vendor:${ID} # edit`],
  [`${L}/home`, `project-home project:${P}`],
  [`${N}/projecthome`, `project-home project:${P}`],
  [`${KC}/home`, 'portfolio'],
  [`${KC}/home/list`, 'portfolio'],
  // the ERP tool lives at company level only
  [`${KC}/erp_integrations`, 'erp-tool'],
  [`${KC}/erp_integrations/job_costs`, 'erp-tool # job_costs'],
  [`${KC}/erp_integrations/job_costs/refresh?active_synced_projects=${P}`, 'erp-tool # job_costs'],
  [`${KC}/erp_integrations/prime_contracts`, 'erp-tool # prime_contracts'],
  [`${KC}/erp_integrations/owner_invoices`, 'erp-tool # owner_invoices'],
  // a tab nobody has seen: its rows say what it lists, never its name
  [`${KC}/erp_integrations/unheard_of`, 'erp-tool # unheard_of'],
  [`${KC}/erp_integrations/configure_tab`, 'erp-settings'],
  [`${L}/erp_integrations`, 'nothing'],
  // a number is a project before /project/ and a company before /company/, nothing else
  [`https://us02.procore.com/${P}/commitments/work_order_contracts/${ID}`, 'nothing'],
  [`https://us02.procore.com/${C}/company/commitments/work_order_contracts/${ID}`, 'nothing'],
  [`${D}/contracts/commitments`, 'commitments'],
  ['https://us02.procore.com/set_company/5', 'nothing'],
  ['https://us02.procore.com/set_project/5', 'nothing'],
  ['https://us02.procore.com/', 'nothing'],
  ['https://us02.procore.com/abc/project/commitments', 'nothing'],
  // hosts
  [`https://app.procore.com/9/project/commitments`, 'commitments'],
  [`https://APP.procore.com/9/project/commitments`, 'commitments'],
  [`https://uk01.procore.com:8443/9/project/commitments`, 'commitments'],
  [`http://us02.procore.com:8080/9/project/commitments`, 'commitments'],
  [`https://sandbox.procore.com/9/project/commitments`, 'commitments'],
  [`https://login.procore.com/9/project/commitments`, 'nothing'],
  [`https://work.procoregov.com/9/project/commitments`, 'commitments'],
  [`https://api.procoregov.com/9/project/commitments`, 'nothing'],
  [`https://header-ui-service.pages.procore.com/9/project/commitments`, 'nothing'],
  [`https://assets2.procore.com/9/project/commitments`, 'nothing'],
  [`https://api-sandbox-monthly.procore.com/9/project/commitments`, 'commitments'],
  [`https://us02.procore.com.evil.example/9/project/commitments`, 'nothing'],
  [`https://evilprocore.com/9/project/commitments`, 'nothing'],
  [`ftp://us02.procore.com/9/project/commitments`, 'nothing'],
  ['not an address', 'nothing'],
]
