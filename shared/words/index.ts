/** Every sentence a person reads, per language; this list is the languages. Nothing here knows the page or the agent. */
import { problems as english, fill, type ProblemCode } from '../problem.ts'
import { en, type WordKey } from './en.ts'

export const languages = ['en', 'fr-FR', 'fr-CA', 'de', 'es'] as const
export type Language = (typeof languages)[number]

export type WordTexts = Record<WordKey, string>
/** Per code: what happened, and what to do. */
export type ProblemTexts = Record<ProblemCode, readonly [says: string, next: string]>

/** All a reader in one language needs; plain data, so that it can be sent. `locale` is for Intl and may be finer than the language (en-GB). */
export type Words = { language: Language; locale: string; texts: WordTexts; problems: Record<string, readonly [string, string]> }

/**
 * The language for a locale as Procore names it (`de-DE`, `fr-CA`, `es-ES`); French of Canada differs from French of France in the tool's
 * own vocabulary (support.procore.com, 2026), other regions read their language's one text. Unknown languages read English.
 */
export function languageOf(locale: string): Language {
  const [language = '', region = ''] = locale.split('-')
  if (language === 'fr') return region.toUpperCase() === 'CA' ? 'fr-CA' : 'fr-FR'
  return languages.find((known) => known === language) ?? 'en'
}

/** Loads the one language a reader needs. */
export async function wordsFor(locale: string): Promise<Words> {
  const language = languageOf(locale)
  const { words, problems } = await load[language]()
  return { language, locale: usable(locale) ?? language, texts: words, problems }
}

const load: Record<Language, () => Promise<{ words: WordTexts; problems: ProblemTexts }>> = {
  en: async () => ({ words: en, problems: englishProblems() }),
  'fr-FR': () => import('./fr-FR.ts'),
  'fr-CA': () => import('./fr-CA.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
}

function englishProblems(): ProblemTexts {
  const pairs = Object.entries(english).map(([code, kind]) => [code, [kind.says, kind.do]])
  return Object.fromEntries(pairs) as ProblemTexts
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

/** One sentence; names in braces are filled, a missing one stays visible. */
export const say = (words: Words, key: WordKey, params: Record<string, string | number> = {}): string => fill(words.texts[key], params)

/** The sentence of a key made of a code, or `otherwise` when no language knows the code. */
export function sayCode(words: Words, prefix: string, code: string, otherwise: string = code): string {
  const key = `${prefix}.${code}`
  return key in words.texts ? words.texts[key as WordKey] : otherwise
}
