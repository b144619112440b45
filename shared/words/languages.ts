import type { ProblemCode } from '../problem.ts'
import type { WordKey } from './en.ts'

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
