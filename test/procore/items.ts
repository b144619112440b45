/**
 * What Procore keeps, field by field, under Procore's own names (facts 5.2, 6.1, 6.2; reference of May 2026).
 * Amounts that Procore works out itself (totals, revised contract) are not kept here: see amounts.ts.
 */
import type { CostCode, Insurance, LineItemType, StandardCostCode, StandardCostCodeList, SubJob, TaxCode } from './company-items.ts'
import type { PaymentApplication, PrimeContract } from './owner-items.ts'

export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json }

export interface Item {
  id: number
  created_at: string
  updated_at: string
  deleted_at: string | null
  origin_id: string | null
  origin_data: string | null
  [field: string]: Json
}

export interface Coded extends Item {
  origin_code: string | null
}

export interface Vendor extends Coded {
  name: string
  address: string | null
  city: string | null
  state_code: string | null
  zip: string | null
  country_code: string | null
  business_phone: string | null
  email_address: string | null
  is_active: boolean
  business_register: { type: string; identifier: string } | null
}

export interface Project extends Coded {
  name: string
  project_number: string
  active: boolean
  city: string
  state_code: string
  time_zone: string
  total_value: string
  is_erp_integrated: boolean
}

type ContractKind = 'WorkOrderContract' | 'PurchaseOrderContract'

export interface Contract extends Coded {
  kind: ContractKind
  project_id: number
  vendor_id: number | null
  number: string
  title: string | null
  description: string | null
  status: string
  executed: boolean
  private: boolean
  accounting_method: 'amount' | 'unit'
  retainage_percent: string
  contract_date: string | null
}

export interface LineItem extends Item {
  project_id: number
  holder_id: number
  holder_type: ContractKind | 'DirectCost::Item'
  position: number
  description: string | null
  amount: string
  quantity: string | null
  unit_cost: string | null
  uom: string | null
  extended_type: 'manual' | 'calculated'
  cost_code_id: number | null
  line_item_type_id: number | null
  wbs_code_id: number | null
  tax_code_id: number | null
}

export interface ChangeOrderPackage extends Coded {
  project_id: number
  contract_id: number
  number: string
  revision: number
  title: string
  description: string | null
  status: string
  executed: boolean
  grand_total: string
  type: 'CommitmentContractChangeOrder' | 'PrimeContractChangeOrder'
}

export interface Requisition extends Item {
  project_id: number
  commitment_id: number
  commitment_type: ContractKind
  contract_name: string
  vendor_id: number | null
  number: number
  invoice_number: string
  billing_date: string
  requisition_start: string
  requisition_end: string
  status: string
  final: boolean
  percent_complete: string
  total_claimed_amount: string
  retainage: string
  erp_status: string | null
}

export interface ContractPayment extends Coded {
  project_id: number
  contract_id: number
  requisition_id: number | null
  amount: string
  date: string | null
  check_number: string | null
  invoice_number: string | null
  payment_number: number | null
  payment_method: string | null
}

export interface DirectCost extends Item {
  project_id: number
  direct_cost_type: 'invoice' | 'expense' | 'payroll'
  direct_cost_date: string | null
  description: string | null
  invoice_number: string | null
  vendor_id: number | null
  employee_id: number | null
  status: string
  terms: string | null
  payment_date: string | null
  received_date: string | null
}

export interface User extends Item {
  login: string
  name: string
  first_name: string
  last_name: string
  email_address: string
  job_title: string
  is_active: boolean
  is_employee: boolean
  erp_integrated_accountant: boolean
  /** Tool name to access level: None, Read Only, Standard, Admin (facts 9.1). */
  levels: { [tool: string]: string }
}

export interface Kinds {
  vendors: Vendor
  projects: Project
  work_order_contracts: Contract
  purchase_order_contracts: Contract
  contract_line_items: LineItem
  change_order_packages: ChangeOrderPackage
  requisitions: Requisition
  contract_payments: ContractPayment
  cost_codes: CostCode
  sub_jobs: SubJob
  line_item_types: LineItemType
  standard_cost_code_lists: StandardCostCodeList
  standard_cost_codes: StandardCostCode
  tax_codes: TaxCode
  insurances: Insurance
  direct_costs: DirectCost
  direct_cost_line_items: LineItem
  prime_contracts: PrimeContract
  payment_applications: PaymentApplication
  users: User
}
export type Kind = keyof Kinds
export const kinds: readonly Kind[] = [
  'vendors',
  'projects',
  'work_order_contracts',
  'purchase_order_contracts',
  'contract_line_items',
  'change_order_packages',
  'requisitions',
  'contract_payments',
  'cost_codes',
  'sub_jobs',
  'line_item_types',
  'standard_cost_code_lists',
  'standard_cost_codes',
  'tax_codes',
  'insurances',
  'direct_costs',
  'direct_cost_line_items',
  'prime_contracts',
  'payment_applications',
  'users',
]
