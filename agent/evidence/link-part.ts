/** What is shown of one link or one item: both sides as they are, where that came from, what people decided and on what, and all that happened. */
import type { DatabaseSync } from 'node:sqlite'
import { browserSaid } from '../../shared/act-file.ts'
import type { ForecastShape } from '../../shared/forecast.ts'
import { itemTypes } from '../../shared/item.ts'
import { fieldName } from '../../shared/words/fields.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import type { Figure, ProcoreItem } from '../items/kind.ts'
import type { Archived } from '../ledger/archive.ts'
import { historyOf } from '../ledger/history.ts'
import { eyesOf, type Looked, nameOf } from '../ledger/look.ts'
import { itemOf, type Kinds } from '../ledger/rows.ts'
import { connectionOf, sourceById } from '../ledger/sources.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { pairs, section, table } from './page.ts'
import type { Speaks } from './spoken.ts'

export type Shown = { title: string; parts: Markup[] }

export function linkPart(raw: DatabaseSync, kinds: Kinds, of: Archived, speaks: Speaks): Shown {
  const looked = 'record' in of ? lookAt(raw, kinds, of.record) : null
  const item = looked ? looked.item : 'record' in of ? null : itemAt(raw, of)
  const erp = looked ? erpOf(looked) : 'ERP'
  const title = [looked?.record.key, item && nameOf(item)].filter(Boolean).join(' – ')
  const parts = [sides(raw, looked, item, speaks), ...(looked ? [source(raw, looked, speaks)] : []), decisions(raw, of, item, erp, speaks)]
  return { title, parts: [...parts, history(raw, of, speaks)] }
}

function lookAt(raw: DatabaseSync, kinds: Kinds, record: number): Looked | null {
  const row = raw.prepare('select source from records where id = ?').get(record)
  return row ? eyesOf(raw, kinds, sourceById(raw, Number(row['source'])).connection).look(record) : null
}

function itemAt(raw: DatabaseSync, { connection, item: { type, id } }: Extract<Archived, { connection: number }>): ProcoreItem | null {
  const row = raw.prepare('select * from items where connection = ? and type = ? and id = ?').get(connection, itemTypes.indexOf(type), id)
  return row ? itemOf(row) : null
}

const erpOf = ({ connection: { settings, connector } }: Looked): string => (JSON.parse(settings) as { erp?: string }).erp ?? connector

function sides(raw: DatabaseSync, looked: Looked | null, item: ProcoreItem | null, { words, at, value, state }: Speaks): Markup {
  const seen = item && seenAt(raw, looked, item)
  const told = [
    ...(looked ? [[say(words, 'evidence.key'), `${looked.record.key} (${erpOf(looked)}, ${looked.connection.erp_company})`] as const] : []),
    ...(item ? [[sayCode(words, 'item', item.type), `${nameOf(item)} (${item.id})`] as const] : []),
    ...(looked ? [[say(words, 'evidence.state'), state(looked.state)] as const] : []),
    ...(looked ? [[`ERP – ${say(words, 'evidence.asOf')}`, at(looked.source.as_of)] as const] : []),
    ...(item ? [[`Procore – ${say(words, 'evidence.asOf')}`, at(seen)] as const] : []),
  ]
  const head = (['field', 'procore', 'erp', 'difference'] as const).map((name) => say(words, `figures.${name}`))
  const rows = (looked?.figures ?? []).map((figure) => [
    fieldName(figure.field, words),
    ...[figure.procore, figure.erp, figure.difference].map((text) => (figure.type === 'flag' ? flagText(text) : value(text))),
    agreesText(figure),
  ])
  const figures = rows.length === 0 ? say(words, 'figures.none') : table([...head, say(words, 'evidence.agrees')], rows, [1, 2, 3])
  return section(say(words, 'evidence.sides'), pairs(told), figures)

  function flagText(text: string | null): string {
    return text === null ? '–' : say(words, text === '1' ? 'evidence.yes' : 'evidence.no')
  }
  function agreesText({ agrees }: Figure): string {
    return say(words, agrees === null ? 'evidence.not-compared' : agrees ? 'evidence.yes' : 'evidence.no')
  }
}

function seenAt(raw: DatabaseSync, looked: Looked | null, { type, id }: ProcoreItem): number | null {
  const rows = raw.prepare('select max(seen_at) as at from items where type = ? and id = ? and (?3 is null or connection = ?3)')
  return rows.get(itemTypes.indexOf(type), id, looked?.connection.id ?? null)?.['at'] as number | null
}

