import { useState } from 'preact/hooks'
import type { LinkAnswer } from '../../../shared/api.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { moment } from '../../../shared/words/when.ts'

const FIRST = 5

/** What happened to the link, newest first: five lines, or all. */
export function History({ link: { history }, words }: { link: LinkAnswer; words: Words }) {
  const [all, setAll] = useState(false)
  const newest = history.toSorted((a, b) => b.at.localeCompare(a.at))
  return (
    <section>
      <h2>{say(words, 'history.title')}</h2>
      {newest.length === 0 && <small>{say(words, 'history.none')}</small>}
      <ul class="history">
        {newest.slice(0, all ? undefined : FIRST).map((line) => (
          <li key={line.at + line.to}>
            <time dateTime={line.at}>{moment(line.at, words.locale, new Date())}</time>
            <span>{tell(line, words)}</span>
          </li>
        ))}
      </ul>
      {newest.length > FIRST && (
        <button class="link" type="button" style="text-align: left; font-size: 12px" onClick={() => setAll(!all)}>
          {say(words, all ? 'history.less' : 'history.all', { count: newest.length })}
        </button>
      )}
    </section>
  )
}

/** A reason this version has no word for is left out: its code would tell nobody anything. */
function tell({ from, to, neverAgreed, person, code }: LinkAnswer['history'][number], words: Words): string {
  const state = (name: string): string => sayCode(words, 'state', name)
  const now = state(neverAgreed ? 'differs' : to)
  const moved = from === null ? now : `${state(from)} → ${now}`
  const by = person === null ? '' : ` ${say(words, 'history.by', { person })}`
  const why = sayCode(words, 'why', code ?? '', '')
  return `${moved}${by}${why === '' ? '' : ` (${why})`}`
}
