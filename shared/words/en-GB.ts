import { en } from './en.ts'
import type { WordTexts } from './languages.ts'

/** English (United Kingdom): the words in which Procore's British edition differs (support.procore.com, en-gb, 2026); the rest is common. */
export const enGB: WordTexts = {
  ...en,
  'field.approved-changes': 'Approved variations',
  'field.retainage': 'Retention',
  'field.state': 'County',
  'field.zip': 'Postcode',
  'still.commitment-change-order': 'The CV is still in ERP. Please delete it before retrying.',
  'still.reverse': 'The CV is still in ERP. It cannot be deleted there; what to do instead follows.',
  'still.prime-change-order': 'The MCV is still in ERP. Please delete it before retrying.',
  'still.requisition': 'The payment application is still in your ERP system. Please delete it before retrying.',
  'forecast.children-linked': 'Linked records stand under it ({count}: variations, payments). Unlink those first.',
  'erase.reverse': 'An approved variation cannot be deleted there: enter one of the opposite amount.',
  'erase.sage-300-cre.commitment-cos-reverse':
    'Without Project Management an approved variation cannot be deleted there: enter one with the next free number and every line’s units and amount negated.',
  'erase.sage-300-cre.commitment-cos-either':
    'With Project Management: delete it there first. Without, an approved variation cannot be deleted, only reversed: by one with the next free number and every line negated. An admin can tell Tieback which.',
  'erase.acumatica.commitment-cos': 'Variations are reversed there: reverse this one first.',
  'item.commitment-change-order': 'Commitment variation',
  'item.prime-contract': 'Main contract',
  'item.prime-change-order': 'Main contract variation',
  'entity.commitment-cos': 'commitment variations',
  'entity.prime-contracts': 'main contracts',
}
