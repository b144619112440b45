/**
 * Cells that can only be read the other way round: 13/05 where months come first, 1.250,00 where the point is the decimal mark. They are refused
 * by themselves; that they are there says that others of the same file, which can be read both ways, may be meant the other way too.
 */
import { type Problem, problem } from '../../../shared/problem.ts'
import type { ReadSettings } from '../../formats/format.ts'
import { records } from '../../formats/records/index.ts'
import { amountOf, dateOf } from '../../formats/values.ts'
import type { WriterTx } from '../command.ts'
import { seriesOf } from '../other-files.ts'
import type { OpenTake } from '../take.ts'
import { isTwoWay, type Rule } from './rules.ts'
import type { Drifted, Types } from './tally.ts'

type Turn = {
  drift: 'other-order' | 'other-mark'
  code: Problem['code']
  types: Rule['types']
  /** Whether this text can be read, and only the other way round. */
  reads(text: string, settings: ReadSettings): boolean
  doubts(now: string | null, settings: ReadSettings): boolean
}

const mirrored: Partial<Record<ReadSettings['date'], ReadSettings['date']>> = {
  'mm/dd/yyyy': 'dd/mm/yyyy',
  'dd/mm/yyyy': 'mm/dd/yyyy',
  mmddyyyy: 'ddmmyyyy',
  ddmmyyyy: 'mmddyyyy',
}

/** Formats no other is taken for: digits apart from the shape in which they stand say it. */
function readsTurned(text: string, { date }: ReadSettings): boolean {
  const other = mirrored[date]
  return other !== undefined && dateOf(text.trim(), other) !== null
}

const otherMark = { '.': ',', ',': '.' } as const

function readsOtherMark(text: string, { decimal }: ReadSettings): boolean {
  const style = {
    decimal: otherMark[decimal],
    thousands: [decimal],
    minus: ['leading', 'trailing', 'parentheses', 'unicode', 'cr'],
  } as const
  return amountOf(text.trim(), style) !== null
}

/** 1.250 may be one and a quarter, or a thousand and more; so may 1,250 where that mark is allowed between thousands. */
const isThreeBehind = (now: string | null, { decimal, thousands }: ReadSettings): boolean =>
  now !== null && (/^-?\d{1,3}\.\d{3}$/.test(now) || (thousands.includes(otherMark[decimal]) && /^-?\d{4,}$/.test(now)))

const turns: readonly Turn[] = [
  { drift: 'other-order', code: 'date-unreadable', types: ['date'], reads: readsTurned, doubts: isTwoWay },
  { drift: 'other-mark', code: 'amount-unreadable', types: ['money', 'quantity'], reads: readsOtherMark, doubts: isThreeBehind },
]

/** The first of a file's cells of one kind that read only the other way round, and how many rows have one. */
type Met = { count: number; line: number; key: string; text: string; column: string }

/** What was met of them while a file was read. */
export class Contrary {
  readonly #settings: ReadSettings
  readonly #met = new Map<Turn['drift'], Met>()

  constructor(settings: ReadSettings) {
    this.#settings = settings
  }

  add({ code, params = {}, at }: Problem): void {
    const text = String(params['text'] ?? '')
    const turn = turns.find((one) => one.code === code)
    if (turn === undefined || !turn.reads(text, this.#settings)) return
    const { line = 0, column = '' } = at ?? {}
    const met = this.#met.get(turn.drift) ?? { count: 0, line, key: String(params['key'] ?? ''), text, column }
    this.#met.set(turn.drift, { ...met, count: met.count + 1 })
  }

  /**
   * Columns whose new values are in doubt: all of that kind, for an export is written one way. Not where as many such cells were told before and a
   * person has since let what was in doubt through; nor once they are mended.
   */
  drifted(tx: WriterTx, take: OpenTake, types: Types): Drifted[] {
    return turns.flatMap((turn) => {
      const met = this.#met.get(turn.drift)
      if (met === undefined || !isNews(tx, take, turn, met.count, this.#settings)) return []
      const { line, key, text, column } = met
      const example = { line, key, was: '', now: text, from: column }
      const doubts = (now: string | null): boolean => turn.doubts(now, this.#settings)
      const fields = Object.keys(types).filter((field) => turn.types.includes(types[field] as Types[string]))
      return fields.map((field) => ({ field, drift: turn.drift, example, doubts }))
    })
  }
}

function isNews({ raw }: WriterTx, take: OpenTake, { code, drift, reads }: Turn, count: number, settings: ReadSettings): boolean {
  const series = seriesOf(take.export.path)
  const open = raw
    .prepare(
      `select p.code, p.params, p.count, f.path from problems p join export_files f on f.id = p.file
       where p.closed_at is null and f.source = ? and f.id <> ? and p.code in (?, 'column-changed')`,
    )
    .all(take.source.id, take.file, code)
    .filter((row) => seriesOf(String(row['path'])) === series)
    .map((row) => ({ ...row, said: JSON.parse(String(row['params'])) as Record<string, unknown> }))
  const before = open.filter((row) => 'code' in row && row['code'] === code && reads(String(row.said['text']), settings)).length
  return count > before || open.some(({ said }) => said['drift'] === drift)
}

/** In place of a field: all that a record is told from others by. */
export const theKey = ''
const keyColumns = ({ kind, columns }: OpenTake): string => records[kind.entity].key.flatMap((field) => columns[field] ?? []).join(', ')

/** Missing columns are told together (gone.ts). */
type Told = Drifted & { drift: Rule['drift'] }
export const isTold = (one: Drifted): one is Told => one.drift !== 'gone'

/** What a person is told of one column; `waiting`: rows that are held because of it, whole or in part. */
export function changedColumn(take: OpenTake, { field, drift, example }: Told, waiting: number): Problem {
  const { columns, export: file } = take
  const column =
    drift === 'other-order' || drift === 'other-mark' ? example.from : field === theKey ? keyColumns(take) : (columns[field] ?? field)
  const { line, key, was, now, from } = example
  const said = { file: file.name, column, drift, line, key, was, now, source: columns[from] ?? from, waiting }
  return problem('column-changed', said, { file: file.name, column })
}
