import { useState } from 'preact/hooks'
import { say, sayCode } from '../../../shared/words/say.ts'
import { likely, sayEvidence } from '../../../shared/words/say-match.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Candidate, Candidates, Details } from '../../bridge/calls.ts'
import type { PopoverRequest } from '../popover-door.ts'

/** What may be linked by hand: everything the other conflicts leave free. */
const takesOver = 'item-unlinked'

/**
 * For an item nothing is tied to: the ERP’s records that may be the same thing, each with what speaks for it, against it or stands in its way;
 * or it is put away for good. Asked when it is opened, so it is as of now.
 */
export function Partners({ details, request }: { details: Details; request: PopoverRequest }) {
  const { words, ask, withCompany, item } = request
  const { state, link } = details.link.status
  const [found, setFound] = useState<Candidates | 'asked' | null>(null)
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  if (link !== null || (state !== 'not-linked' && state !== 'archived')) return null

  const find = async (): Promise<void> => {
    setFound('asked')
    const reply = await withCompany((company) => ask('candidates', { item, company }))
    if ('problem' in reply) setTrouble(reply.problem)
    setFound('value' in reply ? reply.value : null)
  }
  const act = async (does: (company: string | null) => Promise<{ problem: ToldProblem } | { value: unknown }>): Promise<void> => {
    const reply = await withCompany(does)
    setTrouble('problem' in reply ? reply.problem : null)
    if ('value' in reply) setFound(null) // the badge tells what it is now
  }
  return (
    <section class="partners">
      <div class="actions">
        {state === 'not-linked' && (
          <button class="button small" type="button" onClick={({ isTrusted }) => isTrusted && void find()}>
            {say(words, 'partners.find')}
          </button>
        )}
        <button
          class="button small"
          type="button"
          onClick={({ isTrusted }) => isTrusted && void act((company) => ask('archive', { item, company, on: state === 'not-linked' }))}
        >
          {say(words, state === 'not-linked' ? 'partners.archive' : 'partners.take-back')}
        </button>
      </div>
      <div role="status">
        {trouble && <small>{sayWhole(words, trouble)}</small>}
        {found === 'asked' && <small>{say(words, 'popover.loading')}</small>}
        {found !== null && found !== 'asked' && found.candidates.length === 0 && <small>{say(words, 'partners.none')}</small>}
      </div>
      {found !== null && found !== 'asked' && (
        <ul class="entries">
          {found.candidates.map((one) => (
            <Partner
              key={`${one.entity}/${one.erpKey}`}
              one={one}
              request={request}
              confirm={() => void act((company) => ask('confirm', { item, link: one.link, company }))}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Partner({ one, request: { words }, confirm }: { one: Candidate; request: PopoverRequest; confirm: () => void }) {
  const free = one.conflicts.every(({ code }) => code === takesOver)
  const said = (reason: Candidate['reasons'][number]): string => sayEvidence(reason, words)
  return (
    <li>
      <div class="line">
        <strong>{[one.erpKey, one.erpName].filter(Boolean).join(' · ')}</strong>
        <span>{likely(one.score, words)}</span>
      </div>
      <small>{one.reasons.map(said).join(' · ')}</small>
      {one.against.length > 0 && <small class="against">{one.against.map(said).join(' · ')}</small>}
      {one.conflicts.map(({ code, params }) => (
        <small key={code}>{sayCode(words, 'match', code, code, params)}</small>
      ))}
      {free && (
        <button class="button small" type="button" onClick={({ isTrusted }) => isTrusted && confirm()}>
          {say(words, 'action.confirm')}
        </button>
      )}
    </li>
  )
}
