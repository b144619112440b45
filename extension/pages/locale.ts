import { plainLocale } from '../../shared/words/languages.ts'
import { findOne } from './anchors.ts'

/**
 * The language a person reads Procore in, as `ll` or `ll-CC`: the legacy page's own script, then the context script's visitor, then
 * `<html lang>` unless it is the constant `en` of the new pages, then the browser, then English. Procore has custom locales that are
 * not BCP 47; what follows the region is dropped (rendered pages and core-react 11.27 README, 2026-06).
 * Only the locale is taken from those scripts: they also hold the person's name and e-mail.
 */
export function localeOf(page: ParentNode & { documentElement?: Element | null }, browserLanguage: string | undefined): string {
  const lang = page.documentElement?.getAttribute('lang') ?? null
  return (
    tidy(legacyLocale(page)) ??
    tidy(visitorLocale(page)) ??
    (tidy(lang) === 'en' ? null : tidy(lang)) ??
    tidy(browserLanguage ?? null) ??
    'en'
  )
}

/** `I18n.locale='fr-CA'`, or `locale: 'fr-CA'` inside `Procore.Environment = {…}`; first by what they begin with: these scripts are long. */
const legacy: readonly (readonly [string, RegExp])[] = [
  ['I18n.locale', /I18n\.locale\s*=\s*["']([\w-]+)["']/],
  ['Procore.Environment', /Procore\.Environment\s*=[^;]*?["']?\blocale["']?\s*:\s*["']([\w-]+)["']/],
]

function legacyLocale(page: ParentNode): string | null {
  for (const script of page.querySelectorAll('script:not([src])')) {
    const text = script.textContent ?? ''
    for (const [begins, pattern] of legacy) {
      const found = text.includes(begins) ? pattern.exec(text) : null
      if (found) return found[1] ?? null
    }
  }
  return null
}

/** `visitor.locale` of the context script, wherever the script keeps `account`; nothing else of it is read. */
function visitorLocale(page: ParentNode): string | null {
  const text = findOne(page, 'contextScript')?.textContent ?? ''
  const visitor = text.split(/["']?\bvisitor["']?\s*:/)[1]?.split(/["']?\baccount["']?\s*:/)[0] ?? ''
  return /["']?\blocale["']?\s*:\s*["']([\w-]+)["']/.exec(visitor)?.[1] ?? null
}

const tidy = (locale: string | null): string | null => (locale === null ? null : plainLocale(locale))
