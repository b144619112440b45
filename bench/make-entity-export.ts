/**
 * Writes an export of any format as a query over its whole table gives it: the format's columns under their first names and a dozen nobody reads
 * (the ERP's tables have from some dozen to 430, facts on ERP files C3), every field filled as such fields are, keys counted up. Repeatable from the seed.
 */
import { writeFileSync } from 'node:fs'
import type { Column, Format } from '../agent/formats/format.ts'
import { type Random, random } from '../test/procore/random.ts'

export type EntityExport = { format: Format; rows: number; seed: number; path: string }

export function makeEntityExport({ format, rows, seed, path }: EntityExport): { bytes: number } {
  const chance = random(seed)
  const lines = [[...format.columns.map((column) => column.headers[0]), ...others].join(',')]
  for (let row = 0; row < rows; row++)
    lines.push(
      [...format.columns.map((column, at) => cellOf(column, at, row, chance)), ...others.map((_, at) => otherOf(at, row))].join(','),
    )
  const text = `${lines.join('\r\n')}\r\n`
  writeFileSync(path, text, 'latin1')
  return { bytes: text.length }
}

const others = Array.from({ length: 12 }, (_, n) => `Msc_${n + 1}`)
/** Every second one empty, as most of a table's columns are. */
const otherOf = (at: number, row: number): string => (at % 2 === 0 ? '' : String((row * (at + 3)) % 9_973))

const two = (number: number): string => String(number).padStart(2, '0')

const oftenEmpty = ['extra', 'commitment', 'change_order']

/** As the made job cost export has them: short codes, amounts with cents, here and there a text that needs its quotes. */
function cellOf({ type, field, required }: Column, at: number, row: number, chance: Random): string {
  // One column is enough to tell rows apart, and it must not be one that other formats would be told by.
  if (at === 0) return `${field.slice(0, 2).toUpperCase()}-${100_000 + row}`
  if (type === 'code')
    return !required && oftenEmpty.includes(field) && chance.chance(0.5) ? '' : `${two(1 + (row % 32))}-${1000 + chance.whole(0, 899)}`
  if (type === 'date') return `${two(chance.whole(1, 12))}/${two(chance.whole(1, 28))}/${2024 + chance.whole(0, 2)}`
  if (type === 'flag') return String(chance.whole(0, 1))
  if (type === 'text') return chance.chance(0.1) ? `"Ready mix, floor ${row}"` : `Ready mix floor ${row}`
  return `${chance.whole(0, 99_999)}.${two(chance.whole(0, 99))}`
}