/** The export file with its hash, the line, and every column as it was mapped. */
function source(raw: DatabaseSync, { record }: Looked, { words, at, fileText }: Speaks): Markup {
  const row = raw
    .prepare(
      `select f.name, f.sha256, f.as_of, r.line from records r join takes t on t.id = coalesce(r.changed, r.take)
         join export_files f on f.id = t.file where r.id = ?`,
    )
    .get(record.id)
  const file = row
    ? pairs([
        [say(words, 'evidence.file'), fileText({ name: String(row['name']), sha256: String(row['sha256']), line: Number(row['line']) })],
        [say(words, 'evidence.asOf'), at(Number(row['as_of']))],
      ])
    : null
  const columns = Object.entries(record.fields).map(([name, text]) => [fieldName(name, words), text ?? '–'])
  return section(say(words, 'evidence.source'), file, table([say(words, 'evidence.column'), say(words, 'evidence.value')], columns))
}

/** Every act about it, with the forecast that was on the screen. */
function decisions(raw: DatabaseSync, of: Archived, item: ProcoreItem | null, erp: string, speaks: Speaks): Markup {
  const { words, at } = speaks
  const subjects = [...('record' in of ? [`link:${of.record}`] : []), ...(item ? [`item:${item.type}:${item.id}`] : [])]
  const acts = raw.prepare(
    'select a.*, p.name, p.email from audit a left join people p on p.id = a.person where a.subject in (select value from json_each(?)) order by a.id',
  )
  const rows = acts.all(JSON.stringify(subjects)).map((act) => {
    const after = dataOf(act['after'])
    const shown = after['forecast']
    return [
      at(Number(act['at'])),
      sayCode(words, 'act', String(act['act'])),
      personText(act, speaks),
      whereText(act),
      isForecast(shown) ? speaks.forecast(shown, erp) : '–',
      reasonText(after, speaks),
    ]
  })
  const head = (['when', 'what', 'who', 'where', 'forecast', 'reason'] as const).map((name) => say(words, `evidence.${name}`))
  return section(say(words, 'evidence.decisions'), rows.length === 0 ? say(words, 'evidence.decisions.none') : table(head, rows))
}

/** The person's own words, or why Procore did not do it. */
function reasonText({ reason, problem }: Record<string, unknown>, speaks: Speaks): string {
  if (typeof reason === 'string') return reason
  return isProblem(problem) ? speaks.problem(problem.code, JSON.stringify(problem.params ?? {})) : '–'
}

const isProblem = (value: unknown): value is { code: string; params?: unknown } =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'

/** The browser as the list of browsers names it, and from where it asked. */
export const whereText = (act: Record<string, unknown>): Piece => {
  const browser = browserSaid(act['browser'])
  return browser === null ? String(act['origin']) : html`${browser}<br>${String(act['origin'])}`
}

export const personText = (act: Record<string, unknown>, { words }: Speaks): Piece => {
  if (act['name'] !== null) return html`${String(act['name'])}<br>${String(act['email'])}`
  return say(words, act['origin'] === 'cli' ? 'evidence.command-line' : 'evidence.agent')
}

function history(raw: DatabaseSync, of: Archived, { words, at, what, who, details }: Speaks): Markup {
  const head = (['when', 'what', 'who', 'details'] as const).map((name) => say(words, `evidence.${name}`))
  const rows = historyOf(raw, of).map((entry) => [at(entry.at), what(entry), who(entry), details(entry)])
  return section(say(words, 'history.title'), rows.length === 0 ? say(words, 'history.none') : table(head, rows))
}

/** Stored data; what another program made unreadable is told by the chain, and by the list of acts as it is. */
function dataOf(text: unknown): Record<string, unknown> {
  try {
    const data: unknown = typeof text === 'string' ? JSON.parse(text) : null
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

const isForecast = (value: unknown): value is Pick<ForecastShape, 'kind' | 'code' | 'params'> =>
  typeof value === 'object' && value !== null && 'code' in value && 'kind' in value && 'params' in value

export const erpOfConnection = (raw: DatabaseSync, id: number): string => {
  const { settings, connector, erp_company } = connectionOf(raw, id)
  return `${(JSON.parse(settings) as { erp?: string }).erp ?? connector}, ${erp_company}`
}
