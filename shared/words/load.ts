import { en } from './en.ts'
import { english } from './english.ts'
import { type Language, languageOf, type ProblemTexts, type Words } from './languages.ts'
import { french, putTogether, type Texts } from './put-together.ts'

/** As `wordsFor` (index.ts), for a page that may load while it runs: it fetches the reader's language alone. Rejects where that cannot be fetched. */
export const loadWords = async (locale: string): Promise<Words> => putTogether(locale, await texts[languageOf(locale)]())

/** English is there anyway: what every program says of a problem. */
const texts: Record<Language, () => Promise<Texts>> = {
  en: async () => ({ words: en, problems: english.problems as ProblemTexts }),
  'en-GB': async () => ({ words: (await import('./en-GB.ts')).enGB, problems: english.problems as ProblemTexts }),
  'fr-FR': async () => french(await import('./fr-FR.ts'), 'fr-FR'),
  'fr-CA': async () => french(await import('./fr-CA.ts'), 'fr-CA'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  'es-ES': () => import('./es-ES.ts'),
}
