/** The line of time as a table for Excel: one row per field that differed, else one per entry. Pure. */
import { shown } from '../../../shared/ui/figures.tsx'
import type { Table } from '../../../shared/ui/table-text.ts'
import { fieldName } from '../../../shared/words/fields.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { sayStory } from '../../../shared/words/say-history.ts'
import { sayTold } from '../../../shared/words/say-problem.ts'
import type { HistoryEntry } from '../../bridge/own-calls.ts'
import { marksOf, markWords } from './marks.ts'
import { exactTime } from './times.ts'
import type { TypeOf, Version } from './values.ts'
import { whoOf } from './who.ts'

type Cell = Table['rows'][number][number]

export function historyTable(entries: readonly HistoryEntry[], erp: string, typeOf: TypeOf, words: Words): Table {
  const procore = say(words, 'figures.procore')
  const before = (side: string): string => `${side} – ${say(words, 'history.was')}`
  const head = [
    ...[say(words, 'evidence.when'), say(words, 'evidence.what'), say(words, 'figures.field')],
    ...[before(procore), procore, before(erp), erp],
    ...(['who', 'reason', 'details', 'run.column', 'file', 'line'] as const).map((name) => say(words, `evidence.${name}`)),
    'SHA-256',
  ]
  const rows = entries.flatMap((entry) => {
    const versions: readonly (Version | null)[] = entry.fields.length > 0 ? entry.fields : [null]
    return versions.map((version) => [...told(entry, words), ...sides(version, typeOf, words), ...brought(entry, words)])
  })
  return { head, rows }
}

const told = (entry: HistoryEntry, words: Words): Cell[] => {
  const marks = marksOf(entry).map((mark) => say(words, markWords[mark]))
  return [exactTime(entry.at, words, 'medium'), [sayStory(entry, words), ...marks].join(' · ')]
}

function sides(version: Version | null, typeOf: TypeOf, words: Words): Cell[] {
  if (version === null) return [null, null, null, null, null]
  const { field, procore, procoreWas, erp, erpWas } = version
  const cell = (value: string | null | undefined): Cell => {
    if (value === undefined || value === null) return null
    const type = typeOf(field, value)
    return type === 'money' ? { number: value } : shown(value, type, words)
  }
  return [fieldName(field, words), ...[procoreWas, procore, erpWas, erp].map(cell)]
}

const brought = (entry: HistoryEntry, words: Words): Cell[] => [
  ...[whoOf(entry, words), entry.params['reason'] ?? null, entry.problem ? sayTold(words, entry.problem).says : null],
  ...[entry.run?.id ?? null, entry.file?.name ?? null, entry.file?.line?.toString() ?? null, entry.file?.sha256 ?? null],
]
