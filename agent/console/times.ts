import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { moment } from '../../shared/words/when.ts'

/** A moment as the reader writes it; an unknown one is said to be unknown. */
export const at = (iso: string | null | undefined, words: Words): string =>
  moment(iso, words.locale, new Date()) ?? say(words, 'asOf.unknown')
