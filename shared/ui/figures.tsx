import type { FigureShape } from '../api.ts'
import { fieldName } from '../words/fields.ts'
import type { Words } from '../words/languages.ts'
import { say, sayCode } from '../words/say.ts'
import { amount, calendarDate } from '../words/when.ts'

/** Both sides' numbers and their difference, in the mapping's order. What is not known is said to be unknown, never shown as zero. */
export const Figures = ({ figures, erp, words }: { figures: readonly FigureShape[]; erp: string; words: Words }) => (
  <table class="figures">
    <thead>
      <tr>
        <th scope="col">{say(words, 'figures.field')}</th>
        <th scope="col">{say(words, 'figures.procore')}</th>
        <th scope="col">{erp}</th>
        <th scope="col">{say(words, 'figures.difference')}</th>
      </tr>
    </thead>
    <tbody>
      {figures.map((figure) => (
        <tr key={figure.field} class={figure.agrees === false ? 'differs' : ''}>
          <th scope="row">{fieldName(figure.field, words)}</th>
          <Side value={figure.procore} type={figure.type} words={words} />
          <Side value={figure.erp} type={figure.type} words={words} />
          <td class="number">{differenceOf(figure, words)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Side = ({ value, type, words }: { value: string | null; type: string; words: Words }) =>
  value === null ? (
    <td class="unknown">{say(words, 'figures.unknown')}</td>
  ) : (
    <td class={type === 'money' ? 'number' : ''}>{shown(value, type, words)}</td>
  )

const shown = (value: string, type: string, words: Words): string => {
  if (type === 'money') return amount(value, words.locale)
  if (type === 'flag') return sayCode(words, 'flag', value)
  return type === 'date' ? calendarDate(value, words.locale) : value
}

/** For money the amount; for anything else only whether both sides say the same. */
function differenceOf({ type, difference, agrees }: FigureShape, words: Words): string {
  if (agrees === null) return ''
  if (agrees) return '✓'
  return type === 'money' && difference !== null ? amount(difference, words.locale) : '≠'
}
