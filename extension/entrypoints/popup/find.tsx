import { useEffect, useRef, useState } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { Problem } from '../../../shared/ui/problem.tsx'
import { StatePill } from '../../../shared/ui/state-pill.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'
import type { FoundHit, FoundView } from '../../bridge/own-calls.ts'
import { icons } from '../../ui/icons.ts'

/** While a person types, the agent is asked once they pause. */
const PAUSE_MS = 150

type Said = { text: string; view: FoundView | null; trouble: ToldProblem | null }

/** Any number or name of Procore or the ERP; Enter opens what is called exactly so. */
export function Find({ words }: { words: Words }) {
  const [text, setText] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const latest = useRef('')
  const list = useRef<HTMLUListElement>(null)
  const ask = async (wanted: string): Promise<Said | null> => {
    latest.current = wanted
    const reply = wanted === '' ? null : await askOwn('find', { text: wanted })
    if (latest.current !== wanted) return null // typed on meanwhile
    const next = reply && {
      text: wanted,
      ...('problem' in reply ? { view: null, trouble: reply.problem } : { view: reply.value, trouble: null }),
    }
    setSaid(next)
    return next
  }
  useEffect(() => {
    const timer = setTimeout(() => void ask(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const enter = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const now = said?.text === text.trim() ? said : await ask(text.trim())
    const hit = meant(now?.view?.hits ?? [])
    if (hit?.url) await open(hit.url)
    else list.current?.querySelector('a')?.focus()
  }
  return (
    <section>
      <form onSubmit={(event) => void enter(event)}>
        <label for="find">{say(words, 'find.label')}</label>
        <input
          id="find"
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={100}
          autofocus
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </form>
      <p role="status" class={said?.view?.hits.length === 0 ? '' : 'unseen'}>
        {said?.view && sayHits(said.view, said.text, words)}
      </p>
      {said?.trouble && <Problem told={said.trouble} words={words} />}
      {said?.view && said.view.hits.length > 0 && (
        <ul class="lines" ref={list}>
          {said.view.hits.map((hit, n) => (
            <Hit key={`${n} ${hit.number}`} hit={hit} words={words} />
          ))}
        </ul>
      )}
      {said?.view?.more && <small>{say(words, 'find.more')}</small>}
      {said?.view?.trouble && <Problem told={said.view.trouble} words={words} tone="gray" />}
    </section>
  )
}

/** The one hit a person must have meant: the only one called exactly so, or the only one there is. Two are theirs to choose from. */
function meant(hits: readonly FoundHit[]): FoundHit | undefined {
  const exact = hits.filter(({ fits }) => fits === 'exact')
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined
  return hits.length === 1 ? hits[0] : undefined
}

const sayHits = ({ hits }: FoundView, text: string, words: Words): string =>
  hits.length === 0 ? say(words, 'find.none', { text }) : say(words, 'find.count', { count: hits.length })

async function open(url: string): Promise<void> {
  await browser.tabs.create({ url })
  window.close()
}

const Hit = ({ hit, words }: { hit: FoundHit; words: Words }) => (
  <li class="hit">
    <div class="row">
      {hit.url === null ? (
        <strong>{hit.number}</strong>
      ) : (
        <a href={hit.url} target="_blank" rel="noreferrer">
          {hit.number}
        </a>
      )}
      <StatePill tone={hit.pill.tone} word={hit.pill.word} path={icons[hit.pill.icon]} />
    </div>
    {hit.name && <div>{hit.name}</div>}
    <small>{[hit.kind, hit.erp].filter((part) => part !== '').join(' · ')}</small>
    {hit.where && <small>{hit.where}</small>}
    {hit.url === null && hit.where === '' && <small>{say(words, 'find.noPage')}</small>}
  </li>
)
