import { existsSync } from 'node:fs'

/** Where the two browsers are; null for one that is not installed. */
export type Browsers = { chromium: string | null; firefox: string | null }

const places = {
  chromium: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  firefox: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
}

/** Finds Chromium (or PUPPETEER_EXECUTABLE_PATH) and Firefox (or FIREFOX_EXECUTABLE_PATH). Puppeteer never downloads one for us. */
export function findBrowsers(environment: NodeJS.ProcessEnv = process.env): Browsers {
  const first = (named: string | undefined, known: string[]): string | null =>
    [named ?? '', ...known].find((path) => path && existsSync(path)) ?? null
  return {
    chromium: first(environment['PUPPETEER_EXECUTABLE_PATH'], places.chromium),
    firefox: first(environment['FIREFOX_EXECUTABLE_PATH'], places.firefox),
  }
}

/** What a person types to get a missing browser. */
export function howToInstall({ chromium, firefox }: Browsers): string | null {
  const missing = [chromium ? '' : 'chromium', firefox ? '' : 'firefox-esr'].filter(Boolean)
  if (missing.length === 0) return null
  return [
    `Not found: ${missing.join(' and ')}. On Debian or Ubuntu:`,
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    'Elsewhere install Chromium and Firefox, then set PUPPETEER_EXECUTABLE_PATH (Chromium) and FIREFOX_EXECUTABLE_PATH to their programs.',
  ].join('\n')
}
