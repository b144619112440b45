import { legacyLine, legacyLines, legacyList, legacyRecord } from './legacy.ts'
import type { Making } from './shell.ts'
import { shownMoney } from './shown.ts'
import { wordsOf } from './words.ts'

export const legacyDirectCosts = (making: Making) =>
  legacyLines(making, 'direct_costs', wordsOf(making.options.locale).directCosts, making.read.lists['direct-costs'](making.project ?? ''))

export function legacyDirectCost(making: Making, id: string, tab: string) {
  const { read, project } = making
  const words = wordsOf(making.options.locale)
  const cost = read.directCost(project ?? '', id)
  if (!cost) return null
  return legacyRecord(making, {
    ...{ tool: 'direct_costs', toolTitle: words.directCosts, back: `/${project}/project/direct_costs`, open: tab, locked: 'direct cost' },
    ...{
      heading: `${words.directCost}: ${cost.description ?? cost.invoice_number ?? id}`,
      synced: cost.origin_id !== null,
      section: words.general,
    },
    address: `/${project}/project/direct_costs/${id}`,
    tabs: [
      { slug: '', label: words.general },
      { slug: 'related_items', label: words.more },
      { slug: 'change_history', label: words.history },
    ],
    fields: [
      [words.vendor, read.vendor(cost.vendor_id)],
      [words.number, cost.invoice_number ?? ''],
      [words.date, cost.direct_cost_date ?? ''],
      [words.status, cost.status],
      [words.amount, shownMoney(read.directCostAmount(cost.id))],
    ],
  })
}

/** The budget: its lines are amounts by cost code, no records of their own. */
export function legacyBudget(making: Making) {
  const words = wordsOf(making.options.locale)
  const rows = making.read.budget(making.project ?? '').map((one) => [one.code, one.name])
  return legacyList(making, 'budgeting', words.budget, [words.costCode, words.description], rows)
}

export const legacyChangeEvents = (making: Making) =>
  legacyLines(
    making,
    'change_events',
    wordsOf(making.options.locale).changeEvents,
    making.read.lists['change-events'](making.project ?? ''),
  )

export function legacyChangeEvent(making: Making, id: string) {
  const words = wordsOf(making.options.locale)
  const found = making.read.lists['change-events'](making.project ?? '').find((one) => one.id === id)
  return legacyLine(making, 'change_events/events', words.changeEvents, words.changeEvent, found)
}
