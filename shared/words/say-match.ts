import { fieldName } from './fields.ts'
import type { Words } from './languages.ts'
import { sayCode } from './say.ts'
import { amount } from './when.ts'

type Evidence = { code: string; erp?: string | undefined; procore?: string | undefined; field?: string | undefined }

/** What speaks for a pair or against it, in the reader's language; amounts as the reader writes them. */
export function sayEvidence({ code, field, ...values }: Evidence, words: Words): string {
  const isAmount = code === 'amount' || code === 'amount-differs'
  const sides = Object.entries(values).flatMap(([side, value]) =>
    value === undefined ? [] : [[side, isAmount ? amount(value, words.locale) : value]],
  )
  return sayCode(words, 'match', code, code, { ...Object.fromEntries(sides), ...(field ? { field: fieldName(field, words) } : {}) })
}

/** How likely a pair is, never more than it is. */
export const likely = (score: number, { locale }: Words): string =>
  new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(Math.round(score * 1000) / 10) / 100)
