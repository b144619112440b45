import type { FigureShape } from '../api/links.ts'
import { fieldName } from '../words/fields.ts'
import type { Words } from '../words/languages.ts'
import { say, sayCode } from '../words/say.ts'
import { amount, calendarDate } from '../words/when.ts'
import type { Table } from './table-text.ts'

/** Both sides' numbers and their difference, in the mapping's order. What is not known is said to be unknown, never shown as zero. */
export const Figures = ({ figures, erp, words }: { figures: readonly FigureShape[]; erp: string; words: Words }) => (
  <table class="figures">
    <thead>
      <tr>
        {headOf(erp, words).map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {figures.map((figure) => (
        <tr key={figure.field} class={figure.agrees === false ? 'differs' : ''}>
          <th scope="row">{fieldName(figure.field, words)}</th>
          <Side value={figure.procore} type={figure.type} words={words} />
          {isUnmapped(figure) ? (
            <td class="unknown">{say(words, 'figures.unmapped')}</td>
          ) : (
            <Side value={figure.erp} type={figure.type} words={words} />
          )}
          <td class="number">{differenceOf(figure, words)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const headOf = (erp: string, words: Words): string[] => [
  say(words, 'figures.field'),
  say(words, 'figures.procore'),
  erp,
  say(words, 'figures.difference'),
]

/** Unticked in the connection's mapping: it is not said to be unknown, nor to agree. */
const isUnmapped = ({ mapped }: FigureShape): boolean => mapped === false

/** The same to be copied: amounts as exact numbers to reckon with, all else as it is shown. */
export const figuresTable = (figures: readonly FigureShape[], erp: string, words: Words): Table => ({
  head: headOf(erp, words),
  rows: figures.map((figure) => {
    const side = (value: string | null) => {
      if (value === null) return say(words, 'figures.unknown')
      return figure.type === 'money' ? { number: value } : shown(value, figure.type, words)
    }
    const difference = figure.type === 'money' ? { number: figure.difference } : differenceOf(figure, words)
    const erpSide = isUnmapped(figure) ? say(words, 'figures.unmapped') : side(figure.erp)
    return [fieldName(figure.field, words), side(figure.procore), erpSide, difference]
  }),
})

const Side = ({ value, type, words }: { value: string | null; type: string; words: Words }) =>
  value === null ? (
    <td class="unknown">{say(words, 'figures.unknown')}</td>
  ) : (
    <td class={type === 'money' ? 'number' : ''}>{shown(value, type, words)}</td>
  )

/** One value as the reader writes it. */
export const shown = (value: string, type: string, words: Words): string => {
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
