/** What a company keeps besides its contracts: codes, tax codes and insurances, under Procore's own names (facts 6.1; reference of May 2026). */
import type { Item } from './items.ts'

export interface CostCode extends Item {
  project_id: number
  sub_job_id: number | null
  code: string
  full_code: string
  name: string
  parent_id: number | null
  position: number
  standard_cost_code_id: number | null
}

export interface SubJob extends Item {
  project_id: number
  code: string
  name: string
}

export interface LineItemType extends Item {
  code: string
  name: string
  base_type: string
}

export interface StandardCostCodeList extends Item {
  name: string
  is_erp_list: boolean
  available_to_use_on_new_projects: boolean
}

export interface StandardCostCode extends Item {
  standard_cost_code_list_id: number
  parent_id: number | null
  code: string
  full_code: string
  name: string
}

export interface TaxCode extends Item {
  code: string
  description: string
  rate1: number
  archived: boolean
  default_tax_code: boolean
}

export interface Insurance extends Item {
  vendor_id: number
  insurance_type: string
  insurance_provider: string | null
  policy_number: string | null
  effective_date: string | null
  expiration_date: string | null
  limit: string | null
  status: string
  exempt: boolean
  info_received: boolean
  notes: string | null
}
