import type { MappedEntity } from '../../../shared/api/mappings.ts'
import type { TicksChange } from '../../../shared/mapping/ticks.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { fieldsNamed, nameOf } from './names.ts'

type Props = { changes: readonly TicksChange[]; entities: readonly MappedEntity[]; words: Words }

/** What is other than saved, line by line; what is taken away stands first. */
export const Changes = ({ changes, entities, words }: Props) => {
  const lines = changes.flatMap((change) => linesOf(change, entities, words))
  if (lines.length === 0) return <p class="empty">{say(words, 'mapping.diff.none')}</p>
  return (
    <ul class="lines">
      {lines
        .toSorted((a, b) => Number(b.away) - Number(a.away))
        .map(({ text, away }) => (
          <li class="change" key={text} data-tone={away ? 'yellow' : 'green'}>
            {text}
          </li>
        ))}
    </ul>
  )
}

function linesOf(
  { id, on, ticked, unticked, ordered }: TicksChange,
  entities: Props['entities'],
  words: Words,
): { text: string; away: boolean }[] {
  const of = entities.find((one) => one.id === id)
  if (!of) return []
  const name = nameOf(of, words)
  return [
    ...(on === undefined ? [] : [{ text: say(words, on ? 'mapping.diff.on' : 'mapping.diff.off', { name }), away: !on }]),
    ...(ticked.length === 0
      ? []
      : [{ text: say(words, 'mapping.diff.ticked', { name, fields: fieldsNamed(of, ticked, words) }), away: false }]),
    ...(unticked.length === 0
      ? []
      : [{ text: say(words, 'mapping.diff.unticked', { name, fields: fieldsNamed(of, unticked, words) }), away: true }]),
    ...(ordered ? [{ text: say(words, 'mapping.diff.order', { name }), away: false }] : []),
  ]
}
