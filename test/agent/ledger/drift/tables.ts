/** Made exports of one invented company, as the ERP knows them: dates yyyy-mm-dd, amounts with a point. Each has a second day with real changes. */
import type { Entity } from '../../../../shared/item.ts'

export type Cells = readonly string[]
export type Table = {
  entity: Entity
  file: string
  header: Cells
  dates: readonly string[]
  amounts: readonly string[]
  /** The first day, and the next: one name or description corrected, one record new. */
  first: readonly Cells[]
  next: readonly Cells[]
  /** Columns of a file no ERP writes are named by the connection. */
  mapping?: Record<string, string>
}

export const tables = {
  vendors: {
    ...{ entity: 'vendors', file: 'vendors', dates: [], amounts: [] },
    header: ['Vendor', 'Name', 'Address_1', 'City', 'State', 'ZIP', 'Telephone'],
    first: [
      ['00123', 'Müller Bau', '12 Dock Rd', 'Portwell', 'MA', '02110', '555-0101'],
      ['00456', 'Ace Steel', '7 High St', 'Fairmont', 'MA', '02111', '555-0102'],
      ['00789', 'Crête & Fils', '9 Low St', 'Ashby', 'MA', '02112', '555-0103'],
    ],
    next: [
      ['00123', 'Müller Bau', '12 Dock Rd', 'Portwell', 'MA', '02110', '555-0101'],
      ['00456', 'Ace Steel', '7 High St', 'Fairmont', 'MA', '02111', '555-0199'],
      ['00789', 'Crête & Fils', '9 Low St', 'Ashby', 'MA', '02112', '555-0103'],
      ['00901', 'Delta Tile', '1 New Rd', 'Portwell', 'MA', '02113', '555-0104'],
    ],
  },
  jobs: {
    ...{ entity: 'jobs', file: 'jobs', dates: ['Contract_Date'], amounts: ['Original_Contract_Amount'] },
    header: ['Job', 'Description', 'Status', 'Contract_Date', 'Original_Contract_Amount'],
    first: [
      ['2201', 'Library', 'In progress', '2026-03-04', '1250.00'],
      ['2202', 'Town hall', 'In progress', '2026-05-06', '98000.50'],
      ['2203', 'School', 'In progress', '2026-07-21', '410.250'],
    ],
    next: [
      ['2201', 'Library refit', 'In progress', '2026-03-04', '1250.00'],
      ['2202', 'Town hall', 'In progress', '2026-05-06', '98000.50'],
      ['2203', 'School', 'In progress', '2026-07-21', '410.250'],
      ['2204', 'Bridge', 'In progress', '2026-08-09', '2.125'],
    ],
  },
  invoices: {
    ...{ entity: 'ap-invoices', file: 'invoices', dates: ['Invoice_Date'], amounts: ['Amount'] },
    header: ['Vendor', 'Invoice', 'Invoice_Date', 'Amount', 'Description', 'Status'],
    first: [
      ['00123', 'A-1', '2026-01-02', '100.00', 'Slab', 'Open'],
      ['00123', 'A-2', '2026-02-03', '250.750', 'Walls', 'Open'],
      ['00456', 'B-1', '2026-02-17', '75.10', 'Beams', 'Open'],
    ],
    next: [
      ['00123', 'A-1', '2026-01-02', '100.00', 'Slab, north', 'Open'],
      ['00123', 'A-2', '2026-02-03', '250.750', 'Walls', 'Open'],
      ['00456', 'B-1', '2026-02-17', '75.10', 'Beams', 'Open'],
      ['00456', 'B-2', '2026-04-05', '3.500', 'Bolts', 'Open'],
    ],
  },
  insurance: {
    ...{ entity: 'insurances', file: 'insurance', dates: ['From', 'Until'], amounts: [] },
    header: ['Supplier', 'Cover', 'Policy', 'Insurer', 'From', 'Until'],
    mapping: {
      ...{ vendor: 'Supplier', insurance_type: 'Cover', policy_number: 'Policy', name: 'Insurer', effective_date: 'From' },
      expiration_date: 'Until',
    },
    first: [
      ['00123', 'Liability', 'P-1', 'Nordia', '2026-01-10', '2027-01-09'],
      ['00456', 'Liability', 'P-2', 'Nordia', '2026-02-03', '2027-02-02'],
      ['00789', 'Cars', 'P-3', 'Ostra', '2026-06-30', '2027-06-29'],
    ],
    next: [
      ['00123', 'Liability', 'P-1', 'Nordia Group', '2026-01-10', '2027-01-09'],
      ['00456', 'Liability', 'P-2', 'Nordia', '2026-02-03', '2027-02-02'],
      ['00789', 'Cars', 'P-3', 'Ostra', '2026-06-30', '2027-06-29'],
      ['00901', 'Cars', 'P-4', 'Ostra', '2026-03-01', '2027-02-28'],
    ],
  },
  costs: {
    ...{ entity: 'jc-transactions', file: 'costs', dates: ['Accounting_Date'], amounts: ['Amount'] },
    header: [
      ...['Job', 'Cost_Code', 'Category', 'Transaction_Type', 'Accounting_Date', 'Description', 'Amount', 'Vendor', 'Commitment'],
      ...['Run', 'Batch', 'Sequence'],
    ],
    first: [
      ['2201', '03-300', 'M', 'JC cost', '2026-03-04', 'Rebar', '80.00', '00123', '', '0001', '1', '1'],
      ['2201', '03-300', 'S', 'AP cost', '2026-03-05', 'Pour', '900.125', '00456', 'SC-1', '0001', '1', '2'],
      ['2202', '05-100', 'L', 'PR cost', '2026-05-06', 'Wages', '300.00', '', '', '0001', '1', '3'],
      ['2202', '05-100', 'M', 'JC cost', '2026-05-21', 'Bolts', '12.50', '00456', '', '0001', '1', '4'],
    ],
    next: [
      ['2201', '03-300', 'M', 'JC cost', '2026-03-04', 'Rebar', '80.00', '00123', '', '0001', '1', '1'],
      ['2201', '03-300', 'S', 'AP cost', '2026-03-05', 'Pour', '900.125', '00456', 'SC-1', '0001', '1', '2'],
      ['2202', '05-100', 'L', 'PR cost', '2026-05-06', 'Wages', '300.00', '', '', '0001', '1', '3'],
      ['2202', '05-100', 'M', 'JC cost', '2026-05-21', 'Bolts M8', '12.50', '00456', '', '0001', '1', '4'],
      ['2201', '03-300', 'S', 'AP cost', '2026-06-07', 'Pour 2', '1.250', '00456', 'SC-1', '0002', '1', '1'],
      ['2202', '05-100', 'L', 'PR cost', '2026-06-08', 'Wages', '2.500', '', '', '0002', '1', '2'],
    ],
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof tables
