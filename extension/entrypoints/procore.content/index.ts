import { defineContentScript } from 'wxt/utils/define-content-script'
import { procorePages } from '../../../shared/pages/hosts.ts'
import { followAddress } from './follow-address.ts'
import { runFeatures } from './run-features.ts'
import '../../ui/badge.css'

/** Starts in the top frame of every Procore page, as early as possible; does nothing until the address is one we know. */
export default defineContentScript({
  ...procorePages,
  runAt: 'document_start',
  noScriptStartedPostMessage: true,
  main: () => followAddress(runFeatures()),
})
