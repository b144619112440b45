/** How a file ends tells whether its writer is done: a hint for how long it must rest, never a reason to refuse it. */
import { type FileHandle, open } from 'node:fs/promises'

/**
 * `whole`: as finished files end. `open`: as if more were to come. `zeros`: a copy that was given its final size at once and whose bytes are
 * still arriving (erp-files.md F1). `held`: cannot be read now; another program holds it, it is gone, or the share is.
 */
export type Ending = 'whole' | 'open' | 'zeros' | 'held'

const pieceBytes = 4096
/** More zeros in a row than any file we know ends with; UTF-16 and a workbook's last record have a few. */
const zerosAtEnd = 32

/** Looks at the first and last few kilobytes. */
export async function lookAtEnding(path: string): Promise<Ending> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      return endingOf(await piece(file, 0), await piece(file, Math.max(0, size - pieceBytes)))
    } finally {
      await file.close()
    }
  } catch {
    // Whatever it is, taking the file would meet it and say so; here it only means “not yet”.
    return 'held'
  }
}

async function piece(file: FileHandle, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(pieceBytes)
  const { bytesRead } = await file.read(bytes, 0, pieceBytes, at)
  return bytes.subarray(0, bytesRead)
}

/** The ending of a file by its first and last bytes (which overlap in a short one). */
export function endingOf(head: Buffer, tail: Buffer): Ending {
  if (tail.length >= zerosAtEnd && tail.subarray(-zerosAtEnd).every((byte) => byte === 0)) return 'zeros'
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return tail.includes('PK\x05\x06') ? 'whole' : 'open' // zip, so .xlsx: its directory comes last
  return endsLikeText(textOf(head), textOf(tail)) ? 'whole' : 'open'
}

/** Enough to see line ends, quotes and delimiters by, in UTF-16 too; a Ctrl-Z is DOS's end of text. */
const textOf = (bytes: Buffer): string => bytes.toString('latin1').replaceAll('\0', '').replaceAll('\x1a', '')

function endsLikeText(head: string, tail: string): boolean {
  if (!/[\r\n]$/.test(tail)) return false
  const last = /(?:^|[\r\n])([^\r\n]+)[\r\n]+$/.exec(tail)?.[1] ?? ''
  const first = /^[^\r\n]*/.exec(head)?.[0] ?? ''
  if (last.length >= pieceBytes - 2 || first === last) return true // longer than what was read, or the only line
  return countOf(last, '"') % 2 === 0 && countOf(last, delimiterOf(first)) >= countOf(first, delimiterOf(first))
}

/** The delimiter a first line uses most; a line without any has none that could be missing below. */
const delimiterOf = (line: string): string =>
  [',', ';', '\t', '|'].reduce((most, one) => (countOf(line, one) > countOf(line, most) ? one : most))

const countOf = (line: string, mark: string): number => line.split(mark).length - 1
