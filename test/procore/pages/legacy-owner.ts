import { legacyLine, legacyLines, legacyRecord } from './legacy.ts'
import type { Line, ListName } from './lines.ts'
import type { Making } from './shell.ts'
import { shownMoney } from './shown.ts'
import { type Words, wordsOf } from './words.ts'

/** The change orders of a project; `tab` is the query's. Its prime rows lead to a redirecting address, as seen in the real list (2026-06). */
export function legacyChangeOrders(making: Making, tab: string) {
  const { read, project } = making
  const of = (name: ListName): Line[] => read.lists[name](project ?? '')
  const lines = tab === 'prime' ? [...of('prime-change-orders').map(detour), ...of('potential-change-orders')] : of('change-orders')
  return legacyLines(making, 'change_orders', wordsOf(making.options.locale).changeOrders, lines)
}
const detour = (one: Line): Line => ({
  ...one,
  href: one.href.replace(/prime_contracts.*/, `change_orders/route_to_change_order_package?change_order_package_id=${one.id}&subtab=prime`),
})

export const legacyPrimeContracts = (making: Making) =>
  legacyLines(
    making,
    'prime_contracts',
    wordsOf(making.options.locale).primeContracts,
    making.read.lists['prime-contracts'](making.project ?? ''),
  )

/** Which lists a prime contract's tabs show; a project of the practice company has one such contract. */
const tabLists: Record<string, ListName[]> = {
  change_orders: ['prime-change-orders', 'potential-change-orders'],
  invoices: ['owner-invoices'],
}
const primeTab = (making: Making, tab: string): Line[] | undefined =>
  tabLists[tab]?.flatMap((name) => making.read.lists[name](making.project ?? ''))

export function legacyPrimeContract(making: Making, id: string, tab: string) {
  const words = wordsOf(making.options.locale)
  const one = making.read.lists['prime-contracts'](making.project ?? '').find((each) => each.id === id)
  if (!one) return null
  return legacyRecord(making, {
    ...{ tool: 'prime_contracts', toolTitle: words.primeContracts, back: `/${making.project}/project/prime_contracts`, open: tab },
    ...{ heading: `${words.primeContract} #${one.number}: ${one.title}`, synced: one.synced, section: words.general, address: one.href },
    lines: primeTab(making, tab),
    tabs: [
      { slug: '', label: words.general },
      { slug: 'change_orders', label: words.changeOrders },
      { slug: 'invoices', label: words.invoices },
    ],
    fields: [
      [words.number, one.number],
      [words.title, one.title],
      [words.status, one.status],
      [words.original, shownMoney(one.amount)],
    ],
  })
}

/** Records inside a prime contract, by the part of their address that names their kind. */
export function legacyPrimeHeld(making: Making, kind: string, id: string) {
  const words = wordsOf(making.options.locale)
  const held = heldKinds[kind]
  const found = held && making.read.lists[held.list](making.project ?? '').find((one) => one.id === id)
  return held ? legacyLine(making, 'prime_contracts', words.primeContracts, words[held.word], found) : null
}
const heldKinds: Record<string, { list: ListName; word: keyof Words }> = {
  change_order_packages: { list: 'prime-change-orders', word: 'primeChangeOrder' },
  potential_change_orders: { list: 'potential-change-orders', word: 'potentialChangeOrder' },
  payment_applications: { list: 'owner-invoices', word: 'invoice' },
}
