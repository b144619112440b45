import type { Words } from './languages.ts'
import { say, sayCode } from './say.ts'
import { amount } from './when.ts'

/** A class of rows (agent/items/kind.ts) behind what is counted of it: `rows.summed-wages`, `amount.sent`. */
const ofClass = /^(rows|amount)\.(.+)$/

/** What a run counted, by name, in the reader's words and numbers. Amounts are decimal texts; a name no language knows stays as it is. */
export function sayCounts(counts: Record<string, unknown>, words: Words): { name: string; value: string }[] {
  const number = new Intl.NumberFormat(words.locale)
  const written = (value: string | number): string => (typeof value === 'number' ? number.format(value) : amount(value, words.locale))
  return Object.entries(counts).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [{ name: called(name, words), value: written(value) }] : [],
  )
}

function called(name: string, words: Words): string {
  const [, what, rows] = ofClass.exec(name) ?? []
  if (what === undefined || rows === undefined) return sayCode(words, 'count', name)
  return say(words, 'count.of', { what: sayCode(words, 'count', what), rows: sayCode(words, 'class', rows) })
}
