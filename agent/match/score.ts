/**
 * How much speaks for a record and an item being the same thing, and what speaks against it. Pure: the same two faces give the same score,
 * whichever is asked first. Each reason is evidence of its own; together they leave a doubt that is the product of the doubts they leave alone.
 */
import { money, sameMoney } from '../../shared/money.ts'
import { alike } from './names.ts'

/** What either side says of itself in terms both know. */
export type Face = {
  numbers: readonly string[]
  names: readonly Name[]
  phones: readonly string[]
  /** Keyed hash of the tax number, never the number itself. */
  taxId: string | null
  /** What it stands under, as ids of Procore. */
  under: { readonly commitment?: string; readonly company?: string; readonly project?: string }
  /** Amounts by the name of their figure, decimal texts. */
  amounts: Readonly<Record<string, string>>
}

/** As it is written, and the words that tell who is meant (names.ts). */
type Name = { text: string; words: readonly string[] }

/** A reason by its code, with both sides' values where they can be shown. */
type Reason = { code: ReasonCode; erp?: string; procore?: string; field?: string }
type ReasonCode = keyof typeof weights | 'name-alike'
type AgainstCode = keyof typeof doubts
type Against = { code: AgainstCode; erp?: string; procore?: string; field?: string }
export type Scored = { score: number; reasons: Reason[]; against: Against[] }

/** How sure each reason makes by itself. A number within its commitment, company or project is nearly sure; a name alone is not. */
const weights = {
  'tax-id': 0.9,
  number: 0.8,
  'number-loose': 0.7,
  name: 0.6,
  amount: 0.4,
  phone: 0.4,
  'same-commitment': 0.3,
  'same-company': 0.25,
  'same-project': 0.25,
} as const

/** A name that is alike counts less than one that is the same, and below this not at all. */
const alikeWeight = 0.5
const alikeFrom = 0.6

/** What is left of a score where both sides say something and it is not the same. */
const doubts = {
  'tax-id-differs': 0.2,
  'number-differs': 0.6,
  'commitment-differs': 0.4,
  'company-differs': 0.4,
  'project-differs': 0.4,
  'amount-differs': 0.85,
} as const

/** Nothing scores without a reason; 1 would be certainty, which no reason gives. */
export function score(erp: Face, procore: Face): Scored {
  const told = [...byNumber(erp, procore), ...byTaxId(erp, procore), ...byName(erp, procore)]
  told.push(...byPhone(erp, procore), ...byAmount(erp, procore), ...byParent(erp, procore))
  const reasons = told.filter((one) => 'weight' in one)
  const against = told.filter((one) => 'left' in one)
  const doubt = reasons.reduce((left, { weight }) => left * (1 - weight), 1)
  const sure = against.reduce((whole, { left }) => whole * left, 1 - doubt)
  return {
    score: Math.round(sure * 1000) / 1000,
    reasons: reasons.toSorted((a, b) => b.weight - a.weight).map(({ weight: _weight, ...reason }) => reason),
    against: against.map(({ left: _left, ...one }) => one),
  }
}

/** What a score can still come to once amounts and the commitment are known, which are costly to ask for. */
export const atMostOf = ({ score: known }: Scored): number => 1 - (1 - known) * (1 - weights.amount) * (1 - weights['same-commitment'])

type Told = (Reason & { weight: number }) | (Against & { left: number })
type Values = { erp?: string; procore?: string; field?: string }

const speaksFor = (code: keyof typeof weights, values: Values = {}): Told[] => [{ code, ...values, weight: weights[code] }]
const speaksAgainst = (code: AgainstCode, values: Values = {}): Told[] => [{ code, ...values, left: doubts[code] }]

/** The first pair that is equal once both are written in the same way. */
function firstEqual(ours: readonly string[], theirs: readonly string[], written: (text: string) => string): Values | null {
  for (const erp of ours) {
    const procore = theirs.find((one) => written(one) === written(erp) && written(erp) !== '')
    if (procore !== undefined) return { erp, procore }
  }
  return null
}

/** “SC-001” is “sc 1”: zeros before any run of digits say nothing; but “1-1” is not “11”. */
export const withoutZeros = (number: string): string =>
  number
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/(^|\D)0+(?=\d)/g, '$1')
    .replace(/(?<!\d)-|-(?!\d)/g, '')

const typed = (number: string): string => number.trim().toLowerCase()

function byNumber({ numbers: ours }: Face, { numbers: theirs }: Face): Told[] {
  const same = firstEqual(ours, theirs, typed)
  if (same) return speaksFor('number', same)
  const loosely = firstEqual(ours, theirs, withoutZeros)
  if (loosely) return speaksFor('number-loose', loosely)
  const [erp, procore] = [ours[0], theirs[0]]
  return erp === undefined || procore === undefined ? [] : speaksAgainst('number-differs', { erp, procore })
}

function byTaxId({ taxId: ours }: Face, { taxId: theirs }: Face): Told[] {
  if (ours === null || theirs === null) return []
  return ours === theirs ? speaksFor('tax-id') : speaksAgainst('tax-id-differs')
}

function byName({ names: ours }: Face, { names: theirs }: Face): Told[] {
  let best = { how: 0, erp: '', procore: '' }
  for (const erp of ours) {
    for (const procore of theirs) {
      const how = alike(erp.words, procore.words)
      if (how > best.how) best = { how, erp: erp.text, procore: procore.text }
    }
  }
  const { how, ...values } = best
  if (how === 1) return speaksFor('name', values)
  return how < alikeFrom ? [] : [{ code: 'name-alike', ...values, weight: alikeWeight * how }]
}

function byPhone({ phones: ours }: Face, { phones: theirs }: Face): Told[] {
  const same = ours.flatMap((erp) => theirs.flatMap((procore) => (isSamePhone(erp, procore) ? [{ erp, procore }] : [])))
  return same[0] ? speaksFor('phone', same[0]) : []
}

/** So many digits name a line; country and trunk prefixes before them differ in how they are written. */
const lineDigits = 7

function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)].toSorted((x, y) => x.length - y.length)
  return a !== undefined && b !== undefined && a.length >= lineDigits && b.endsWith(a)
}

/** Without an extension, and without what is dialled before the number alone: +, 00, or the 0 of an area code. */
const digitsOf = (phone: string): string => (phone.toLowerCase().split(/ext|x|#/)[0] ?? '').replace(/\D/g, '').replace(/^0+/, '')

/** Nothing is no amount to know a record by. The first figure both sides have decides. */
function byAmount({ amounts: ours }: Face, { amounts: theirs }: Face): Told[] {
  const both = Object.entries(ours).flatMap(([field, erp]) => {
    const [a, b] = [money(erp), money(theirs[field])]
    return a && b && (a.units !== 0n || b.units !== 0n) ? [{ field, erp, procore: theirs[field] as string, same: sameMoney(a, b) }] : []
  })
  const { same, ...told } = both.find((one) => one.same) ?? both[0] ?? { same: null }
  if (same === null) return []
  return same ? speaksFor('amount', told) : speaksAgainst('amount-differs', told)
}

function byParent({ under: ours }: Face, { under: theirs }: Face): Told[] {
  return (['commitment', 'company', 'project'] as const).flatMap((what) => {
    if (ours[what] === undefined || theirs[what] === undefined) return []
    return ours[what] === theirs[what] ? speaksFor(`same-${what}`) : speaksAgainst(`${what}-differs`)
  })
}
