/** Cost codes of the firm's standard list, with the punctuation of its own mask; -000 codes are summaries (facts erp-files C4). */
export const costCodes = [
  { code: '01-000', name: 'General requirements' },
  { code: '01-3100', name: 'Project management' },
  { code: '01-5000', name: 'Temporary facilities' },
  { code: '02-4100', name: 'Demolition' },
  { code: '03-3000', name: 'Cast-in-place concrete' },
  { code: '04-2000', name: 'Unit masonry' },
  { code: '05-1200', name: 'Structural steel' },
  { code: '05-5000', name: 'Metal fabrications' },
  { code: '06-1000', name: 'Rough carpentry' },
  { code: '06-4000', name: 'Architectural woodwork' },
  { code: '07-2100', name: 'Insulation' },
  { code: '07-5000', name: 'Membrane roofing' },
  { code: '08-1100', name: 'Doors and frames' },
  { code: '08-4100', name: 'Storefronts' },
  { code: '09-2900', name: 'Gypsum board' },
  { code: '09-6500', name: 'Resilient flooring' },
  { code: '09-9000', name: 'Painting' },
  { code: '14-2000', name: 'Elevators' },
  { code: '21-1300', name: 'Fire sprinklers' },
  { code: '22-1000', name: 'Plumbing' },
  { code: '23-3000', name: 'Ductwork' },
  { code: '26-0500', name: 'Electrical' },
  { code: '27-1000', name: 'Structured cabling' },
  { code: '31-2000', name: 'Earthwork' },
  { code: '32-1200', name: 'Paving' },
] as const

/** Codes that may carry cost. */
export const workCodes = costCodes.filter((one) => !one.code.endsWith('-000'))

/** ERP categories (3 characters) and the kind of cost type they are in Procore. */
export const categories = [
  { code: 'LAB', name: 'Labor', base: 'other' },
  { code: 'MAT', name: 'Material', base: 'materials' },
  { code: 'SUB', name: 'Subcontract', base: 'commitment' },
  { code: 'EQP', name: 'Equipment', base: 'equipment' },
  { code: 'OTH', name: 'Other', base: 'other' },
] as const

/** A code the ERP posts to and no project has: the missing cost code of the practice company. */
export const missingCode = '09-9999'

/** Standard codes that Procore alone has. */
export const procoreOnlyCodes = [{ code: '33-1000', name: 'Utilities' }] as const

/** Standard codes the ERP alone has, and those it calls otherwise. */
export const erpOnlyCodes = [
  { code: missingCode, name: 'Suspense' },
  { code: '28-3100', name: 'Fire alarm' },
] as const
export const erpNames: Readonly<Record<string, string>> = { '07-2100': 'Insulation and firestopping', '14-2000': 'Elevators, all' }

/** The category the ERP alone has, and the one it calls otherwise. */
export const erpOnlyCategories = [{ code: 'BUR', name: 'Burden' }] as const
export const erpCategoryNames: Readonly<Record<string, string>> = { OTH: 'Other costs' }
