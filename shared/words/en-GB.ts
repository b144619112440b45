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
  'still.prime-change-order': 'The MCV is still in ERP. Please delete it before retrying.',
  'still.requisition': 'The payment application is still in your ERP system. Please delete it before retrying.',
  'entity.commitment-cos': 'commitment variations',
  'entity.prime-contracts': 'main contracts',
}
