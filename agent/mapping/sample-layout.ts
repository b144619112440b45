/** How a sample is laid out, also where commas in its amounts look like delimiters. */

import type { Problem } from '../../shared/problem.ts'
import type { ReadSettings } from '../formats/format.ts'
import type { Layout } from '../formats/layout.ts'

type Delimiter = ReadSettings['delimiter']

/** `tried`: the delimiter that had to be found by trying, which the connection must then be told; else `auto`. */
export type SampleLayout = Layout & { tried: Delimiter }

/** Where no column is known and delimiters seem mixed, the one that gives every line the same columns is it. */
export function sampleLayout(readBy: (delimiter: Delimiter) => Layout | Problem): SampleLayout | Problem {
  const found = readBy('auto')
  if (!('code' in found)) return { ...found, tried: 'auto' }
  if (found.code !== 'file-mixed-delimiter') return found
  const even = ([';', '\t', '|', ','] as const).flatMap((tried) => {
    const one = readBy(tried)
    return 'code' in one || !isEven(one) ? [] : [{ ...one, tried }]
  })
  const [only, ...more] = even
  return only === undefined || more.length > 0 ? found : only
}

const isEven = ({ header, rows }: Layout): boolean =>
  header !== null && header.length > 1 && rows.every((cells) => cells.length === header.length)
