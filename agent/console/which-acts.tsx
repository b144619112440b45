import { useState } from 'preact/hooks'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { sayAct } from '../../shared/words/say-act.ts'
import { useAnswer, useLink } from './link.ts'

/** What is asked for; the server looks, however long the log is. */
export type Wanted = { person?: string; act?: string; search?: string }

/** Which acts are shown: by person, by act, by what they contain. */
export const WhichActs = ({ wanted, want }: { wanted: Wanted; want: (next: Wanted) => void }) => {
  const { words } = useLink()
  const people = useAnswer('people').value?.people ?? []
  const [text, setText] = useState('')
  const choose = (name: 'person' | 'act', value: string): void => {
    const { [name]: _before, ...others } = wanted
    want(value === '' ? others : { ...others, [name]: value })
  }
  const look = (event: SubmitEvent): void => {
    event.preventDefault()
    const { search: _before, ...others } = wanted
    want(text.trim() === '' ? others : { ...others, search: text.trim() })
  }
  const clear = (): void => {
    setText('')
    want({})
  }
  return (
    <form class="fields" onSubmit={look}>
      <div>
        <label for="audit-person">{say(words, 'evidence.who')}</label>
        <select id="audit-person" value={wanted.person ?? ''} onChange={({ currentTarget }) => choose('person', currentTarget.value)}>
          <option value="">{say(words, 'audit.everyone')}</option>
          {people.map(({ id, name, email }) => (
            <option key={id} value={id}>
              {name} ({email})
            </option>
          ))}
          <option value="agent">{say(words, 'evidence.agent')}</option>
          <option value="cli">{say(words, 'console.commandLine')}</option>
        </select>
      </div>
      <div>
        <label for="audit-act">{say(words, 'audit.act')}</label>
        <select id="audit-act" value={wanted.act ?? ''} onChange={({ currentTarget }) => choose('act', currentTarget.value)}>
          <option value="">{say(words, 'audit.all')}</option>
          <option value="refused">{say(words, 'audit.refused')}</option>
          {actsKnown(words).map(({ act, said }) => (
            <option key={act} value={act}>
              {said}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="audit-search">{say(words, 'audit.search')}</label>
        <input
          id="audit-search"
          type="search"
          maxLength={100}
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <div class="steps">
        <button class="button" type="submit">
          {say(words, 'audit.search.do')}
        </button>
        {Object.keys(wanted).length > 0 && (
          <button class="button" type="button" onClick={clear}>
            {say(words, 'audit.clear')}
          </button>
        )}
      </div>
    </form>
  )
}

/** Every act there is a word for, in the order of the reader's alphabet. */
function actsKnown(words: Words): { act: string; said: string }[] {
  const acts = Object.keys(words.texts).flatMap((key) => (key.startsWith('act.') ? [key.slice('act.'.length)] : []))
  return acts.map((act) => ({ act, said: sayAct(words, act) })).toSorted((a, b) => a.said.localeCompare(b.said, words.locale))
}
