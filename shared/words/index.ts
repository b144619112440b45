/** Every sentence a person reads, per language; this list is the languages. Only the background carries all of them. */
import { once } from '../once.ts'
import * as de from './de.ts'
import { en } from './en.ts'
import { enGB } from './en-GB.ts'
import { english, problemValues } from './english.ts'
import * as es from './es.ts'
import * as esES from './es-ES.ts'
import * as frCA from './fr-CA.ts'
import * as frFR from './fr-FR.ts'
import { type French, frenchSpaces } from './french-spaces.ts'
import { type Language, languageOf, type ProblemTexts, plainLocale, type Words, type WordTexts } from './languages.ts'

type Texts = { words: WordTexts; problems: ProblemTexts }

/** The words of one reader. Static, not loaded on demand: a service worker may not import while it runs (Chromium). */
export function wordsFor(locale: string): Words {
  const language = languageOf(locale)
  const { words, problems } = texts[language]()
  return { language, locale: localeFor(locale, language), texts: words, problems, values: problemValues }
}

/** The finer locale for times and numbers, where it is one of the words' own language: no Portuguese weekday in an English sentence. */
function localeFor(locale: string, language: Language): string {
  const plain = plainLocale(locale)
  return plain?.split('-')[0] === language.split('-')[0] ? (plain ?? language) : language
}

function french({ words, problems }: Texts, language: French): Texts {
  const spaced = (text: string): string => frenchSpaces(text, language)
  return {
    words: Object.fromEntries(Object.entries(words).map(([key, text]) => [key, spaced(text)])) as WordTexts,
    problems: Object.fromEntries(
      Object.entries(problems).map(([code, [says, next]]) => [code, [spaced(says), spaced(next)]]),
    ) as unknown as ProblemTexts,
  }
}

/** Each made when its first reader comes: a page that opens pays for one language alone. */
const texts: Record<Language, () => Texts> = {
  en: once(() => ({ words: en, problems: english.problems as ProblemTexts })),
  'en-GB': once(() => ({ words: enGB, problems: english.problems as ProblemTexts })),
  'fr-FR': once(() => french(frFR, 'fr-FR')),
  'fr-CA': once(() => french(frCA, 'fr-CA')),
  de: once(() => ({ words: de.words, problems: de.problems })),
  es: once(() => ({ words: es.words, problems: es.problems })),
  'es-ES': once(() => ({ words: esES.words, problems: esES.problems })),
}
