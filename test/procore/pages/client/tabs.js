import { el, money, pill, styled } from './elements.js'
import { project, words } from './start.js'

/** Some tabs carry a name for tests, others none (rendered page, 2026-06). */
export const tabs = [
  { slug: '', label: words.general, qa: 'general' },
  { slug: 'ssov', label: 'SSOV', qa: null },
  { slug: 'change_orders', label: words.changeOrders, qa: 'changeOrders' },
  { slug: 'invoices', label: words.invoices, qa: 'invoices' },
  { slug: 'payments', label: words.paid, qa: null },
  { slug: 'change_history', label: words.history, qa: 'changeHistory' },
  { slug: 'advanced_settings', label: words.settings, qa: 'advancedSettings' },
]

/** What a tab shows that lists nothing. */
export function tabContent(one, tab) {
  if (!tab || tab === 'edit') return [toolbarOf(one), general(one), amounts(one), dates(one)]
  return [el('p', { class: 'empty' }, words.none)]
}

const toolbarOf = (one) =>
  el(
    'div',
    { class: 'sticky-menu' },
    el('button', { type: 'button', class: 'button tertiary' }, words.general),
    el('span', { class: 'spacer' }),
    el('button', { type: 'button', 'data-qa': 'export_to', class: 'button secondary' }, words.export),
    el(
      'a',
      {
        'data-qa': 'editButton',
        class: 'button secondary',
        href: `/${project.id}/project/contracts/commitments/${one.type}/${one.id}/edit`,
      },
      words.edit,
    ),
  )

/** A synced record shows its ERP code beside its own; how other owners than Procore's connectors are named there was not seen. */
const withCode = (text, origin) => (origin ? `${text} (origin_id - ${origin})` : text)
const empty = () => el('span', { 'data-qa': 'core-form-field-empty' }, '--')
export const field = (label, qa, shown) =>
  el('div', { class: 'field' }, el('label', {}, label), el('span', qa ? { 'data-qa': qa } : {}, shown || empty()))
export const card = (id, qa, title, ...fields) =>
  el(
    'div',
    { id, 'data-qa': qa, class: `${styled('Card')} card` },
    el('h2', { class: styled('H2') }, title),
    el('div', { class: 'fields' }, ...fields),
  )

const general = (one) =>
  card(
    'general-information',
    'generalInformationCard',
    words.general,
    field(words.number, 'field_number', withCode(one.number, one.originId)),
    el(
      'div',
      { class: 'field' },
      el('label', {}, words.vendor),
      el(
        'span',
        {},
        el(
          'span',
          { 'data-qa': 'field_vendor' },
          one.vendorId ? el('a', { href: `/${project.id}/project/directory/edit_vendor/${one.vendorId}` }, one.vendor) : empty(),
        ),
        one.vendorOriginId && el('span', {}, ` (origin_id - ${one.vendorOriginId})`),
      ),
    ),
    field(words.title, 'field_title', one.title),
    field(words.status, null, pill(one.status)),
    field(words.private, 'field_private', one.private ? words.yes : words.no),
    field('Access', 'field_accessors', ''),
  )

const amounts = (one) =>
  card(
    'financial-summary',
    null,
    words.total,
    field(words.original, null, money(one.amounts.grand_total)),
    field(words.approvedChanges, null, money(one.amounts.approved_change_orders)),
    field(words.revised, null, money(one.amounts.revised_contract)),
    field(words.invoiced, null, money(one.amounts.total_requisitions_amount)),
    field(words.paid, null, money(one.amounts.total_payments)),
    field(words.remaining, null, money(one.amounts.remaining_balance_outstanding)),
  )

const dates = (one) => card('contract-dates', null, words.contractDate, field(words.contractDate, null, one.contractDate ?? ''))
