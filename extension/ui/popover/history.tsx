import { useState } from 'preact/hooks'
import type { LinkAnswer } from '../../../shared/api/links.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import type { PopoverRequest } from '../popover-door.ts'

const FIRST = 5

/** What happened to the link, newest first: five lines; a page of its own tells all. */
export function History({ link: { history }, request }: { link: LinkAnswer; request: PopoverRequest }) {
  const { words, ask, withCompany, item } = request
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  const newest = history.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, FIRST)
  const open = async (): Promise<void> => {
    const reply = await withCompany((company) => ask('openHistory', { item, company }))
    setTrouble('problem' in reply ? reply.problem : null)
  }
  return (
    <section>
      <h2>{say(words, 'history.title')}</h2>
      {newest.length === 0 && <small>{say(words, 'history.none')}</small>}
      <ul class="history">
        {newest.map((line) => (
          <li key={line.at + line.to}>
            <time dateTime={line.at}>{moment(line.at, words.locale, new Date())}</time>
            <span>{tell(line, words)}</span>
          </li>
        ))}
      </ul>
      <button class="link all" type="button" onClick={({ isTrusted }) => isTrusted && void open()}>
        {say(words, 'history.all')}
      </button>
      <small role="status">{trouble && sayWhole(words, trouble)}</small>
    </section>
  )
}

/** A reason this version has no word for is left out: its code would tell nobody anything. What was done against the forecast says so for ever. */
function tell({ from, to, neverAgreed, override, person, code }: LinkAnswer['history'][number], words: Words): string {
  const state = (name: string): string => sayCode(words, 'state', name)
  const now = state(neverAgreed ? 'differs' : to)
  const moved = from === null ? now : `${state(from)} → ${now}`
  const by = person === null ? '' : ` ${say(words, 'history.by', { person })}`
  const why = sayCode(words, 'why', code ?? '', '')
  return `${moved}${by}${why === '' ? '' : ` (${why})`}${override ? ` · ⚠ ${say(words, 'evidence.override')}` : ''}`
}
