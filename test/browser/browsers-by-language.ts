import { type OpenBrowser, type OpenOptions, openChromium } from './browsers.ts'

/** One Chromium a language for all tests of a suite: each opens pages of its own in it. Close it when they are done. */
export function browsersByLanguage(options: Omit<OpenOptions, 'language'>): {
  in(language: string): Promise<OpenBrowser>
  close(): Promise<void>
} {
  const open = new Map<string, Promise<OpenBrowser>>()
  return {
    in(language) {
      const browser = open.get(language) ?? openChromium({ ...options, language })
      open.set(language, browser)
      return browser
    },
    async close() {
      for (const browser of open.values()) await (await browser).close()
    },
  }
}
