import type { WordKey } from './en.ts'
import type { Words } from './languages.ts'

type Params = Record<string, string | number>

/** Fills the names in braces; a missing one stays visible as {name}. Page scripts carry this, not the table of problems. */
export const filled = (sentence: string, params: Params = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

/** One sentence in the reader's language. */
export const say = (words: Words, key: WordKey, params?: Params): string => filled(words.texts[key], params)

/** The text of a code below a prefix (`state` + `synced`), or `otherwise` when no language knows the code. */
export function sayCode(words: Words, prefix: string, code: string, otherwise: string = code, params?: Params): string {
  const key = `${prefix}.${code}`
  return key in words.texts ? filled(words.texts[key as WordKey], params) : otherwise
}
