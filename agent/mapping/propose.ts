/**
 * Proposes which entity a file of unknown headers holds and which header feeds each field, from a sample of it: by names first, then by what the
 * cells are. A proposal sets nothing: a person looks through it, changes it, and only then is it the connection's mapping. Pure.
 */
import { type Entity, entities } from '../../shared/item.ts'
import type { ReadSettings } from '../formats/format.ts'
import { headerName } from '../formats/header-names.ts'
import { formats } from '../formats/index.ts'
import { keyFields } from '../formats/mapping.ts'
import { records } from '../formats/records/index.ts'
import type { Field } from '../formats/records/record-shape.ts'
import { readValue, unreadable } from '../formats/values.ts'
import { alikeness, headerWords } from './header-words.ts'
import { type Readings, readingsOf, type SampleColumn } from './reading-of.ts'

/** What speaks for a column. `only-…`: no other column left is written like that. `repeats`: its cells do not tell records apart. */
export type Reason = 'said' | 'same-name' | 'same-words' | 'like-words' | 'only-date' | 'only-amount' | 'only-code' | 'repeats'

type ProposedColumn = { field: string; header: string; confidence: number; because: readonly Reason[] }

export type Proposal = {
  entity: Entity
  /** 0 to 1: of the entity, and of each column. */
  confidence: number
  /** Entities whose key the file could make too, likeliest first. */
  others: readonly { entity: Entity; confidence: number }[]
  columns: readonly ProposedColumn[]
  /** Fields without which its records cannot be told apart, and that no column seems to hold. */
  lacking: readonly string[]
  unused: readonly string[]
  readings: Readings
}

/** The header row and the rows below it. */
export type MappedSample = { header: readonly string[]; rows: readonly (readonly string[])[] }

/** What a person says already: the entity, and headers of fields, which are taken as said. */
export type Said = { entity?: Entity | undefined; columns?: Readonly<Record<string, string>> }

/** Below this a pair is not named: it would be guessing. */
const leastConfidence = 0.3

export function propose({ header, rows }: MappedSample, settings: ReadSettings, said: Said = {}): Proposal {
  const columns = header.flatMap((name, at) => (headerName(name) === '' ? [] : [{ header: name, cells: filled(rows, at) }]))
  const readings = readingsOf(columns)
  const reading = { ...settings, ...chosen(readings, settings) }
  const ranked = (said.entity ? [said.entity] : entities)
    .map((entity) => forEntity(entity, columns, reading, said.columns ?? {}))
    .sort((a, b) => b.confidence - a.confidence)
  const [best, ...rest] = ranked as [EntityProposal, ...EntityProposal[]]
  const used = new Set(best.columns.map((column) => column.header))
  return {
    ...best,
    others: rest.flatMap(({ entity, confidence, lacking }) => (lacking.length === 0 && confidence > 0 ? [{ entity, confidence }] : [])),
    unused: columns.flatMap((column) => (used.has(column.header) ? [] : [column.header])),
    readings,
  }
}

/** What the sample says, and where it leaves a choice what is set now, if that is among them. */
export function chosen({ date, decimal, thousands, minus }: Readings, settings: ReadSettings): Partial<ReadSettings> {
  const of = <T>(found: readonly T[], now: T): T => (found.length === 0 || found.includes(now) ? now : (found[0] as T))
  return {
    date: of(date, settings.date),
    decimal: of(decimal, settings.decimal),
    thousands: [...new Set([...settings.thousands, ...thousands])].filter((mark) => mark !== of(decimal, settings.decimal)),
    minus: [...new Set([...settings.minus, ...minus])],
  }
}

const filled = (rows: readonly (readonly string[])[], at: number): string[] =>
  rows.flatMap((cells) => ((cells[at] ?? '').trim() === '' ? [] : [cells[at] ?? '']))

type EntityProposal = Pick<Proposal, 'entity' | 'confidence' | 'columns' | 'lacking'>

function forEntity(
  entity: Entity,
  columns: readonly SampleColumn[],
  reading: ReadSettings,
  said: Readonly<Record<string, string>>,
): EntityProposal {
  const { fields } = records[entity]
  const proposed = fields.flatMap(({ field }): ProposedColumn[] => {
    const column = columns.find((one) => headerName(one.header) === headerName(said[field] ?? ''))
    return column ? [{ field, header: column.header, confidence: 1, because: ['said'] }] : []
  })
  const pairs = fields
    .flatMap((field) => columns.map((column) => pairOf(entity, field, column, reading)))
    .filter(({ confidence }) => confidence >= leastConfidence)
    .sort((a, b) => b.confidence - a.confidence)
  const isFree = ({ field, header }: Pick<ProposedColumn, 'field' | 'header'>): boolean =>
    proposed.every((one) => one.field !== field && one.header !== header)
  for (const pair of pairs) if (isFree(pair)) proposed.push(pair)
  const free = (): SampleColumn[] => columns.filter(({ header }) => isFree({ field: '', header }))
  for (const pair of onlyOnes(fields, free(), reading)) if (isFree(pair)) proposed.push(pair)
  proposed.push(...onlyCode(lackingOf(entity, proposed), free()))
  const order = fields.map(({ field }) => field)
  const sorted = proposed.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
  return { entity, columns: sorted, lacking: lackingOf(entity, sorted), confidence: confidenceOf(entity, sorted, columns.length) }
}

