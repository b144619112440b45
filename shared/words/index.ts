/** Every sentence a person reads, per language; this list is the languages. Only the background carries all of them. */
import * as de from './de.ts'
import { en } from './en.ts'
import { english } from './english.ts'
import * as es from './es.ts'
import * as frCA from './fr-CA.ts'
import * as frFR from './fr-FR.ts'
import { type Language, languageOf, type ProblemTexts, type Words, type WordTexts } from './languages.ts'

/** The words of one reader. Static, not loaded on demand: a service worker may not import while it runs (Chromium). */
export function wordsFor(locale: string): Words {
  const language = languageOf(locale)
  const { words, problems } = texts[language]
  return { language, locale: usable(locale) ?? language, texts: words, problems }
}

/** Procore has custom locales that Intl refuses; null for those. */
const usable = (locale: string): string | null => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? null
  } catch (refused) {
    if (refused instanceof RangeError) return null
    throw refused
  }
}

const texts: Record<Language, { words: WordTexts; problems: ProblemTexts }> = {
  en: { words: en, problems: english.problems as ProblemTexts },
  'fr-FR': frFR,
  'fr-CA': { words: frCA.words, problems: frCA.problems },
  de,
  es,
}
