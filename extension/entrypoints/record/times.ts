import type { Words } from '../../../shared/words/languages.ts'

/** A moment always with its date: what stands in a history is compared with other papers. In this computer's zone. */
export const exactTime = (iso: string, words: Words, timeStyle: 'short' | 'medium' = 'short'): string =>
  new Date(iso).toLocaleString(words.locale, { dateStyle: 'medium', timeStyle })

/** This computer's zone, as the world calls it. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
