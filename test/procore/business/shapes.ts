export type Cents = number
/** Which side has it. */
type Where = 'both' | 'procore' | 'erp'

interface Extra {
  code: string
  name: string
}

export interface Job {
  number: string
  name: string
  city: string
  state: string
  zip: string
  where: Where
  active: boolean
  contract: Cents
  extras: readonly Extra[]
}

export interface FirmVendor {
  /** The ERP's vendor id, up to 10 characters (Sage 300 CRE). */
  code: string
  name: string
  /** The ERP's spelling when it is another one. */
  erpName: string
  street: string
  city: string
  state: string
  zip: string
  phone: string
  email: string
  taxId: string
  where: Where
  /** What Procore carries to find it by: the ERP code, only the name, or nothing that fits. */
  procoreHas: 'code' | 'name' | 'nothing'
  disaster?: 'duplicate'
}

export interface FirmLine {
  description: string
  costCode: string
  category: string
  extra: string
  amount: Cents
  units: number | null
  uom: string
}

/** How the two sides disagree about a commitment. */
type Difference = 'amount' | 'title' | 'closed'

export interface FirmCommitment {
  number: string
  kind: 'subcontract' | 'purchase order'
  job: string
  vendor: number
  title: string
  date: string
  status: string
  retainage: number
  lines: readonly FirmLine[]
  where: Where
  difference?: Difference
  disaster?: 'foreign origin' | 'too-long title' | 'negative' | 'duplicate vendor'
}

export interface FirmChangeOrder {
  commitment: string
  number: string
  title: string
  amount: Cents
  status: string
  date: string
}

export interface FirmInvoice {
  commitment: string
  number: number
  invoice: string
  from: string
  to: string
  billed: string
  amount: Cents
  retainage: Cents
  status: string
}

/** What was paid on a subcontractor invoice; `erpAmount` where the ERP says another amount. */
export interface FirmPayment {
  /** The ERP's payment id. */
  id: string
  commitment: string
  invoice: string
  /** Number of the invoice under its commitment. */
  number: number
  amount: Cents
  erpAmount: Cents
  date: string
  check: string
  where: Where
}

export interface FirmPrimeChange {
  job: string
  number: string
  title: string
  amount: Cents
  status: 'approved' | 'pending' | 'draft'
  date: string
}

/** What is billed to the owner of a job; `erpAmount` where the ERP says another amount. */
export interface FirmOwnerInvoice {
  job: string
  number: number
  invoice: string
  from: string
  to: string
  amount: Cents
  erpAmount: Cents
  retainage: Cents
  status: 'approved' | 'under_review' | 'draft'
  paid: boolean
  where: Where
}

export interface FirmTax {
  code: string
  description: string
  rate: string
  /** The ERP's rate when it is another one. */
  erpRate: string
  where: Where
}

export interface FirmInsurance {
  vendor: number
  type: string
  carrier: string
  policy: string
  effective: string
  expires: string
  /** The ERP's date when it is another one. */
  erpExpires: string
  limit: string
  where: Where
}

export interface FirmCost {
  job: string
  extra: string
  costCode: string
  category: string
  type: 'AP cost' | 'PR cost' | 'JC cost' | 'EQ cost'
  date: string
  accountingDate: string
  description: string
  units: number | null
  amount: Cents
  vendor?: number
  invoice?: string
  commitment?: string
  employee?: string
  payId?: string
  batch: number
  run: number
  sequence: number
  disaster?: 'missing cost code'
}

export interface Business {
  seed: number
  jobs: readonly Job[]
  vendors: readonly FirmVendor[]
  commitments: readonly FirmCommitment[]
  changeOrders: readonly FirmChangeOrder[]
  invoices: readonly FirmInvoice[]
  payments: readonly FirmPayment[]
  primeChanges: readonly FirmPrimeChange[]
  ownerInvoices: readonly FirmOwnerInvoice[]
  taxes: readonly FirmTax[]
  insurances: readonly FirmInsurance[]
  costs: readonly FirmCost[]
}
