import { hash } from 'node:crypto'
import type { ItemRef } from '../../shared/item.ts'
import { itemTypes } from '../../shared/item.ts'
import { type Problem, type ProblemCode, problems } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'

/** Where trouble stands. `cause` groups it: given, or made of code, connection and the parameters that name the cause. */
export type Opening = {
  connection: number | null
  problem: Problem
  record?: number | null
  item?: Pick<ItemRef, 'type' | 'id'> | null
  file?: number | null
  run?: number | null
  cause?: string
  /** Occurrences beyond the one listed. */
  more?: number
}

/** Parameters that differ between rows or attempts of the same cause. */
const perRow = new Set([
  'line',
  'text',
  'other',
  'when',
  'item',
  'found',
  'length',
  'offset',
  'reason',
  'candidates',
  'link',
  'payment',
  'status',
  'waiting',
])
/** Each is a record of its own and a person answers one by one, but what stands behind them is one thing. */
const oneByOne: readonly string[] = [
  ...['match-to-confirm', 'match-ambiguous', 'owner-lost', 'foreign-owner', 'amount-negative', 'payment-of-several', 'payment-unexplained'],
  'value-missing',
]
/** Told in Procore's own words: other words, another cause. */
const inTheirWords: readonly string[] = ['procore-refused', 'locked-in-procore', 'procore-forbidden']
const rowCodes = new Set([
  'amount-unreadable',
  'date-unreadable',
  'value-unreadable',
  'row-field-count',
  'row-too-long',
  'key-missing',
  'key-twice',
  'column-changed',
])

/** One missing cost code is one cause, however many rows wait for it. */
function causeOf({ code, params = {}, at }: Problem, connection: number | null): string {
  if (rowCodes.has(code)) return [code, connection, at?.file, at?.column].join(' ')
  if (oneByOne.includes(code)) return `${code} ${connection}`
  const kept = Object.entries(params).filter(([name]) => !perRow.has(name))
  const said = inTheirWords.includes(code) ? [`said=${wordsHash(String(params['text'] ?? ''))}`] : []
  return [code, connection, ...kept.map(([name, value]) => `${name}=${value}`).sort(), ...said].join(' ')
}

/** The same refusal of two records differs in what it quotes and counts: “number 17 is taken”, “number 18 is taken”. */
const wordsHash = (text: string): string => hash('sha256', text.replaceAll(/"[^"]*"|'[^']*'|“[^”]*”|\d+/g, '#')).slice(0, 10)

/** Of a record's figures: judging opens these anew, whatever was asked for and however it ended. */
export const ofFigures: readonly ProblemCode[] = ['amount-negative', 'not-comparable', 'tax-unknown']

const text = (id: number | null | undefined) => (id == null ? undefined : String(id))

/** Opens a problem, or finds it open already and marks it as seen again; answers its id. */
export function openProblem({ raw, now, emit }: WriterTx, opening: Opening): number {
  const { connection, problem, record = null, item = null, file = null, run = null, more = 0 } = opening
  const cause = opening.cause ?? causeOf(problem, connection)
  const type = item ? itemTypes.indexOf(item.type) : null
  const params = JSON.stringify(problem.params ?? {})
  const line = problem.at?.line ?? null
  const open = raw
    .prepare(
      'select id from problems where cause = ? and closed_at is null and record is ? and item_type is ? and item_id is ? and file is ? and line is ?',
    )
    .get(cause, record, type, item?.id ?? null, file, line)
  if (open) {
    raw
      .prepare('update problems set seen_at = ?, params = ?, run = coalesce(?, run), count = ? where id = ?')
      .run(now(), params, run, 1 + more, Number(open['id']))
    return Number(open['id'])
  }
  // A file exported anew brings the same trouble under new lines: its cause stands since it was first met.
  const since = raw.prepare('select min(opened_at) as at from problems where cause = ? and closed_at is null').get(cause)?.['at'] ?? null
  const { lastInsertRowid } = raw
    .prepare(
      `insert into problems (connection, code, params, cause, record, item_type, item_id, file, line, column_name, run, count, opened_at, seen_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      connection,
      problem.code,
      params,
      cause,
      record,
      type,
      item?.id ?? null,
      file,
      line,
      problem.at?.column ?? null,
      run,
      1 + more,
      file === null || since === null ? now() : Number(since),
      now(),
    )
  if (since === null) {
    emit('problem-opened', {
      connection: text(connection),
      run: text(run),
      data: { code: problem.code, next: problems[problem.code].next, cause },
    })
  }
  return Number(lastInsertRowid)
}

/** Which open problems are over. */
export type Over = {
  id?: number
  record?: number
  cause?: string
  connection?: number
  codes?: readonly string[]
  file?: number
  but?: readonly number[]
}

/** What a change of one record met is over with that change; trouble of the way to Procore is others' too and stays. */
export function closeOwn(tx: WriterTx, record: number, id: number | null): void {
  if (id !== null) closeProblems(tx, { id, record })
}

/** Closes what is over and says so, once per cause that has nothing left open. */
export function closeProblems({ raw, now, emit }: WriterTx, { id, record, cause, connection, codes, file, but = [] }: Over): number {
  const given = Object.entries({ id, record, cause, connection, file }).filter(
    (one): one is [string, number | string] => one[1] !== undefined,
  )
  const wanted = raw
    .prepare(
      `select id, cause, code, connection from problems where closed_at is null${given.map(([name]) => ` and ${name} = ?`).join('')}`,
    )
    .all(...given.map(([, value]) => value))
    .filter((row) => (!codes || codes.includes(String(row['code']))) && !but.includes(Number(row['id'])))
  const close = raw.prepare('update problems set closed_at = ? where id = ?')
  for (const { id } of wanted) close.run(now(), Number(id))
  for (const [name, row] of new Map(wanted.map((one) => [String(one['cause']), one]))) {
    const left = raw.prepare('select 1 from problems where cause = ? and closed_at is null').get(name)
    const on = row['connection'] === null ? undefined : String(row['connection'])
    if (!left) emit('problem-closed', { connection: on, data: { code: String(row['code']), cause: name } })
  }
  return wanted.length
}
