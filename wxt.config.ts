import { defineConfig } from 'wxt'
import { procorePages } from './shared/pages/hosts.ts'

/** Public half of a throw-away key: gives an unpacked build the same id, so the same origin, on every machine. Store builds do not carry it. */
const developmentKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqSp5DTzLHH5YPGUJ2R+4Z6CZ24Hdw9KGcQif/PDcixsHjmGlThZFtmgZvrvYeztryMqz0G2dLqF1ddoBJ7XdV1y90HBui5IhcIBaUEvSjSpTqES98dbundN2wAQ1s3CDqLWrYqb4fF/uWJXc52A1nSRVu2hmq9NcO5JbX06B+ZcFTmgeH7HEZyPXGfiNoaXBXD04ZgwsfG7OKH3SHenjWi9+OlYOeh+t1maGOenOhJPx87zDkQC7LcUZJk//mfF5zJD90Q2PYsOXUEo8eKA5ZDTnp+MLS/1Zp2KNsd8wH2V5FGDQMcSUISPk/cnGgP3LUws1jIEtXpTulyDerg4xHQIDAQAB'

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: '.output',
  manifestVersion: 3, // in Firefox too; WXT would choose 2 there
  imports: false,
  targetBrowsers: ['chrome', 'firefox'],
  vite: () => ({ oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } }),
  zip: { artifactTemplate: 'tieback-{{version}}-{{browser}}.zip' },
  manifest: ({ browser, mode }) => ({
    name: 'Tieback',
    description: 'Shows on Procore’s own pages whether each record agrees with the books.',
    // Agents are not in this list on purpose: they name this extension's origin themselves, by CORS, once it is paired.
    permissions: ['storage', 'alarms', 'notifications', 'scripting'],
    host_permissions: procorePages.matches,
    action: { default_title: 'Tieback' },
    // Firefox's own default would upgrade ws://127.0.0.1 to wss.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: { id: 'tieback@tieback.dev', strict_min_version: '140.0', data_collection_permissions: { required: ['none'] } },
          },
        }
      : mode === 'store'
        ? {}
        : { key: developmentKey }),
  }),
})
