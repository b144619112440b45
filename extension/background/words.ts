import { browser } from 'wxt/browser'
import { wordsFor } from '../../shared/words/index.ts'
import type { Words } from '../../shared/words/languages.ts'
import { read, readSettings } from './storage.ts'

/** The words of what is shown outside Procore's pages: as chosen, else as Procore was last read, else as the browser speaks. */
export async function ownWords(): Promise<Words> {
  const { language } = await readSettings()
  return wordsFor(language === 'auto' ? ((await read('locale')) ?? browser.i18n.getUILanguage()) : language)
}
