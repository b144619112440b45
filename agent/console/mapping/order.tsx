import { useLayoutEffect, useRef } from 'preact/hooks'
import type { MappedEntity } from '../../../shared/api/mappings.ts'
import { orderedFields, withMoved } from '../../../shared/mapping/order.ts'
import type { Ticks } from '../../../shared/mapping/ticks.ts'
import { fieldName } from '../../../shared/words/fields.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'

type Props = { of: MappedEntity; ticks: Ticks; change: (ticks: Ticks) => void; words: Words }

/** The figures of a record's panel, each moved up or down; the keyboard stays with the one that moved. */
export const Order = ({ of: { id, figures }, ticks, change, words }: Props) => {
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef<{ field: string; by: -1 | 1 } | null>(null)
  useLayoutEffect(() => {
    if (moved.current === null) return
    const { field, by } = moved.current
    moved.current = null
    const [up, down] = list.current?.querySelectorAll<HTMLButtonElement>(`[data-figure="${field}"] button`) ?? []
    const wanted = by === -1 ? up : down
    const other = by === -1 ? down : up
    const to = wanted?.disabled ? other : wanted
    to?.focus()
  })
  const fields = orderedFields(ticks, id, figures)
  const move = (field: string, by: -1 | 1): void => {
    moved.current = { field, by }
    change(withMoved(ticks, id, figures, field, by))
  }
  return (
    <div>
      <h3>{say(words, 'mapping.order')}</h3>
      <ol class="order" ref={list}>
        {fields.map((field, at) => {
          const name = fieldName(field, words)
          return (
            <li key={field} data-figure={field}>
              <span>{name}</span>
              <button
                class="button small"
                type="button"
                aria-label={say(words, 'mapping.order.up', { field: name })}
                disabled={at === 0}
                onClick={() => move(field, -1)}
              >
                ↑
              </button>
              <button
                class="button small"
                type="button"
                aria-label={say(words, 'mapping.order.down', { field: name })}
                disabled={at === fields.length - 1}
                onClick={() => move(field, 1)}
              >
                ↓
              </button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
