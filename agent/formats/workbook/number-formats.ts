/** What a number in a cell is by its number format: an amount, a day, a percentage, or digits that want their zeros (ECMA-376 part 1, 18.8.30). */
import type { Packed } from './unpack.ts'
import { readWholeXml } from './xml.ts'

/** `digits`: shown with at least so many digits, as codes are. */
export type NumberFormat = 'number' | 'date' | 'percent' | { digits: number }

/** The kind of each cell style, in the order cells refer to them. */
export async function readNumberFormats(packed: Packed, part: string | null): Promise<NumberFormat[]> {
  const codes = new Map<string, string>()
  const styles: NumberFormat[] = []
  let inCells = false
  if (part !== null)
    await readWholeXml(packed.chunks(part), {
      open(name, { numFmtId = '0', formatCode = '' }) {
        if (name === 'numFmt') codes.set(numFmtId, formatCode)
        else if (name === 'cellXfs') inCells = true
        else if (name === 'xf' && inCells) styles.push(builtIn(Number(numFmtId)) ?? formatOf(codes.get(numFmtId) ?? ''))
      },
      close(name) {
        if (name === 'cellXfs') inCells = false
      },
    })
  return styles
}

/** Formats that have a number and no text. 27 to 36 and 50 to 58 are dates of East Asian editions; 46 counts hours and is no day. */
function builtIn(id: number): NumberFormat | null {
  if (id === 9 || id === 10) return 'percent'
  const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58)
  return isDate ? 'date' : id < 50 ? 'number' : null
}

/** By its text; only the section for positive numbers counts, and only what is neither quoted nor escaped. */
export function formatOf(code: string): NumberFormat {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] as string
  const digits = /^0{2,}$/.exec(bare.trim())?.[0].length
  if (digits !== undefined) return { digits }
  // Hours that count on beyond a day are an amount.
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return 'number'
  const open = bare.replace(/\[[^\]]*\]/g, '')
  if (/[ymdhs]/i.test(open.replace(/general/i, ''))) return 'date'
  return open.includes('%') ? 'percent' : 'number'
}
