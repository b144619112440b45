import { assumptions } from '../procore/assumptions.ts'

export type AssumptionId = keyof typeof assumptions
export type Violation = { side: 'request' | 'response'; route: string; text: string }

/** Complaints in the log of a validating proxy (Stoplight Prism), each with the route last named before it. */
export function violationsIn(log: string): Violation[] {
  let route = ''
  return log.split('\n').flatMap((line): Violation[] => {
    const named = /\[HTTP SERVER\] (\w+) (\S+)/.exec(line)
    if (named) route = `${named[1]?.toUpperCase()} ${(named[2] ?? '').replaceAll(/\d{6,}/g, 'ID')}`
    const [, side, text] = /Violation: (request|response)\S*\s+(.*)$/.exec(line) ?? []
    return side === undefined || text === undefined
      ? []
      : [{ side: side as Violation['side'], route, text: text.replaceAll(/\b\d+\b/g, 'N') }]
  })
}

const own = (fits: RegExp, side: Violation['side'] = 'response') => ({ fits, side })

/** How each assumption’s gap of the reference (its `flags`) shows in such a log. First come first served: the narrow ones stand first. */
const signs: readonly { id: AssumptionId; side: Violation['side']; fits: RegExp }[] = [
  { id: 'unlink-null', ...own(/\borigin_(id|code|data) must be string$/, 'request') },
  { id: 'uom-list', ...own(/\buom must be equal to one of the allowed values/) },
  { id: 'uom-list', ...own(/\buom must be equal to one of the allowed values/, 'request') },
  { id: 'commitments-status', ...own(/\bstatus must be equal to one of the allowed values/) },
  { id: 'line-numbers', ...own(/\b(quantity|unit_cost|total_amount|extended_amount) must be string$/) },
  { id: 'lost-depth', ...own(/ must be object$/) },
  { id: 'empty-is-null', ...own(/ must be (string|integer|number|boolean|array)(,|$)/) },
]

/** The assumption a complaint follows from; null when none names it. */
export const namedBy = ({ side, text }: Violation): AssumptionId | null =>
  signs.find((sign) => sign.side === side && sign.fits.test(text) && 'flags' in assumptions[sign.id])?.id ?? null
