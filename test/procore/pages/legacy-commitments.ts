import { html } from 'hono/html'
import { legacyLine, legacyList, legacyRecord, syncedCorner } from './legacy.ts'
import type { Commitment } from './read.ts'
import type { Making } from './shell.ts'
import { shownMoney } from './shown.ts'
import { type Words, wordsOf } from './words.ts'

export function legacyCommitments(making: Making, commitments: Commitment[]) {
  const words = wordsOf(making.options.locale)
  const rows = commitments.map((one) => [
    html`<a href="/${making.project}/project/commitments/${one.type}/${one.id}">${one.number}</a>`,
    one.vendor,
    html`${one.erpStatus ? syncedCorner : ''}${one.title}`,
    one.status,
    html`<span class="amount">${shownMoney(one.amounts.revised_contract)}</span>`,
  ])
  return legacyList(making, 'commitments', words.commitments, [words.number, words.vendor, words.title, words.status, words.revised], rows)
}

/** The tabs of a commitment that list records. */
const linesOf: Record<string, 'changeOrdersOf' | 'invoicesOf' | 'paymentsOf'> = {
  change_orders: 'changeOrdersOf',
  requisitions: 'invoicesOf',
  contract_payments: 'paymentsOf',
}

export function legacyCommitment(making: Making, one: Commitment, tab: string) {
  const lines = linesOf[tab]
  const words = wordsOf(making.options.locale)
  return legacyRecord(making, {
    ...{ tool: 'commitments', toolTitle: words.commitments, back: `/${making.project}/project/commitments`, open: tab },
    ...{ heading: `${words.commitment} #${one.number}: ${one.title}`, synced: one.erpStatus !== null, section: words.general },
    address: `/${making.project}/project/commitments/${one.type}/${one.id}`,
    lines: lines && making.read[lines](making.project ?? '', one),
    tabs: [
      { slug: '', label: words.general },
      { slug: 'schedule_of_values', label: words.ssov },
      { slug: 'change_orders', label: words.changeOrders },
      { slug: 'requisitions', label: words.invoices },
      { slug: 'contract_payments', label: words.paid },
      { slug: 'change_history', label: words.history },
    ],
    fields: [
      [words.number, one.number],
      [words.vendor, html`<a href="/${making.project}/project/directory/edit_vendor/${one.vendorId ?? ''}">${one.vendor}</a>`],
      [words.title, one.title],
      [words.status, one.status],
      [words.original, shownMoney(one.amounts.grand_total)],
      [words.approvedChanges, shownMoney(one.amounts.approved_change_orders)],
      [words.revised, shownMoney(one.amounts.revised_contract)],
      [words.paid, shownMoney(one.amounts.total_payments)],
    ],
  })
}

/** Records inside a commitment, by the part of their address that names their kind; found in their own commitment only. */
export function legacyHeld(making: Making, one: Commitment, kind: string, id: string) {
  const words = wordsOf(making.options.locale)
  const held = heldKinds[kind]
  if (!held) return null
  const found = making.read[held.lines](making.project ?? '', one).find((each) => each.id === id)
  return legacyLine(making, 'commitments', words.commitments, words[held.word], found, held.locked)
}
const heldKinds: Record<string, { lines: 'changeOrdersOf' | 'invoicesOf' | 'paymentsOf'; word: keyof Words; locked?: string }> = {
  commitment_contract_change_orders: { lines: 'changeOrdersOf', word: 'changeOrder' },
  requisitions: { lines: 'invoicesOf', word: 'invoice', locked: 'invoice' },
  contract_payments: { lines: 'paymentsOf', word: 'payment', locked: 'payment' },
}
