import { useState } from 'preact/hooks'
import type { ProposedColumns } from '../../../shared/api/columns.ts'
import type { BodyOf } from '../../../shared/api.ts'
import type { WordKey } from '../../../shared/words/en.ts'
import { fieldName } from '../../../shared/words/fields.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'

type Props = { proposal: ProposedColumns; keep: (body: BodyOf<'saveColumns'>) => void; words: Words }
type Reading = ProposedColumns['reading']
/** The header of a field, and whether a person has said that it is right. */
type Chosen = Readonly<Record<string, { header: string; right: boolean }>>

/** Field by field: its column, how sure that is and why, and a tick that says it is right. */
export const Columns = ({ proposal, keep, words }: Props) => {
  const { fields, header, columns, open, reading } = proposal
  const [chosen, setChosen] = useState<Chosen>(() =>
    Object.fromEntries(columns.map((one) => [one.field, { header: one.header, right: false }])),
  )
  const [said, setSaid] = useState<Reading>({})
  const choose = (field: string, to: string): void => {
    const { [field]: _before, ...others } = chosen
    setChosen(to === '' ? others : { ...others, [field]: { header: to, right: true } })
  }
  const taken = Object.values(chosen).map((one) => one.header)
  const isTwice = (of: string): boolean => taken.filter((one) => one === of).length > 1
  const isReady =
    Object.values(chosen).every((one) => one.right && !isTwice(one.header)) &&
    fields.every(({ field, needed }) => !needed || field in chosen) &&
    (open.date.length === 0 || said.date !== undefined) &&
    (open.decimal.length === 0 || said.decimal !== undefined)
  const save = (): void =>
    keep({
      entity: proposal.entity as BodyOf<'saveColumns'>['entity'],
      columns: Object.fromEntries(Object.entries(chosen).map(([field, one]) => [field, one.header])),
      reading: { ...reading, ...said },
    })
  const news = readingSaid(reading, words)
  return (
    <>
      <ul class="lines">
        {fields.map(({ field, needed }) => {
          const one = chosen[field]
          const name = fieldName(field, words)
          const proposed = columns.find((column) => column.field === field)
          return (
            <li key={field} data-field={field}>
              <div class="steps">
                <span class="kind">
                  {name} <small>{whyOf(proposed, one, needed, words)}</small>
                </span>
                <select
                  aria-label={say(words, 'column.header.of', { field: name })}
                  onChange={({ currentTarget }) => choose(field, currentTarget.value)}
                >
                  <option value="">{say(words, 'column.none')}</option>
                  {header.map((of) => (
                    <option key={of} value={of} selected={of === one?.header}>
                      {of}
                    </option>
                  ))}
                </select>
                {one && (
                  <label>
                    <input
                      type="checkbox"
                      checked={one.right}
                      aria-label={say(words, 'column.right.of', { header: one.header, field: name })}
                      onChange={({ currentTarget }) => setChosen({ ...chosen, [field]: { ...one, right: currentTarget.checked } })}
                    />{' '}
                    {say(words, 'column.right')}
                  </label>
                )}
              </div>
              {one && isTwice(one.header) && (
                <p class="change" data-tone="yellow">
                  {say(words, 'column.twice')}
                </p>
              )}
            </li>
          )
        })}
      </ul>
      <Open label="column.date" of={open.date} change={(date) => setSaid({ ...said, date })} words={words} />
      <Open label="column.decimal" of={open.decimal} change={(decimal) => setSaid({ ...said, decimal })} words={words} />
      {news.length > 0 && <p>{say(words, 'column.reading', { reading: news.join('; ') })}</p>}
      {!isReady && <small>{say(words, 'column.wait')}</small>}
      <div class="steps">
        <button class="button primary" type="button" disabled={!isReady} onClick={save}>
          {say(words, 'console.connection.save')}
        </button>
      </div>
    </>
  )
}

/** What the sample leaves open: no day or amount of it says which. */
function Open<T extends string>({ label, of, change, words }: { label: WordKey; of: readonly T[]; change: (to: T) => void; words: Words }) {
  if (of.length === 0) return null
  const id = `own-file-${label}`
  return (
    <div class="steps">
      <label for={id}>{say(words, label)}</label>
      <select id={id} onChange={({ currentTarget }) => change(currentTarget.value as T)}>
        <option value="" disabled selected>
          {say(words, 'column.choose')}
        </option>
        {of.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </div>
  )
}

type Proposed = ProposedColumns['columns'][number] | undefined

function whyOf(proposed: Proposed, chosen: Chosen[string] | undefined, needed: boolean, words: Words): string {
  if (chosen === undefined) return needed ? say(words, 'column.lacking') : ''
  if (proposed?.header !== chosen.header) return say(words, 'column.because.said')
  const reasons = proposed.because.map((one) => sayCode(words, 'column.because', one))
  return `${sayCode(words, 'column.sure', sureness(proposed.confidence))}: ${reasons.join(', ')}`
}

/** Minus as it is written, by the style's code. */
const minusSigns: Readonly<Record<string, string>> = { leading: '-1', trailing: '1-', parentheses: '(1)', unicode: '−1', cr: '1 CR' }

const readingSaid = (reading: Reading, words: Words): string[] =>
  Object.entries(reading).map(([name, value]) => {
    const signs = [value].flat().map((one) => `“${minusSigns[one] ?? (one === '\t' ? 'Tab' : one)}”`)
    return sayCode(words, 'reading', name, name, { value: signs.join(' ') })
  })

/** How sure a confidence is, in words. */
const sureness = (confidence: number): string => (confidence >= 0.9 ? 'certain' : confidence >= 0.6 ? 'likely' : 'guess')
