import type { FirmTax } from './shapes.ts'

const tax = (code: string, description: string, rate: string, more: Partial<FirmTax> = {}): FirmTax => ({
  ...{ code, description, rate, erpRate: rate, where: 'both' },
  ...more,
})

/** Six agree but for one rate; one stands in the ERP alone, one in Procore. Rates are percent. */
export const taxes: readonly FirmTax[] = [
  tax('WA', 'State and local', '8.5'),
  tax('EXEMPT', 'No tax', '0'),
  tax('WA-LAKE', 'State and Lakeview', '8.9'),
  tax('WA-NORTH', 'State and Northgate', '10.1', { erpRate: '10.25' }),
  tax('USE', 'Use tax', '6.5'),
  tax('OR', 'No sales tax', '0'),
  tax('WA-RIVER', 'State and Riverside', '7.8', { where: 'erp' }),
  tax('LEGACY', 'Before 2024', '8.2', { where: 'procore' }),
]