/** Where a key can be made in more than one way, one part of it at least. */
function lackingOf(entity: Entity, proposed: readonly ProposedColumn[]): string[] {
  const has = (field: string): boolean => proposed.some((one) => one.field === field)
  const { key, keyParts } = records[entity]
  return keyParts ? (key.some(has) ? [] : [...key]) : keyFields(records[entity]).filter((field) => !has(field))
}

/** The key counts most: without it nothing is told apart. What else of the file is understood says which of two it is. */
function confidenceOf(entity: Entity, proposed: readonly ProposedColumn[], columns: number): number {
  const { key, fields } = records[entity]
  const needed = new Set([...key, ...fields.flatMap(({ field, required }) => (required ? [field] : []))])
  const sum = (of: readonly ProposedColumn[]): number => of.reduce((all, { confidence }) => all + confidence, 0)
  const ofKey = sum(proposed.filter(({ field }) => needed.has(field))) / needed.size
  return 0.6 * ofKey + 0.4 * (columns === 0 ? 0 : sum(proposed) / columns)
}

function pairOf(entity: Entity, field: Field, column: SampleColumn, reading: ReadSettings): ProposedColumn {
  const { because, confidence } = nameScore(entity, namesOf(entity, field), column.header)
  const pair = { field: field.field, header: column.header }
  if (!isReadable(column, field, reading)) return { ...pair, confidence: 0, because: [] }
  const repeats = records[entity].key.join() === field.field && new Set(column.cells).size < column.cells.length
  return repeats ? { ...pair, confidence: confidence * 0.6, because: [...because, 'repeats'] } : { ...pair, confidence, because }
}

/** The field's own name, and what exports are known to call it (formats/). */
const namesOf = (entity: Entity, { field }: Field): string[] => [
  field,
  ...formats.flatMap((format) =>
    format.entity === entity ? format.columns.flatMap((one) => (one.field === field ? one.headers : [])) : [],
  ),
]

function nameScore(entity: Entity, names: readonly string[], header: string): { confidence: number; because: Reason[] } {
  if (names.some((name) => headerName(name) === headerName(header))) return { confidence: 1, because: ['same-name'] }
  const words = headerWords(header)
  const alike = Math.max(...names.map((name) => alikeness(headerWords(name), words)))
  if (alike === 1) return { confidence: 0.85, because: ['same-words'] }
  const own = ownWords(entity)
  if (names.some((name) => alikeness(without(headerWords(name), own), without(words, own)) === 1))
    return { confidence: 0.75, because: ['same-words'] }
  return alike >= 0.5 ? { confidence: 0.3 + 0.4 * alike, because: ['like-words'] } : { confidence: 0, because: [] }
}

/** In a file of invoices “Date” is the invoice's: what the records are called says nothing more of a field. */
const ownWords = (entity: Entity): ReadonlySet<string> => headerWords(entity.replace(/^(?:ap|ar|jc)-/, '').replace(/s$/, ''))

const without = (words: ReadonlySet<string>, own: ReadonlySet<string>): ReadonlySet<string> => {
  const left = [...words].filter((word) => !own.has(word))
  return left.length > 0 ? new Set(left) : words
}

/** Every cell of the sample is one the field can hold, and no column of amounts is one of codes. An empty one speaks neither for nor against. */
const isReadable = ({ cells }: SampleColumn, field: Field, reading: ReadSettings): boolean =>
  cells.every((cell) => readValue(cell, field, reading) !== unreadable) && !(field.type === 'code' && isCents({ cells }))

const isCents = ({ cells }: Pick<SampleColumn, 'cells'>): boolean => cells.length > 0 && cells.every((cell) => /\d[.,]\d\d\D?$/.test(cell))

/** A date or an amount nobody names, where one column alone is left that is written like that. */
function onlyOnes(fields: readonly Field[], left: readonly SampleColumn[], reading: ReadSettings): ProposedColumn[] {
  const only = (type: 'date' | 'money', because: Reason): ProposedColumn[] => {
    const [field, ...moreFields] = fields.filter((one) => one.type === type)
    const [column, ...moreColumns] = left.filter((one) => one.cells.length > 0 && isReadable(one, { field: '', type }, reading))
    const isOne = field && column && moreFields.length === 0 && moreColumns.length === 0
    return isOne ? [{ field: field.field, header: column.header, confidence: 0.4, because: [because] }] : []
  }
  return [...only('date', 'only-date'), ...only('money', 'only-amount')]
}

/** The one part of the key that nobody names, where one column alone is left that tells the rows apart. */
function onlyCode(lacking: readonly string[], left: readonly SampleColumn[]): ProposedColumn[] {
  const [field, ...more] = lacking
  const [column, ...others] = left.filter(({ cells }) => cells.length > 0 && new Set(cells).size === cells.length)
  const isOne = field !== undefined && column && more.length === 0 && others.length === 0
  return isOne ? [{ field, header: column.header, confidence: 0.4, because: ['only-code'] }] : []
}
