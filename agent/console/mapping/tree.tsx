import type { MappedEntity, MappedField } from '../../../shared/api/mappings.ts'
import { type Ticks, ticksFor, withEntity, withField } from '../../../shared/mapping/ticks.ts'
import type { WordKey } from '../../../shared/words/en.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { nameOf, nameOfField } from './names.ts'
import { Order } from './order.tsx'

type Props = { entities: readonly MappedEntity[]; ticks: Ticks; change: (ticks: Ticks) => void; words: Words }

/** Entities with their fields, each with a tick, and what it does here. */
export const Tree = ({ entities, ticks, change, words }: Props) => (
  <ul class="lines">
    {entities.map((one) => (
      <Branch key={one.id} of={one} ticks={ticks} change={change} words={words} />
    ))}
  </ul>
)

const Branch = ({ of, ticks, change, words }: Omit<Props, 'entities'> & { of: MappedEntity }) => {
  const { on, off } = ticksFor(ticks, of.id)
  const [name, box] = [nameOf(of, words), `tick-${of.id}`]
  const ticked = of.fields.filter(({ field }) => !off.includes(field)).length
  return (
    <li class="branch" data-entity={of.id}>
      <div class="tick">
        <input
          id={box}
          type="checkbox"
          checked={on}
          aria-describedby={of.entity === null ? undefined : `${box}-does`}
          onChange={({ currentTarget }) => change(withEntity(ticks, of.id, currentTarget.checked))}
        />
        <label class="kind-name" for={box}>
          {name} {of.entity !== null && of.hh2 !== null && <small>{say(words, 'mapping.hh2', { name: of.hh2 })}</small>}
        </label>
      </div>
      {of.entity !== null && <Does id={`${box}-does`} of={of} on={on} words={words} />}
      {of.fields.length > 0 && (
        <details>
          <summary class="lists">{say(words, 'mapping.fields', { name, on: ticked, all: of.fields.length })}</summary>
          <fieldset class="ticks" aria-label={name} disabled={!on}>
            {of.fields.map((field) => (
              <Leaf
                key={field.field}
                id={`${box}-${field.field}`}
                of={field}
                on={!off.includes(field.field)}
                change={(to) => change(withField(ticks, of.id, field.field, to))}
                words={words}
              />
            ))}
          </fieldset>
          {on && of.figures.length > 1 && <Order of={of} ticks={ticks} change={change} words={words} />}
        </details>
      )}
    </li>
  )
}

/** What it is read from and what becomes of it; one that is ticked and read from nothing says what to do. */
const Does = ({ id, of: { reader, exports, does }, on, words }: { id: string; of: MappedEntity; on: boolean; words: Words }) => (
  <small id={id}>
    {reader === 'none' && on ? (
      <button class="button small" type="button" onClick={() => document.getElementById('own-file-sample')?.focus()}>
        {say(words, 'mapping.reader.none')}
      </button>
    ) : (
      sayCode(words, 'mapping.reader', reader, reader, { exports: exports.join(' · ') })
    )}
    {' · '}
    {sayCode(words, 'mapping.does', does)}
  </small>
)

type LeafProps = { id: string; of: MappedField; on: boolean; change: (on: boolean) => void; words: Words }

const Leaf = ({ id, of, on, change, words }: LeafProps) => {
  const notes = notesOf(of)
  return (
    <div class="tick">
      <input
        id={id}
        type="checkbox"
        checked={on}
        disabled={of.locked !== null}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      <label class="field-name" for={id}>
        {nameOfField(of, words)} {notes.length > 0 && <small>{notes.map((note) => say(words, note)).join(' · ')}</small>}
      </label>
    </div>
  )
}

function notesOf({ locked, uses, inExport }: MappedField): WordKey[] {
  if (locked === 'unread') return ['mapping.field.unread']
  return [
    ...(locked === 'needed' ? (['mapping.field.needed'] as const) : []),
    ...(uses.length === 0 && locked === null ? (['mapping.field.no-procore'] as const) : []),
    ...(inExport === false ? (['mapping.field.no-erp'] as const) : []),
  ]
}
