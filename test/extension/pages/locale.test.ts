import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { localeOf } from '../../../extension/pages/locale.ts'

const page = (head: string, lang = 'en'): Document =>
  parseHTML(`<!doctype html><html lang="${lang}"><head>${head}</head><body></body></html>`).document
const context = (visitor: string, account: string): string =>
  `<script id="third-party-scripts-pendo">{"account":{"id":"1","locale":"${account}"},"visitor":{"tools":[{"id":1}],"locale":"${visitor}"}}</script>`

test.each<[string, Document, string | undefined, string]>([
  ['the legacy script wins', page(`<script>I18n.locale='fr-CA'</script>${context('de-DE', 'en')}`), 'es', 'fr-CA'],
  ['Procore.Environment counts too', page(`<script>Procore.Environment = { baseUrl: "/", locale: "de-DE" }</script>`), 'es', 'de-DE'],
  ["the visitor's language, not the company's", page(context('fr-FR', 'en')), 'es', 'fr-FR'],
  ['the constant lang="en" of new pages says nothing', page(''), 'es-ES', 'es-ES'],
  ['any other lang does', page('', 'it-IT'), 'es', 'it-IT'],
  ['a custom locale keeps language and region only', page(context('fr-CA-owners', 'en')), 'es', 'fr-CA'],
  ['a custom locale of private use', page(`<script>I18n.locale='en-x-owners'</script>`), 'es', 'en'],
  ['a custom locale without region', page(context('en-owners', 'en')), 'es', 'en'],
  ['English when nobody says anything', page(''), undefined, 'en'],
  ['nonsense is skipped', page(context('english', 'en')), 'de', 'de'],
])('%s', (_, document, browser, expected) => expect(localeOf(document, browser)).toBe(expected))
