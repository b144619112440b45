import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { likely, sayEvidence } from '../../../shared/words/say-match.ts'
import type { Candidate } from '../../bridge/calls.ts'

const named = (number: string, name: string | null): string => (name === null || name === number ? number : `${number} · ${name}`)

/** An item of Procore and a record of the ERP beside each other, how likely they are the same, and why. */
export const Pair = ({ one, words }: { one: Candidate; words: Words }) => (
  <span class="pair">
    <strong>{named(one.number, one.name)}</strong>
    <span>{named(one.erpKey, one.erpName)}</span>
    <span class="likely">{likely(one.score, words)}</span>
    <small>{[...one.reasons, ...one.against].map((reason) => sayEvidence(reason, words)).join(' · ')}</small>
  </span>
)

export const PairHead = ({ words }: { words: Words }) => (
  <div class="pair head" aria-hidden="true">
    <span>{say(words, 'figures.procore')}</span>
    <span>{say(words, 'figures.erp')}</span>
  </div>
)

/** In a line: a record that is left, what comes closest to it, and what stands in the way. */
export function leftText(key: string, best: Candidate | null, words: Words): string {
  if (best === null) return key
  const conflicts = best.conflicts.map(({ code, params }) => sayCode(words, 'match', code, code, params))
  return [`${key} → ${named(best.number, best.name)}, ${likely(best.score, words)}`, ...conflicts].join(' · ')
}
