import { defineFeature } from '../feature.ts'
import { watchActions } from './button.ts'
import './unlink.css'

/** Unlink beside Procore’s own actions, with what would come of it. Only new pages of contracts have a place for it; elsewhere the popover carries it. */
export const unlink = defineFeature({
  id: 'unlink',
  pages: ['subcontract', 'purchase-order'],
  anchor: 'headerActions',
  isEmpty: ({ family }) => family !== 'host',
  start: watchActions,
})
