import type { ProblemCode } from '../problems/table.ts'
import type { ValueKind } from '../problems/values.ts'
import type { WordKey } from './en.ts'

export const languages = ['en', 'en-GB', 'fr-FR', 'fr-CA', 'de', 'es', 'es-ES'] as const
export type Language = (typeof languages)[number]

export type WordTexts = Record<WordKey, string>
/** Per code: what happened, and what to do. */
export type ProblemTexts = Record<ProblemCode, readonly [says: string, next: string]>

/**
 * All a reader in one language needs; plain data, so that it can be sent. `locale` is for Intl and may be finer than the language (en-GB);
 * `values`: per problem, which of its parameters are codes, and of which list.
 */
export type Words = {
  language: Language
  locale: string
  texts: WordTexts
  problems: Record<string, readonly [string, string]>
  values: Readonly<Record<string, Readonly<Record<string, ValueKind>>>>
}

/**
 * A locale as Procore names it, without what follows the region: it has custom ones that are not BCP 47 (`en-x-owners`, `fr-CA-specialty`;
 * core-react 11.27 README, 2026-06), and Intl throws on what it does not know. `ll` or `ll-CC`; null where it is no locale at all.
 */
export function plainLocale(locale: string): string | null {
  const [, language, region] = /^([a-z]{2})(?:[-_]([a-z]{2}))?(?![a-z])/i.exec(locale) ?? []
  if (!language) return null
  return region ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase()
}

/**
 * The language for a locale: the one of its region where Procore's own vocabulary differs there (support.procore.com, 2026), else the common
 * text of its language. French of Africa or Belgium reads that of France; unknown languages read English.
 */
export function languageOf(locale: string): Language {
  const plain = plainLocale(locale) ?? 'en'
  const [language = ''] = plain.split('-')
  return find(plain) ?? find(language) ?? (language === 'fr' ? 'fr-FR' : 'en')
}

const find = (name: string): Language | undefined => languages.find((known) => known === name)
