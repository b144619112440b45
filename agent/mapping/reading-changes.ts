import type { ReadSettings } from '../formats/format.ts'
import { chosen } from './propose.ts'
import type { Readings } from './reading-of.ts'

/** What a sample leaves open, so that a person has to say it. */
export const openIn = ({ date, decimal }: Readings): { date: boolean; decimal: boolean } => ({
  date: date.length > 1,
  decimal: decimal.length > 1,
})

/** What of the reading a sample wants other than it is set; nothing of what it leaves open. */
export function readingChanges(readings: Readings, tried: ReadSettings['delimiter'], settings: ReadSettings): Partial<ReadSettings> {
  const open = openIn(readings)
  const left = [...(open.date ? ['date'] : []), ...(open.decimal ? ['decimal', 'thousands'] : [])]
  const wanted = Object.entries({ ...chosen(readings, settings), ...(tried === 'auto' ? {} : { delimiter: tried }) })
  return Object.fromEntries(
    wanted.filter(([name, value]) => !left.includes(name) && JSON.stringify(value) !== JSON.stringify(Reflect.get(settings, name))),
  )
}
