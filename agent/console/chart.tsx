import type { DayShape } from '../../shared/api/runs.ts'
import { CopyTable } from '../../shared/ui/copy-table.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { calendarDate } from '../../shared/words/when.ts'
import { at } from './times.ts'

const width = 40
const height = 96
const gap = 8

/** Runs of each day as bars, failed ones in front of the others; the same as a list for whoever does not see bars, and for Excel. */
export const RunChart = ({ days, asOf, words }: { days: readonly DayShape[]; asOf: string; words: Words }) => {
  const most = Math.max(1, ...days.map(({ runs }) => runs))
  const number = new Intl.NumberFormat(words.locale)
  const high = (runs: number): number => Math.round((runs / most) * height)
  const says = ({ day, runs, failed, rows }: DayShape): string =>
    say(words, 'console.day', {
      day: calendarDate(day, words.locale),
      runs: number.format(runs),
      failed: number.format(failed),
      rows: number.format(rows),
    })
  const table = () => ({
    head: [say(words, 'console.day.day'), say(words, 'console.runs'), say(words, 'run.state.failed'), say(words, 'count.rows')],
    rows: days.map(({ day, runs, failed, rows }) => [
      calendarDate(day, words.locale),
      { number: String(runs) },
      { number: String(failed) },
      { number: String(rows) },
    ]),
  })
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${days.length * (width + gap)} ${height}`} role="img" aria-label={say(words, 'console.days')}>
        {days.map((one, n) => (
          <g key={one.day}>
            <title>{says(one)}</title>
            <rect class="ground" x={n * (width + gap)} y={0} width={width} height={height} />
            <rect class="runs" x={n * (width + gap)} y={height - high(one.runs)} width={width} height={high(one.runs)} />
            <rect class="failed" x={n * (width + gap)} y={height - high(one.failed)} width={width} height={high(one.failed)} />
          </g>
        ))}
      </svg>
      <details>
        <summary>{say(words, 'console.days.list')}</summary>
        <ul>
          {days.map((one) => (
            <li key={one.day}>{says(one)}</li>
          ))}
        </ul>
      </details>
      <figcaption>
        <small>
          {days[0] && calendarDate(days[0].day, words.locale)} – {say(words, 'popup.asOf', { when: at(asOf, words) })}
        </small>{' '}
        <CopyTable table={table} words={words} />
      </figcaption>
    </figure>
  )
}
