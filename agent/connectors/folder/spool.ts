/** A private copy that nobody writes to any more, and its hash. A file equal to what was last taken is not copied at all. */
import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { seenOf } from './list-folder.ts'
import { type Seen, sameSeen } from './settle.ts'

export type SpoolOptions = {
  /** Where copies go. */
  folder: string
  /** What was last taken from this path; `size` null when only the hash is known. */
  last: { sha256: string; size: number | null } | null
  signal?: AbortSignal | undefined
}

/** `moved`: the source changed while it was read; look again later. `spool` null: same content as last taken. */
export type Spooled = { moved: true } | { moved: false; sha256: string; spool: string | null; seen: Seen }

/** A small file takes small pieces: a folder of hundreds would else leave megabytes of each behind. */
const pieceBytes = (size: number): number => Math.min(1 << 20, Math.max(size + 1, 4096))

/** Reads `path` once, or twice when the size is that of the last take but the content is not. Throws what the file system throws. */
export async function spool(path: string, { folder, last, signal }: SpoolOptions): Promise<Spooled> {
  // A link put there after the listing is not followed (Windows knows no such flag).
  const source = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const before = seenOf(await source.stat())
    const mayBeSame = last !== null && (last.size === null || last.size === before.size)
    if (mayBeSame) {
      const read = await hashed(source, null, before.size, signal)
      if (read.sha256 === last.sha256) return await restOf(path, before, read, null)
    }
    return await copied(source, path, before, folder, signal)
  } finally {
    await source.close()
  }
}

async function copied(source: FileHandle, path: string, before: Seen, folder: string, signal?: AbortSignal): Promise<Spooled> {
  const part = join(folder, `${randomUUID()}.part`)
  try {
    const read = await intoFile(part, (target) => hashed(source, target, before.size, signal))
    const spooled = await restOf(path, before, read, part.replace(/\.part$/, '.spool'))
    if (!spooled.moved && spooled.spool !== null) await rename(part, spooled.spool)
    return spooled
  } finally {
    await rm(part, { force: true })
  }
}

async function intoFile<T>(path: string, work: (target: FileHandle) => Promise<T>): Promise<T> {
  const target = await open(path, 'wx', 0o600)
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}

type Read = { sha256: string; bytes: number }

/** Hash of the source from its start, copying on the way; the next piece is read while this one is hashed and written. */
async function hashed(source: FileHandle, target: FileHandle | null, size: number, signal?: AbortSignal): Promise<Read> {
  const hash = createHash('sha256')
  const chunkBytes = pieceBytes(size)
  let [now, spare] = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)]
  let bytes = 0
  let { bytesRead } = await source.read(now, 0, chunkBytes, 0)
  // Reads on behind the known end too: a file that grew meanwhile must not hash as if it had not.
  while (bytesRead > 0) {
    signal?.throwIfAborted()
    bytes += bytesRead
    const piece = now.subarray(0, bytesRead)
    const both = Promise.all([source.read(spare, 0, chunkBytes, bytes), target && writeWhole(target, piece)])
    hash.update(piece)
    const [next] = await both
    ;[now, spare] = [spare, now]
    bytesRead = next.bytesRead
  }
  return { sha256: hash.digest('hex'), bytes }
}

async function writeWhole(target: FileHandle, piece: Buffer): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await target.write(piece, at)).bytesWritten
}

/** Unless the source moved meanwhile: by its times, by its inode, or by giving another number of bytes. */
async function restOf(path: string, before: Seen, { sha256, bytes }: Read, copy: string | null): Promise<Spooled> {
  const after = await stat(path).then(seenOf)
  if (!sameSeen(before, after) || bytes !== after.size) return { moved: true }
  return { moved: false, sha256, spool: copy, seen: after }
}
