import browser from 'webextension-polyfill'
import { wordsFor } from '../../shared/words/index.ts'
import type { Words } from '../../shared/words/languages.ts'
import { read, readSettings } from './storage.ts'

/** The reader's words: in the language chosen, else as Procore was last read, else as the browser speaks. */
export async function readerWords(): Promise<Words> {
  const { language } = await readSettings()
  return wordsFor(language === 'auto' ? ((await read('locale')) ?? browser.i18n.getUILanguage()) : language)
}
