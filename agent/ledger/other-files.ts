/**
 * Which other exports of a source speak beside one: an ERP may write an entity into several files, each whole for what it is of (a division, a
 * report for one job). What another of them still holds is not gone. A file whose name carries a date takes the place of the one before it.
 */
import type { DatabaseSync } from 'node:sqlite'

/** What was last taken from a path, and of when its data is (ms); `first` of its files, of how many. `complete` is JSON. */
export type TakenFile = { id: number; name: string; path: string; asOf: number; complete: string; first: number; times: number }

const dayMs = 86_400_000
/** So long an export counts that has not come again: one that is written once a month does until the next. */
const speaksMs = 35 * dayMs

const year = String.raw`20\d\d`
const month = '(?:0[1-9]|1[0-2])'
const day = '(?:0[1-9]|[12]\\d|3[01])'
const gap = '[-_.]?'
/** 2026-11-21, 20261121, 2026-11, 21.11.2026 or 11-21-2026, with a time of day behind it or without. */
const date = new RegExp(
  `(?<!\\d)(?:${year}${gap}${month}(?:${gap}${day})?|${day}${gap}${month}${gap}${year}|${month}${gap}${day}${gap}${year})(?:[-_ T]?\\d{2}[-_.h]?\\d{2}(?:[-_.m]?\\d{2})?)?(?!\\d)`,
  'gi',
)

/** As people name files, in the languages Tieback speaks: written out, for a format of each language would cost memory at rest. */
const days = [
  'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tue|Wed|Thu|Fri|Sat|Sun',
  'Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag',
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche',
  'lunes|martes|miércoles|jueves|viernes|sábado|domingo',
]
const months = [
  'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec',
  'Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember',
  'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
]
/** Tuesday.csv, November 2026.csv. */
const dayName = new RegExp(`(?<!\\p{L})(?:${[...days, ...months].join('|')})(?!\\p{L})(?:[-_. ]?${year})?`, 'giu')

/** What names of one export have in common, whatever day it is of. */
export const seriesOf = (path: string): string => path.replace(date, '#').replace(dayName, '#')

/** The files last taken from each path of a source, newest data first. */
export const takenFiles = (raw: DatabaseSync, source: number): TakenFile[] =>
  raw
    .prepare(
      `select f.id, f.name, f.path, f.as_of as asOf, f.complete, g.first, g.times from export_files f join (
         select max(id) as id, min(as_of) as first, count(*) as times from export_files
         where source = ? and state in ('taken', 'unchanged') group by path) g on g.id = f.id order by f.as_of desc, f.id desc`,
    )
    .all(source) as unknown as TakenFile[]

/**
 * Of when the data last taken of this export is (ms), whatever day its name is of; null where none of it was taken. What a person let through
 * counts like any other, so that a file with a time far ahead does not hold up those after it for ever.
 */
export function takenAsOf(raw: DatabaseSync, source: number, path: string): number | null {
  const series = seriesOf(path)
  const inSeries = (row: Record<string, unknown>) => seriesOf(String(row['path'])) === series
  const taken = raw.prepare("select path, max(id) as id from export_files where source = ? and state = 'taken' group by path")
  const last = Math.max(0, ...taken.all(source).flatMap((row) => (inSeries(row) ? Number(row['id']) : [])))
  if (last === 0) return null
  const since = raw.prepare(
    "select path, max(as_of) as at from export_files where source = ? and id >= ? and state in ('taken', 'unchanged') group by path",
  )
  return Math.max(...since.all(source, last).flatMap((row) => (inSeries(row) ? Number(row['at']) : [])))
}

/** Files that speak beside the one at this path and time: the newest of each other series, unless it has long been overdue. */
export function filesBeside(files: readonly TakenFile[], { path, asOf }: Pick<TakenFile, 'path' | 'asOf'>): TakenFile[] {
  const others = files.filter((one) => one.path !== path)
  if (others.length === 0) return []
  const series = Map.groupBy(others, (one) => seriesOf(one.path))
  series.delete(seriesOf(path))
  return [...series.values()].flatMap((all) => all.slice(0, 1).filter((newest) => asOf - newest.asOf <= speaksFor(all, newest)))
}

/** Twice as long as it usually takes to come again, where that is longer. */
function speaksFor(all: readonly TakenFile[], newest: TakenFile): number {
  const times = all.reduce((n, one) => n + one.times, 0)
  const first = Math.min(...all.map((one) => one.first))
  return Math.max(speaksMs, times < 2 ? 0 : (2 * (newest.asOf - first)) / (times - 1))
}
