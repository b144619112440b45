import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Enough for hundreds of short commands; a disk counts as having room again with several times as much. */
const reserveBytes = 1024 * 1024
const roomBytes = 4 * reserveBytes

/** Room set aside on the ledger's disk, so that a full disk can still be told of in the ledger itself. */
export type Reserve = {
  /** Sets the room aside where it is not and the disk has enough; answers whether it is. */
  keep(): boolean
  /** Gives the room to the ledger. */
  spend(): void
}

export function reserveBeside(ledger: string): Reserve {
  const path = `${ledger}-reserve`
  return {
    keep() {
      if (existsSync(path)) return true
      if (!hasRoom(path)) return false
      writeFileSync(path, Buffer.alloc(reserveBytes, 'reserve ')) // written out: a file that only says how long it is takes no room
      return true
    },
    spend: () => rmSync(path, { force: true }),
  }
}

function hasRoom(path: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize >= roomBytes
}
