import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer'
import { waitFor } from '../support/wait-for.ts'
import type { Pins } from './certificate.ts'
import { findBrowsers, howToInstall } from './find-browsers.ts'
import { openTunnel } from './tunnel.ts'

export type BrowserName = 'chromium' | 'firefox'

/** A server on this machine whose own certificate the browser shall trust, and nobody else's. */
export type Trusted = { host: string; port: number; certificate: Pins }

export type OpenOptions = {
  /** The stand-in's https port on 127.0.0.1; every *.procore.com leads there. */
  standIn: { port: number; certificate: Pins }
  /** The folder of a built extension to install. */
  extensionDir?: string
  /** Other servers with a certificate of their own, say an agent on the LAN. */
  trust?: Trusted[]
  headless?: boolean
  /** Ctrl-C is the caller's, who has more to clean up than a browser; else it ends the browser and the process. */
  callerStops?: boolean
  /** Settings of Firefox (about:config) for this one. */
  firefoxPrefs?: Record<string, unknown>
  /** The language the browser's own interface speaks; `navigator.language` follows it. */
  language?: string
}

/** An open browser; `extension` is the origin of the installed extension's pages (`chrome-extension://…`, `moz-extension://…`). */
export type OpenBrowser = { name: BrowserName; browser: Browser; extension: string | null; close(): Promise<void> }

/** The zones a test may visit; Firefox wants its certificate exceptions host by host. */
const ZONES = ['app', 'us02', 'uk01', 'sandbox', 'login', 'api'].map((zone) => `${zone}.procore.com`)

/** The folder of the built extension for a browser. */
export const extensionFor = (name: BrowserName): string => resolve('.output', name === 'chromium' ? 'chrome-mv3' : 'firefox-mv3')

/** Opens either browser on the stand-in Procore. */
export const openBrowser = (name: BrowserName, options: OpenOptions): Promise<OpenBrowser> =>
  name === 'chromium' ? openChromium(options) : openFirefox(options)

/** Chromium: hosts by `--host-resolver-rules`, certificates by their public key, everything else unreachable. */
export async function openChromium({
  standIn,
  extensionDir,
  trust = [],
  headless = true,
  callerStops = false,
  language = 'en-US',
}: OpenOptions): Promise<OpenBrowser> {
  const keys = [standIn.certificate, ...trust.map((server) => server.certificate)].map(({ spki }) => spki)
  const browser = await puppeteer.launch({
    executablePath: pathOf('chromium'),
    headless,
    pipe: true,
    ...(callerStops ? { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false } : {}),
    enableExtensions: true,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--lang=${language}`,
      `--accept-lang=${language}`,
      `--host-resolver-rules=MAP *.procore.com 127.0.0.1:${standIn.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.*, EXCLUDE localhost`,
      `--ignore-certificate-errors-spki-list=${keys.join(',')}`,
    ],
  })
  const id = extensionDir ? await browser.installExtension(extensionDir) : null
  return { name: 'chromium', browser, extension: id && `chrome-extension://${id}`, close: () => browser.close() }
}

/** Fixed, so that a test can open the extension's own pages: Firefox otherwise draws it at each installation. */
const FIREFOX_UUID = '7b1e6f9c-53ab-4a52-9a0e-6a1d1c0f7e42'

/** Nobody sees its frames, and what it holds ready is never used: a sixth less work (measured 2026-11). */
const unseen = { 'layout.frame_rate': 10, 'dom.ipc.processPrelaunch.enabled': false, 'browser.newtab.preload': false }

/** Firefox: hosts through a tunnel, certificates by one exception per host, port and fingerprint in a profile of its own. */
async function openFirefox({
  standIn,
  extensionDir,
  trust = [],
  headless = true,
  language = 'en-US',
  firefoxPrefs = {},
}: OpenOptions): Promise<OpenBrowser> {
  const tunnel = await openTunnel(standIn.port)
  const profile = mkdtempSync(join(tmpdir(), 'tieback-firefox-'))
  const trusted = [...ZONES.map((host) => ({ host, port: 443, certificate: standIn.certificate })), ...trust]
  writeFileSync(join(profile, 'cert_override.txt'), trusted.map(exception).join(''))
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: pathOf('firefox'),
    headless,
    userDataDir: profile,
    env: { ...process.env, HOME: profile }, // as root, Firefox refuses a home that belongs to someone else
    args: ['--remote-allow-system-access'], // else it refuses to open the extension's own pages
    extraPrefsFirefox: {
      ...throughTunnel(tunnel.port),
      ...extensionPrefs(extensionDir),
      'intl.accept_languages': language,
      ...(headless ? unseen : {}),
      ...firefoxPrefs,
    },
  })
  if (extensionDir) await browser.installExtension(extensionDir)
  const close = async (): Promise<void> => {
    await browser.close()
    await tunnel.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  return { name: 'firefox', browser, extension: extensionDir ? `moz-extension://${FIREFOX_UUID}` : null, close }
}

/** Opens one of the extension's own pages (`popup.html`) and waits for `selector` in it. */
export async function openExtensionPage({ name, browser, extension }: OpenBrowser, path: string, selector: string): Promise<Page> {
  const page = await browser.newPage()
  const arrived = page.goto(`${extension}/${path}`)
  if (name === 'chromium') await arrived
  else {
    arrived.catch(() => undefined) // Firefox shows the page and never reports the navigation as done
    await waitFor(`${path} is shown`, async () => (await locationOf(page)) === `${extension}/${path}`)
  }
  await page.waitForSelector(selector)
  return page
}

/** Where a page is by its own word; null while it is on its way there and its old document is gone. */
const locationOf = (page: Page): Promise<string | null> => page.evaluate(() => location.href).catch(() => null)

/** A line of Firefox's cert_override.txt (format of Firefox 128 to 153): host:port, SHA-256, fingerprint. */
const exception = ({ host, port, certificate }: Trusted): string =>
  `${host}:${port}:\tOID.2.16.840.1.101.3.4.2.1\t${certificate.fingerprint}\t\n`

const throughTunnel = (port: number): Record<string, unknown> => ({
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': port,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': port,
  'network.proxy.no_proxies_on': '127.0.0.0/8, localhost',
  'network.stricttransportsecurity.preloadlist': false, // preloaded hosts take no exceptions
})

function extensionPrefs(extensionDir: string | undefined): Record<string, unknown> {
  const id = extensionDir ? geckoId(extensionDir) : null
  return id ? { 'extensions.webextensions.uuids': JSON.stringify({ [id]: FIREFOX_UUID }) } : {}
}

function geckoId(extensionDir: string): string | null {
  const manifest: { browser_specific_settings?: { gecko?: { id?: string } } } = JSON.parse(
    readFileSync(join(extensionDir, 'manifest.json'), 'utf8'),
  )
  return manifest.browser_specific_settings?.gecko?.id ?? null
}

function pathOf(name: BrowserName): string {
  const found = findBrowsers()
  const path = found[name]
  if (!path) throw new Error(howToInstall(found) ?? `${name} was not found`)
  return path
}
