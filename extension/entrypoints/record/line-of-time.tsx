import { useEffect, useRef, useState } from 'preact/hooks'
import type { LinkAnswer } from '../../../shared/api/links.ts'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'
import type { HistoryPart } from '../../bridge/own-calls.ts'
import type { RecordAt } from '../../bridge/own-pages.ts'
import { Entry } from './entry.tsx'
import { historyTable } from './history-table.ts'
import { zoneHere } from './times.ts'
import { Trouble } from './trouble.tsx'
import { typesOf } from './values.ts'

type Props = { link: LinkAnswer; first: HistoryPart; at: RecordAt; words: Words }

/** All that is known to have happened, newest first, part by part; how much of it is shown is always said. */
export function LineOfTime({ link, first, at, words }: Props) {
  const [{ entries, before }, setShown] = useState(first)
  const erp = link.connection?.erp ?? say(words, 'figures.erp')
  const typeOf = typesOf(link)
  const list = useFocusOnNew(entries.length)
  const count = new Intl.NumberFormat(words.locale).format(entries.length)
  return (
    <section aria-labelledby="line-of-time">
      <div class="line">
        <h2 id="line-of-time">{say(words, 'history.title')}</h2>
        {entries.length > 0 && <CopyTable table={() => historyTable(entries, erp, typeOf, words)} words={words} />}
      </div>
      <small>{say(words, 'history.says', { zone: zoneHere() })}</small>
      {entries.length === 0 && <p>{say(words, 'history.none')}</p>}
      <ol ref={list}>
        {entries.map((entry, n) => (
          <Entry key={n} entry={entry} erp={erp} typeOf={typeOf} words={words} />
        ))}
      </ol>
      {entries.length > 0 && <p role="status">{say(words, before === null ? 'history.whole' : 'history.shown', { count })}</p>}
      {before !== null && (
        <Earlier
          at={at}
          before={before}
          words={words}
          add={(part) => setShown({ entries: [...entries, ...part.entries], before: part.before })}
        />
      )}
    </section>
  )
}

/** The keyboard goes on where new entries begin: the button that brought them has moved away below, or is gone. */
function useFocusOnNew(count: number) {
  const list = useRef<HTMLOListElement>(null)
  const had = useRef(count)
  useEffect(() => {
    const fresh = list.current?.children[had.current]
    had.current = count
    if (fresh instanceof HTMLElement) fresh.focus()
  }, [count])
  return list
}

type EarlierProps = { at: RecordAt; before: string; words: Words; add: (part: HistoryPart) => void }

function Earlier({ at, before, words, add }: EarlierProps) {
  const [asking, setAsking] = useState(false)
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  const ask = async (): Promise<void> => {
    setAsking(true)
    const reply = await askOwn('history', { ...at, before })
    setAsking(false)
    setTrouble('problem' in reply ? reply.problem : null)
    if ('value' in reply) add(reply.value)
  }
  return trouble ? (
    <Trouble told={trouble} at={at} words={words} again={ask} />
  ) : (
    <div>
      <button class="button" type="button" disabled={asking} onClick={() => void ask()}>
        {say(words, asking ? 'popover.loading' : 'history.earlier')}
      </button>
    </div>
  )
}
