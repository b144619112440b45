import { defineContentScript } from 'wxt/utils/define-content-script'
import { followAddress } from './follow-address.ts'
import { runFeatures } from './run-features.ts'
import '../../ui/badge.css'

/** Starts in the top frame of every Procore page, as early as possible; does nothing until the address is one we know. */
export default defineContentScript({
  matches: ['https://*.procore.com/*'],
  excludeMatches: [
    'https://login.procore.com/*',
    'https://login-sandbox.procore.com/*',
    'https://login-sandbox-monthly.procore.com/*',
    'https://api.procore.com/*',
    'https://api-monthly.procore.com/*',
    'https://developers.procore.com/*',
    'https://support.procore.com/*',
    'https://*.support.procore.com/*',
    'https://*.pages.procore.com/*',
    'https://assets.procore.com/*',
    'https://assets0.procore.com/*',
    'https://assets1.procore.com/*',
    'https://assets2.procore.com/*',
    'https://assets3.procore.com/*',
    'https://storage.procore.com/*',
    'https://marketplace.procore.com/*',
    'https://www.procore.com/*',
  ],
  runAt: 'document_start',
  noScriptStartedPostMessage: true,
  main: () => followAddress(runFeatures()),
})
