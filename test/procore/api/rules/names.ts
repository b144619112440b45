import type { Company } from '../../company.ts'
import type { Json } from '../../items.ts'

/** The small objects Procore nests: id and name of what an item points to. */
export function vendorName(company: Company, id: number | null): string | null {
  return (id === null ? undefined : company.tables.vendors.get(id))?.name ?? null
}

export function compactProject(company: Company, id: number): Json {
  return { id, name: company.tables.projects.get(id)?.name ?? null }
}

export function compactType(company: Company, id: number | null): Json {
  const type = id === null ? undefined : company.tables.line_item_types.get(id)
  if (!type) return null
  return {
    id: type.id,
    name: type.name,
    code: type.code,
    base_type: type.base_type,
    origin_data: type.origin_data,
    origin_id: type.origin_id,
  }
}

export function compactCode(company: Company, id: number | null): Json {
  const code = id === null ? undefined : company.tables.cost_codes.get(id)
  if (!code) return null
  return { id: code.id, full_code: code.full_code, name: code.name, origin_id: code.origin_id }
}

export const currency = { currency_iso_code: 'USD' }
