/** What stands on the page, in the reader's words. Times are UTC: the same page is read in several places. Pure. */
import type { ForecastShape } from '../../shared/forecast.ts'
import { fieldName } from '../../shared/words/fields.ts'
import type { Words } from '../../shared/words/languages.ts'
import { filled, say, sayCode } from '../../shared/words/say.ts'
import { forecastText } from '../../shared/words/say-forecast.ts'
import { sayStory } from '../../shared/words/say-history.ts'
import { readable } from '../../shared/words/say-value.ts'
import { amount } from '../../shared/words/when.ts'
import type { Entry } from '../ledger/history.ts'
import { html, type Markup, type Piece } from './markup.ts'

export type Speaks = ReturnType<typeof speaks>

export function speaks(words: Words) {
  const format = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
  const dayFormat = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const at = (ms: number | null): string => (ms === null ? say(words, 'asOf.unknown') : format.format(ms))
  const atText = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : format.format(Date.parse(iso)))
  const value = (text: string | null | undefined): string =>
    text === undefined ? say(words, 'figures.unknown') : text === null ? '–' : amountLike.test(text) ? amount(text, words.locale) : text
  const was = (text: string | null | undefined): string => (text === undefined ? '' : `${value(text)} → `)
  const state = (code: string): string => sayCode(words, 'state', code)

  /** Why and by whom, for one entry of the history. */
  const who = ({ person, run, file, code, params }: Entry): Piece => {
    const acted = code === 'act' ? say(words, params['origin'] === 'cli' ? 'evidence.command-line' : 'evidence.agent') : null
    return lines([
      person ?? acted,
      params['browser'] ?? null,
      run && say(words, 'evidence.run', { run: run.id }),
      file && html`${fileText(file)}`,
    ])
  }

  const fileText = ({ name, sha256, line }: NonNullable<Entry['file']>): Piece => [
    line === null ? name : say(words, 'record.source', { file: name, line }),
    html`<br><code>SHA-256 ${sha256}</code>`,
  ]

  const what = (entry: Entry): Piece => sayStory(entry, words)

  const details = ({ fields, params }: Entry): Piece =>
    lines([
      ...fields.map(
        ({ field, procore, erp, procoreWas, erpWas }) =>
          `${fieldName(field, words)} – Procore ${was(procoreWas)}${value(procore)} · ERP ${was(erpWas)}${value(erp)}`,
      ),
      params['override'] ? say(words, 'evidence.override') : null,
      params['reason'] ? `${say(words, 'evidence.reason')} – ${params['reason']}` : null,
      params['asOf'] ? `${say(words, 'evidence.asOf')} ${atText(params['asOf'])}` : null,
      params['problem'] ? problem(params['problem'], params['params'] ?? '{}') : null,
    ])

  /** `stored`: its parameters as the ledger keeps them. */
  const problem = (code: string, stored: string): string => {
    const known = words.problems[code]
    return known ? filled(known[0], readable(words, { code, params: JSON.parse(stored) }, atText)) : say(words, 'problem.unknown', { code })
  }

  /** As the person saw it, with the numbers and times it was said with. */
  const forecast = ({ kind, code, params }: Pick<ForecastShape, 'kind' | 'code' | 'params'>, erp: string): string =>
    `${sayCode(words, 'forecast', kind)}. ${forecastText(words.texts, code, { erp, ...params }, atText, code)}`
  return { words, at, day: (ms: number) => dayFormat.format(ms), value, state, who, what, details, problem, forecast, fileText }
}

const amountLike = /^-?\d+\.\d{2,}$/

const lines = (texts: readonly (string | Markup | null)[]): Piece =>
  texts.filter((text) => text !== null).map((text, n) => (n === 0 ? text : html`<br>${text}`))
