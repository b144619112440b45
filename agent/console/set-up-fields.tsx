/** Fields of a form made of metadata: the connection's own, and those its connector asks for. */
import type { ConnectorFieldShape } from '../../shared/api/set-up.ts'
import type { WordKey } from '../../shared/words/en.ts'
import type { Words } from '../../shared/words/languages.ts'
import { sayCode } from '../../shared/words/say.ts'

type Value = string | boolean
export type Values = Readonly<Record<string, Value>>

type Props = {
  field: ConnectorFieldShape
  value: Value | undefined
  change: (value: Value) => void
  words: Words
  tip?: string | undefined
}

/** One labelled field; what a person should know of it stands under it. */
export const SetUpField = ({ field, value, change, words, tip }: Props) => {
  const id = `set-up-${field.name}`
  const said = tip ?? tipOf(field.name, words)
  const label = `${sayCode(words, 'set-up-field', field.name)}${field.mandatory ? ' *' : ''}`
  const about = said ? { 'aria-describedby': `${id}-tip` } : {}
  return (
    <div class={field.type === 'flag' ? 'flag' : undefined}>
      <label for={id}>{label}</label>
      <Input id={id} field={field} value={value} change={change} words={words} about={about} />
      {said && <small id={`${id}-tip`}>{said}</small>}
    </div>
  )
}

type InputProps = Omit<Props, 'tip'> & { id: string; about: { 'aria-describedby'?: string } }

const Input = ({ id, field, value, change, words, about }: InputProps) => {
  const { name, type, mandatory, readOnly, choices } = field
  if (type === 'flag')
    return (
      <input id={id} type="checkbox" checked={value === true} onChange={({ currentTarget }) => change(currentTarget.checked)} {...about} />
    )
  const text = String(value ?? '')
  if (choices)
    return (
      <select id={id} disabled={readOnly === true} value={text} onChange={({ currentTarget }) => change(currentTarget.value)} {...about}>
        {choices.map((choice) => (
          <option key={choice} value={choice} selected={choice === text}>
            {sayCode(words, wordsOfChoice[name] ?? 'set-up-choice', choice)}
          </option>
        ))}
      </select>
    )
  const said = {
    ...{ id, value: text, required: mandatory, readOnly: readOnly === true, spellcheck: false, ...about },
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => change(currentTarget.value),
  }
  if (type === 'secret') return <input type="password" autocomplete="new-password" {...said} />
  // A path is read to its end before anything is done with it: it goes on in further lines.
  if (type === 'path')
    return (
      <textarea
        {...{ ...said, rows: 1, class: 'path-field' }}
        onInput={({ currentTarget }) => change(currentTarget.value.replaceAll(/[\r\n]+/g, ''))}
      />
    )
  if (type === 'url') return <input type="url" autocomplete="off" {...said} />
  if (type === 'time') return <input type="time" {...said} />
  if (type === 'number') return <input type="number" autocomplete="off" {...said} />
  return <input type="text" autocomplete="off" {...said} />
}

/** Choices that have words of their own elsewhere. */
const wordsOfChoice: Readonly<Record<string, string>> = { environment: 'environment', connector: 'connector' }

function tipOf(name: string, words: Words): string | null {
  const key = `set-up-tip.${name}`
  return key in words.texts ? words.texts[key as WordKey] : null
}
