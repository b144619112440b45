/** What people call an item, from the fields Procore's answers hold under the API's names (procore-api.md 6). Pure. */
export type Named = { number: string | null; name: string | null }

const numbers = ['number', 'project_number', 'invoice_number', 'check_number', 'payment_number', 'full_code', 'code', 'origin_code']
const names = ['title', 'name', 'display_name', 'description', 'vendor_name']

type Content = Record<string, unknown>

const firstOf = (content: Content, fields: readonly string[]): string | null => {
  const found = fields.map((field) => content[field]).find((value) => typeof value === 'string' && value.trim() !== '')
  return typeof found === 'string' ? found : null
}

export const namedOf = (content: Content): Named => ({ number: firstOf(content, numbers), name: firstOf(content, names) })
