/** Figures side by side; what is unknown on one side is neither zero nor a difference. */
import { type Money, minus, money, moneyText, plus, sameMoney } from '../../shared/money.ts'
import type { Figure } from './kind.ts'

type Value = string | number | boolean | null | undefined

/** An API value as text; empty is null. */
export const textOf = (value: Value): string | null => (value === null || value === undefined || value === '' ? null : String(value))

/** Amounts of both sides; the difference is Procore minus ERP. `judged: false` shows a difference without holding it against the pair. */
export function moneyFigure(field: string, procore: Value, erp: Value, judged = true): Figure {
  const [ours, theirs] = [money(textOf(procore)), money(textOf(erp))]
  const difference = ours && theirs ? moneyText(minus(ours, theirs)) : null
  const equal = ours && theirs ? sameMoney(ours, theirs) : null
  return {
    field,
    type: 'money',
    procore: amountText(ours),
    erp: amountText(theirs),
    difference,
    agrees: equal === false && !judged ? null : equal,
    judged,
  }
}

const amountText = (value: Money | null): string | null => (value === null ? null : moneyText(value))

/** Texts of both sides. An empty ERP value never contradicts Procore's: it would not empty it either (design §6). */
export function textFigure(field: string, procore: Value, erp: Value, same: (procore: string, erp: string) => boolean = sameText): Figure {
  const [ours, theirs] = [textOf(procore), textOf(erp)]
  const agrees = theirs === null ? null : ours === null ? false : same(ours, theirs)
  return { field, type: 'text', procore: ours, erp: theirs, difference: null, agrees, judged: true }
}

export function flagFigure(field: string, procore: boolean | null, erp: boolean | null): Figure {
  const flag = (value: boolean | null) => (value === null ? null : value ? '1' : '0')
  return {
    field,
    type: 'flag',
    procore: flag(procore),
    erp: flag(erp),
    difference: null,
    agrees: procore === null || erp === null ? null : procore === erp,
    judged: true,
  }
}

/**
 * Whether saying that both sides agree rests on anything. Where amounts are judged one of them must have been compared: a title that is the same says
 * nothing of money that is unknown, or on another basis. Elsewhere any field does. A kind that judges nothing agrees by being linked; one whose every field is unticked says nothing. Pure.
 */
export function isCompared(figures: readonly Figure[]): boolean {
  const judged = figures.filter((figure) => figure.judged)
  const amounts = judged.filter(({ type }) => type === 'money')
  const deciding = amounts.length > 0 ? amounts : judged
  if (deciding.length === 0) return figures.every(({ mapped }) => mapped !== false)
  return deciding.some(({ agrees }) => agrees !== null)
}

/** Blanks at the ends and between words carry no meaning; everything else does. */
export const plain = (text: string): string => text.trim().replace(/\s+/g, ' ')

const sameText = (a: string, b: string): boolean => plain(a) === plain(b)

/** The ERP holds at most `limit` characters of what Procore holds whole (erp-integrations.md D2); a cut that ends in a blank leaves fewer. */
export const sameUpTo =
  (limit: number) =>
  (procore: string, erp: string): boolean =>
    sameText(procore, erp) || sameText(plain(procore).slice(0, Math.max(limit, erp.length)), erp)

/** Σ of amounts as decimal text; null as soon as one of them is unknown, and for none at all. */
export function sumOf(amounts: readonly (string | null)[]): string | null {
  let total: Money | null = null
  for (const text of amounts) {
    const amount = money(text)
    if (amount === null) return null
    total = total === null ? amount : plus(total, amount)
  }
  return total === null ? null : moneyText(total)
}
