/** What kind of file this is by its first bytes, where it is no text: a workbook we read, one we do not, or neither. */
import { closeSync, openSync, readSync } from 'node:fs'

/** `packed`: a zip file, which an .xlsx is. `old` and `protected` are compound files of before 2007, the second with a workbook encrypted inside. */
export type FileKind = 'text' | 'packed' | 'old' | 'protected'

const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Name of the stream an encrypted workbook is in (MS-OFFCRYPTO 1.3.2). */
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')
/** Record that begins a sheet of Excel 2 to 5 without a compound file around it (MS-XLS BOF). */
const bare = [Buffer.from([9, 0, 4, 0]), Buffer.from([9, 2, 6, 0]), Buffer.from([9, 4, 6, 0]), Buffer.from([9, 8, 8, 0])]

export function fileKind(path: string): FileKind {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(8)
    const bytes = start.subarray(0, readSync(file, start, 0, 8, 0))
    if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'packed'
    if (bytes.equals(compound)) return holds(file, encryptedStream) ? 'protected' : 'old'
    return bare.some((begin) => bytes.subarray(0, 4).equals(begin)) ? 'old' : 'text'
  } finally {
    closeSync(file)
  }
}

/** The directory of a compound file may lie anywhere in it. */
function holds(file: number, wanted: Buffer): boolean {
  const piece = Buffer.alloc(1 << 20)
  let kept = 0
  for (;;) {
    const count = readSync(file, piece, kept, piece.length - kept, null)
    if (count === 0) return false
    const end = kept + count
    if (piece.subarray(0, end).includes(wanted)) return true
    kept = Math.min(end, wanted.length - 1)
    piece.copyWithin(0, end - kept, end)
  }
}
