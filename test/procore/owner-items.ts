/** The owner's side: what is contracted with and billed to the client (facts 6.3; reference of May 2026). */
import type { Coded, Item } from './items.ts'

export interface PrimeContract extends Coded {
  project_id: number
  number: string
  title: string
  status: string
  grand_total: string
  executed: boolean
}

export interface PaymentApplication extends Item {
  project_id: number
  prime_contract_id: number
  number: number
  invoice_number: string
  billing_date: string | null
  period_start: string | null
  period_end: string | null
  status: string
  percent_complete: string
  /** Work of this period before retainage; the G702 figures are worked out from it. */
  claimed: string
  retainage: string
  total_amount_paid: string
}
