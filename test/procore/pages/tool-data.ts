import type { Line, ListName } from './lines.ts'
import type { PagesOptions } from './options.ts'
import type { Read } from './read.ts'
import { type Words, wordsOf } from './words.ts'

/** What a page of the new family shows beside commitments: a list of lines, or a record with its tabs. */
type ToolData =
  | { kind: 'list'; title: string; lines: Line[] }
  | { kind: 'bare'; title: string; rows: { id: string; code: string; name: string }[] }
  | { kind: 'people'; title: string; rows: { id: string; name: string; vendor: string; href: string }[] }
  | { kind: 'home'; title: string }
  | { kind: 'record'; tool: string; title: string; one: Line; tabs: { slug: string; label: string; lines: Line[] | null }[] }

/** Lists by the name the page's script gives its address, with the tool's own word. */
const lists: Record<string, { list: ListName; word: keyof Words }> = {
  'prime-contracts': { list: 'prime-contracts', word: 'primeContracts' },
  'change-events': { list: 'change-events', word: 'changeEvents' },
  'owner-invoices': { list: 'owner-invoices', word: 'invoicing' },
  'subcontractor-invoices': { list: 'subcontractor-invoices', word: 'invoicing' },
  'direct-costs': { list: 'direct-costs', word: 'directCosts' },
}

export function toolData(read: Read, locale: PagesOptions['locale'], project: string, name: string, id: string | null): ToolData | null {
  const words = wordsOf(locale)
  if (id !== null) return recordData(read, words, project, name, id)
  const known = lists[name]
  if (known) return { kind: 'list', title: words[known.word], lines: read.lists[known.list](project) }
  if (name === 'budget')
    return { kind: 'bare', title: words.budget, rows: read.budget(project).map((one) => ({ ...one, id: String(one.id) })) }
  if (name === 'directory') return { kind: 'people', title: words.directory, rows: people(read, project) }
  return name === 'project-home' ? { kind: 'home', title: read.project(project)?.name ?? '' } : null
}

function recordData(read: Read, words: Words, project: string, name: string, id: string): ToolData | null {
  const known = lists[name]
  const one = known && read.lists[known.list](project).find((line) => line.id === id)
  if (!known || !one) return null
  const general = { slug: '', label: words.general, lines: null }
  const held = (list: ListName): Line[] => read.lists[list](project)
  const tabs = [
    { slug: 'change_orders', label: words.changeOrders, lines: [...held('prime-change-orders'), ...held('potential-change-orders')] },
    { slug: 'invoices', label: words.invoices, lines: held('owner-invoices') },
  ]
  return { kind: 'record', tool: name, title: words[known.word], one, tabs: name === 'prime-contracts' ? [general, ...tabs] : [general] }
}

/** People with the company they work for; who works for whom is made up. */
export function people(read: Read, project: string) {
  const vendors = read.vendors()
  return read.people().map(({ id, name }, n) => {
    const vendor = n % 3 === 2 ? undefined : vendors[n % 3]
    return {
      ...{ id: String(id), name, vendor: vendor?.name ?? '' },
      href: vendor ? `/${project}/project/directory/edit_vendor/${vendor.id}` : '',
    }
  })
}
