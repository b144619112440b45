/** Every sentence a person reads, per language; this list is the languages. Only the background carries all of them. */
import { once } from '../once.ts'
import * as de from './de.ts'
import { en } from './en.ts'
import { enGB } from './en-GB.ts'
import { english } from './english.ts'
import * as es from './es.ts'
import * as esES from './es-ES.ts'
import * as frCA from './fr-CA.ts'
import * as frFR from './fr-FR.ts'
import { type Language, languageOf, type ProblemTexts, type Words } from './languages.ts'
import { french, putTogether, type Texts } from './put-together.ts'

/** The words of one reader. Static, not loaded on demand: a service worker may not import while it runs (Chromium). */
export const wordsFor = (locale: string): Words => putTogether(locale, texts[languageOf(locale)]())

/** Each made when its first reader comes: a page that opens pays for one language alone. */
const texts: Record<Language, () => Texts> = {
  en: once(() => ({ words: en, problems: english.problems as ProblemTexts })),
  'en-GB': once(() => ({ words: enGB, problems: english.problems as ProblemTexts })),
  'fr-FR': once(() => french(frFR, 'fr-FR')),
  'fr-CA': once(() => french(frCA, 'fr-CA')),
  de: once(() => de),
  es: once(() => es),
  'es-ES': once(() => esES),
}
